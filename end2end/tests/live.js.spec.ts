// What is live: two windows, a cut, a restart, a race.
import { House } from "./support/house.ts";
import { expect, ready, test } from "./support/test.ts";
import { DeskSite, GuestSite } from "./support/pages.ts";

test("a guest books, and another guest and the desk see it happen", async ({ page, newWindow, house }) => {
  const [arrival, departure] = [await house.day(40), await house.day(42)];
  const watcher = new GuestSite(await newWindow());
  await watcher.search(arrival, departure);
  await expect(watcher.page.locator(".live-badge")).toHaveAttribute("data-state", "live");
  const before = await watcher.room("suite").locator(".room__left").textContent();

  const desk = new DeskSite(await newWindow());
  await desk.signIn();
  await expect(desk.page.locator(".live-badge").first()).toHaveAttribute("data-state", "live");

  const guest = new GuestSite(page);
  const code = await guest.book("suite", arrival, departure, "Ana Silva");

  await expect(watcher.room("suite").locator(".room__left")).not.toHaveText(before!);
  await expect(desk.page.locator(".toast").filter({ hasText: code })).toBeVisible();
  await expect(desk.page.locator("main")).toContainText("Ana Silva");
  await house.book("suite", arrival, departure);
  await expect(watcher.room("suite")).toHaveAttribute("data-free", "false");
});

test("the guest sees each step that the desk takes, and the desk hears the guest", async ({ page, newWindow, house }) => {
  const guest = new GuestSite(page);
  const code = await guest.book("double", await house.day(0), await house.day(1));
  await page.goto(`/reservations/${code}`);
  await ready(page, "js");
  await expect(page.locator(".live-badge")).toHaveAttribute("data-state", "live");

  const desk = new DeskSite(await newWindow());
  await desk.signIn();
  await ready(desk.page, "js");
  await expect(desk.page.locator(".live-badge").first()).toHaveAttribute("data-state", "live");
  await page.locator("[name=message]").fill("Two more towels, please");
  await page.locator('form[action$="/nudge"] button').click();
  await expect(desk.page.locator(".toast").filter({ hasText: "Two more towels, please" })).toBeVisible();

  await ready(page, "js");
  await desk.open(code);
  await desk.act("check-in");
  await expect(page.locator(".steps")).toHaveAttribute("data-status", "in_house");
  await desk.act("check-out");
  await expect(page.locator(".steps")).toHaveAttribute("data-status", "checked_out");
});

test("a page that loses the server says so, comes back and has missed nothing", async ({ browser }) => {
  // The server goes away on purpose here, so requests fail on purpose; the other fixtures would object.
  let house = await House.open();
  const page = await browser.newPage({ baseURL: house.url });
  const guest = new GuestSite(page);
  const [arrival, departure] = [await house.day(40), await house.day(41)];
  await guest.search(arrival, departure);
  const badge = page.locator(".live-badge");
  await expect(badge).toHaveAttribute("data-state", "live");
  house = await house.restart(async () => {
    await expect(badge).toHaveAttribute("data-state", "reconnecting");
  });
  await house.book("suite", arrival, departure);
  await house.book("suite", arrival, departure);
  await expect(guest.room("suite")).toHaveAttribute("data-free", "false", { timeout: 30_000 });
  await expect(badge).toHaveAttribute("data-state", "live");
  await page.close();
  await house.close();
});

test("ten windows race for the last room, and one gets it", async ({ newWindow, house }) => {
  const [arrival, departure] = [await house.day(40, "westlake"), await house.day(41, "westlake")];
  const guests = await Promise.all(
    Array.from({ length: 10 }, async (_, number) => {
      const guest = new GuestSite(await newWindow());
      await guest.open("courtyard", arrival, departure, "westlake");
      await guest.fill({ name: `Racer ${number}`, email: "racer@example.org" });
      return guest;
    }),
  );
  // By key: word that the room has gone comes meanwhile, and moves the button away from under a pointer.
  await Promise.all(guests.map(({ page }) => page.locator("#name").press("Enter")));
  const wins = await Promise.all(
    guests.map(async ({ page }) => {
      // Ten pages on two cores take their time.
      await expect(page.locator(".ticket__code, ul.gone").first()).toBeVisible({ timeout: 30_000 });
      return page.url().includes("/confirmation");
    }),
  );
  expect(wins.filter(Boolean)).toHaveLength(1);
});

test("a room that goes while the form is filled is told at once", async ({ page, house }) => {
  const guest = new GuestSite(page);
  const [arrival, departure] = [await house.day(40), await house.day(41)];
  await guest.open("suite", arrival, departure);
  await ready(page, "js");
  await house.book("suite", arrival, departure);
  await house.book("suite", arrival, departure);
  await expect(page.locator(".booking-watch .notice")).toBeVisible();
});

test("what is typed before the page comes alive stays", async ({ page, house }) => {
  let letWasmGo = () => {};
  const gate = new Promise<void>((resolve) => (letWasmGo = resolve));
  await page.route(/\.wasm$/, async (route) => {
    await gate;
    await route.continue();
  });
  const guest = new GuestSite(page);
  await guest.search(await house.day(40), await house.day(41));
  await guest.choose("double");
  await guest.fill({ name: "Early Bird", email: "early@example.org" });
  letWasmGo();
  await ready(page, "js");
  await expect(page.locator("#name")).toHaveValue("Early Bird");
  await guest.confirm.click();
  await guest.code();
});

test("a guest is told when the desk gives another room or calls the stay off", async ({ page, newWindow, house }) => {
  const guest = new GuestSite(page);
  const code = await guest.book("double", await house.day(40), await house.day(42));
  const desk = new DeskSite(await newWindow());
  await desk.signIn();
  const open = async () => {
    await page.goto(`/reservations/${code}`);
    await ready(page, "js");
    await expect(page.locator(".live-badge")).toHaveAttribute("data-state", "live");
    await expect(page.locator(".changed")).toHaveCount(0);
  };
  await open();
  // The price and the dates stay what they were.
  await desk.post(`reservations/${code}/change`, { room_type: "suite", keep_price: true });
  await page.locator(".changed a").click();
  await expect(page.locator("main")).toContainText("Harbour suite");
  await open();
  await desk.post(`reservations/${code}/cancel`);
  await expect(page.locator(".steps")).toHaveAttribute("data-status", "cancelled");
  await page.locator(".changed a").click();
  await expect(page.locator('a[href$="/cancel"]')).toHaveCount(0);
});

test("who asks the desk again at once is told why not, and keeps the message", async ({ page, house }) => {
  const code = await new GuestSite(page).book("double", await house.day(40), await house.day(42));
  await page.goto(`/reservations/${code}`);
  const message = page.locator("[name=message]");
  for (const text of ["A cot, please", "And a kettle"]) {
    await message.fill(text);
    await page.locator('form[action$="/nudge"] button').click();
  }
  await expect(page.locator("#error-summary")).toBeFocused();
  await expect(message).toHaveValue("And a kettle");
});
