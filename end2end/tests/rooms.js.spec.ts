// Housekeeping, live: what one says on a phone, the desk and the guest see at once.
import { expect, expectToFit, ready, test } from "./support/test.ts";
import { DeskSite } from "./support/pages.ts";

test("a room that is cleaned on a phone is clean at the desk and ready for its guest", async ({ page, newWindow, house }) => {
  const { code, manage_token } = await house.book("suite", await house.day(0), await house.day(1), "Bo Li");
  const desk = new DeskSite(page);
  await desk.signIn();
  const at = (path: string) => page.request.post(`${house.url}/api/v1/desk/harbour/${path}`, {
    data: path.endsWith("condition") ? { condition: "dirty" } : {},
  });
  const { room } = await (await at(`reservations/${code}/assign`)).json();
  await at(`rooms/${room}/condition`);
  await page.goto("/desk/harbour/rooms");
  await ready(page, "js");
  await expect(page.locator(`#room-${room}`)).toContainText("Bo Li");

  const guest = await newWindow();
  await guest.goto(`${house.url}/r/${code}/${manage_token}`);
  await ready(guest, "js");
  await expect(guest.locator(".steps")).not.toContainText(/Room ready \(now\)/);

  const phone = await newWindow({ viewport: { width: 360, height: 740 }, hasTouch: true });
  await phone.goto("/desk/sign-in");
  await phone.locator("[name=email]").fill("rooms@harbour.example");
  await phone.locator("[name=password]").fill("harbour-demo-rooms");
  await phone.keyboard.press("Enter");
  await expect(phone).toHaveURL(/\/desk\/harbour\/rooms$/);
  await ready(phone, "js");
  await expectToFit(phone);
  const card = phone.locator(".floor").first().locator(`#room-${room}`);
  await expect(card, "a guest waits for it: it comes first").toBeVisible();
  const clean = card.getByRole("button", { name: "Clean", exact: true });
  expect((await clean.boundingBox())!.height).toBeGreaterThanOrEqual(44);
  await clean.focus();
  await phone.keyboard.press("Enter");
  await expect(clean).toHaveAttribute("aria-pressed", "true");
  await expect(clean, "the page was not left").toBeFocused();
  await expect(page.locator(`#room-${room}`)).toHaveAttribute("data-condition", "clean");
  await expect(guest.locator("main")).toContainText("Your room is ready");

  await card.getByText("Note…").click();
  await card.getByRole("textbox").fill("Cot is in");
  await phone.keyboard.press("Enter");
  await expect(page.locator(`#room-${room} .door__note`)).toHaveText("Cot is in");
  await page.locator(`#room-${room}`).getByRole("button", { name: "Dirty" }).click();
  await expect(card).toHaveAttribute("data-condition", "dirty");
  await expect(guest.locator("main")).not.toContainText("Your room is ready");
});
