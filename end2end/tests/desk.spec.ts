// The desk's way, in every world.
import { expect, expectToFit, ready, test } from "./support/test.ts";
import { DeskSite, GuestSite } from "./support/pages.ts";

test("the desk signs in, sees its house, and signs out", async ({ page, world }) => {
  const desk = new DeskSite(page);
  await page.goto("/desk/harbour");
  await expect(page).toHaveURL(/\/desk\/sign-in/);
  await page.locator("[name=email]").fill("desk@harbour.example");
  await page.locator("[name=password]").fill("wrong-password");
  await page.locator("main button[type=submit]").click();
  await expect(page.locator("[name=email]")).toHaveValue("desk@harbour.example");
  await expect(page.locator("[role=alert], .notice").first()).toBeVisible();
  await desk.signIn();
  await ready(page, world);
  await expectToFit(page);
  await page.goto("/desk/westlake");
  await expect(page.locator("main")).not.toContainText("Westlake");
  await page.goto("/desk/harbour");
  await page.locator('form[action="/desk/sign-out"] button').first().click();
  await expect(page).toHaveURL(/\/desk\/sign-in/);
  await page.goto("/desk/harbour");
  await expect(page).toHaveURL(/\/desk\/sign-in/);
});

test("the desk takes a reservation through its stay and back", async ({ page, house, world }) => {
  const { code } = await house.book("double", await house.day(0), await house.day(1), "Bo Li");
  const desk = new DeskSite(page);
  await desk.signIn();
  await expect(page.locator("main")).toContainText("Bo Li");
  await desk.open(code);
  await ready(page, world);
  await expectToFit(page);
  for (const [action, status] of [
    ["check-in", "in_house"],
    ["undo-check-in", "confirmed"],
    ["check-in", "in_house"],
    ["check-out", "checked_out"],
    ["undo-check-out", "in_house"],
  ]) {
    await desk.open(code);
    await desk.act(action);
    await desk.open(code);
    await expect(page.locator(`main [data-status="${status}"]`).first()).toBeVisible();
  }
});

test("the reservations are filtered in the address bar", async ({ page, house }) => {
  const { code } = await house.book("double", await house.day(40), await house.day(41), "Clara Unique");
  const desk = new DeskSite(page);
  await desk.signIn();
  await page.goto("/desk/harbour/reservations?q=Clara+Unique");
  await expect(page.locator("main")).toContainText(code);
  await page.goto("/desk/harbour/reservations?q=nobody+of+this+name");
  await expect(page.locator("main")).not.toContainText(code);
  await expectToFit(page);
});

test("a guest's booking stands on the desk's page", async ({ page, newWindow, house }) => {
  const guest = new GuestSite(await newWindow());
  const code = await guest.book("family", await house.day(0), await house.day(2), "Dora Guest");
  const desk = new DeskSite(page);
  await desk.signIn();
  await expect(page.locator("main")).toContainText("Dora Guest");
  await desk.open(code);
  await expect(page.locator("main")).toContainText("ana@example.org");
});
