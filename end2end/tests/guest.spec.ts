// The guest's way, in every world: with scripts, without, and with WebAssembly blocked.
import { expect, expectToFit, ready, test } from "./support/test.ts";
import { GuestSite } from "./support/pages.ts";

test("a guest finds a room, books it and follows it", async ({ page, house, world }) => {
  const guest = new GuestSite(page);
  const [arrival, departure] = [await house.day(40), await house.day(43)];
  await page.goto("/");
  await page.locator('a[href*="/hotels/harbour"]').first().click();
  await page.locator("[name=arrival]").fill(arrival);
  await page.locator("[name=departure]").fill(departure);
  await page.locator("form.search button[type=submit]").click();
  await expect(page).toHaveURL(new RegExp(`arrival=${arrival}`));
  await ready(page, world);
  await expect(guest.room("suite")).toContainText("€867.00");
  await expectToFit(page);

  await guest.choose("suite");
  await ready(page, world);
  await expect(page.locator("main")).toContainText("€867.00");
  await guest.fill({ name: "Ana Silva", email: "ana@example.org", phone: "+351 21 000 0000", note: "Late arrival" });
  await guest.confirm.click();
  const code = await guest.code();
  await expect(page.locator("main")).toContainText("€867.00");
  await expect(page.locator("main")).toContainText("3 nights");
  await expectToFit(page);

  // The private link opens it for whoever has it, at a clean address.
  const link = await page.locator("a.secret").getAttribute("href");
  await page.context().clearCookies();
  await page.goto(`/reservations/${code}`);
  await expect(page.locator("main")).not.toContainText("Ana Silva");
  await page.goto(link!);
  await expect(page).toHaveURL(`${house.url}/reservations/${code}`);
  await ready(page, world);
  await expect(page.locator(".steps")).toHaveAttribute("data-status", "confirmed");
  await expectToFit(page);
});

test("what was typed survives a mistake, and each mistake is told at its field", async ({ page, house }) => {
  const guest = new GuestSite(page);
  await guest.search(await house.day(40), await house.day(41));
  await guest.choose("double");
  await guest.fill({ name: " ", email: "not an address", phone: "+351 21 000 0000", note: "A cot, please" });
  await guest.confirm.click();
  await expect(page.locator("#name")).toHaveAttribute("aria-invalid", "true");
  await expect(page.locator("#email-error")).toBeVisible();
  await expect(page.locator("#email")).toHaveValue("not an address");
  await expect(page.locator("#phone")).toHaveValue("+351 21 000 0000");
  await expect(page.locator("#note")).toHaveValue("A cot, please");
  await guest.fill({ name: "Ana Silva", email: "ana@example.org" });
  await guest.confirm.click();
  await guest.code();
});

test("a double click, going back and a reload book once", async ({ page, house }) => {
  const guest = new GuestSite(page);
  const [arrival, departure] = [await house.day(40), await house.day(41)];
  await guest.search(arrival, departure);
  await guest.choose("suite");
  await guest.fill({ name: "Ana Silva", email: "ana@example.org" });
  await guest.confirm.dblclick();
  const code = await guest.code();
  await page.reload();
  expect(await guest.code()).toBe(code);
  await page.goBack();
  await guest.fill({ name: "Ana Silva", email: "ana@example.org" });
  await guest.confirm.click();
  expect(await guest.code()).toBe(code);
  const answer = await page.request.get(`/api/v1/hotels/harbour/availability?from=${arrival}&to=${departure}`);
  const { room_types } = await answer.json();
  expect(room_types.find((found: { code: string }) => found.code === "suite").nights[0].left).toBe(1);
});

test("who loses the last room keeps what was typed and is offered what is free", async ({ page, house }) => {
  const guest = new GuestSite(page);
  const [first, second, third] = [await house.day(40), await house.day(41), await house.day(42)];
  await guest.open("suite", first, third);
  await guest.fill({ name: "Ana Silva", email: "ana@example.org", note: "A quiet room" });
  await house.book("suite", second, third);
  await house.book("suite", second, third);
  await guest.confirm.click();
  await expect(page.locator("ul.gone li")).toHaveCount(1);
  await expect(page.locator("#name")).toHaveValue("Ana Silva");
  await expect(page.locator("#note")).toHaveValue("A quiet room");
  // One tap takes another room with everything typed.
  await guest.room("double").locator("button").click();
  await expect(page.locator("#name")).toHaveValue("Ana Silva");
  await guest.confirm.click();
  await guest.code();
  await expect(page.locator("main")).toContainText("€238.00");
});

test("a guest cancels after being asked, and asks the desk once a minute", async ({ page, house, world }) => {
  const guest = new GuestSite(page);
  const code = await guest.book("double", await house.day(40), await house.day(41));
  await page.goto(`/reservations/${code}`);
  await ready(page, world);
  await page.locator("[name=message]").fill("May we arrive at ten?");
  await page.locator('form[action$="/nudge"] button').click();
  await expect(page.locator(".notice, [role=status]").first()).toBeVisible();
  await page.locator("[name=message]").fill("And have breakfast?");
  await page.locator('form[action$="/nudge"] button').click();
  await expect(page.locator("[name=message]")).toHaveValue("And have breakfast?");
  await expect(page.locator("#message-error")).toContainText(/second|minute/);

  await page.goto(`/reservations/${code}`);
  await page.locator('a[href$="/cancel"]').click();
  await expect(page.locator(".steps")).toHaveCount(0);
  await page.locator('form[action$="/cancel"] button[type=submit]').click();
  await expect(page.locator(".steps")).toHaveAttribute("data-status", "cancelled");
});

test("a reservation is found by its code and e-mail, and nothing is told to a stranger", async ({ page, house }) => {
  const { code } = await house.book("double", await house.day(40), await house.day(41), "Bo Li");
  const find = async (code: string, email: string) => {
    await page.goto("/find");
    await page.locator("[name=code]").fill(code);
    await page.locator("[name=email]").fill(email);
    await page.locator("main form button[type=submit]").click();
  };
  await find(code, "someone.else@example.org");
  const refused = await page.locator("main .notice").first().textContent();
  await find("AAAA-AAAA", "another@example.org");
  expect(await page.locator("main .notice").first().textContent()).toBe(refused);
  await find(code.toLowerCase().replace("-", ""), "ANOTHER@example.org");
  await expect(page).toHaveURL(`${house.url}/reservations/${code}`);
});

test("a search that makes no sense says so at its field", async ({ page, house }) => {
  await page.goto(`/hotels/harbour?arrival=${await house.day(5)}&departure=${await house.day(5)}&adults=2&children=0`);
  await expect(page.locator("#departure")).toHaveAttribute("aria-invalid", "true");
  await page.goto("/hotels/nowhere");
  await expect(page.locator("h1")).toBeVisible();
});

test("the language follows the browser and the switch", async ({ newWindow, house }) => {
  const page = await newWindow({ locale: "zh-CN" });
  await page.goto("/hotels/harbour");
  await expect(page.locator("html")).toHaveAttribute("lang", "zh-CN");
  await page.locator(".language__choice[value=en]").click();
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await expect(page).toHaveURL(`${house.url}/hotels/harbour`);
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
});
