// A stay that changes, in every world: the difference first, the fee first.
import { expect, expectToFit, ready, test } from "./support/test.ts";
import { DeskSite, GuestSite } from "./support/pages.ts";

test("a guest sees the difference before the stay is changed, and takes it home in a calendar", async ({ page, house, world }) => {
  const guest = new GuestSite(page);
  const code = await guest.book("suite", await house.day(40), await house.day(41));
  await page.goto(`/reservations/${code}`);
  await ready(page, world);
  await page.locator('main a[href$="/change"]').click();
  await page.locator("[name=departure]").fill(await house.day(43));
  await page.locator("#change button[type=submit]").click();
  await expect(page.locator("#difference")).toHaveText("You pay €578.00 more");
  await expectToFit(page);
  // The way back leads to the form as it was filled in.
  await page.locator('main a[href*="edit=1"]').click();
  await expect(page.locator("[name=departure]")).toHaveValue(await house.day(43));
  await page.locator("[name=departure]").fill(await house.day(42));
  await page.locator("#change button[type=submit]").click();
  await page.locator("main form[method=post] button[type=submit]").click();
  await expect(page).toHaveURL(new RegExp(`/reservations/${code}\\?done=changed`));
  await expect(page.locator(".summary")).toContainText("€578.00");
  const file = await page.request.get(`/reservations/${code}/calendar.ics`);
  expect(await file.text()).toContain(`DTEND;TZID=Europe/Lisbon:${(await house.day(42)).replaceAll("-", "")}T110000`);
});

test("what is sold out is named, and what was chosen is kept", async ({ page, house, world }) => {
  const guest = new GuestSite(page);
  const code = await guest.book("suite", await house.day(40), await house.day(41));
  for (const _ of [1, 2]) await house.book("suite", await house.day(42), await house.day(43));
  await page.goto(`/reservations/${code}/change`);
  await page.locator("[name=departure]").fill(await house.day(44));
  await page.locator("#change button[type=submit]").click();
  await expect(page.locator(".gone li")).toHaveCount(1);
  await expect(page.locator("[name=departure]")).toHaveValue(await house.day(44));
  await page.goto(`/reservations/${code}/cancel`);
  await expect(page.locator(".notice")).toContainText("hotel time (Europe/Lisbon)");
  await expectToFit(page);
  if (world === "js") await expect(page.locator('form[action$="/cancel"] button')).toBeVisible();
});

test("the desk keeps a guest longer and sees the price first", async ({ page, house, world }) => {
  const desk = new DeskSite(page);
  const { code } = await house.book("double", await house.day(0), await house.day(1));
  await desk.signIn();
  await desk.open(code);
  await desk.act("check-in");
  await ready(page, world);
  await page.locator('main a[href$="/change"]').click();
  await page.locator("[name=departure]").fill(await house.day(2));
  await page.locator("main form button[type=submit]").first().click();
  await expect(page.locator("#difference")).toContainText("The guest pays €");
  await expectToFit(page);
  await page.locator("main form[method=post] button[type=submit]").click();
  await expect(page.locator(".told")).toContainText("The stay is changed.");
});
