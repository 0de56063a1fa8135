// The tape chart in every world: complete without a script, and a list on a phone.
import { expect, expectToFit, ready, test } from "./support/test.ts";
import { DeskSite } from "./support/pages.ts";

test("the chart shows a stay and leads to it, and a form changes it", async ({ page, house, world }) => {
  const { code } = await house.book("single", await house.day(42), await house.day(44), "Nora Chart");
  await new DeskSite(page).signIn();
  await page.goto(`/desk/harbour/chart?from=${await house.day(40)}&days=14`);
  await ready(page, world);
  await expectToFit(page);
  await expect(page.locator(".bar", { hasText: "Nora Chart" }).first()).toBeVisible();
  await page.locator("#chart-form-title").click();
  const form = page.locator("form.chart-form");
  await form.locator("[name=code]").selectOption(code);
  await form.locator("[name=departure]").fill(await house.day(45));
  await form.locator("[name=look]").click();
  await expect(page.locator(".chart-price")).toContainText("€");
  await page.locator("form.chart-form .button--main").click();
  await expect(page.locator(".chart-price")).toBeHidden();
  await page.goto(`/desk/harbour/reservations/${code}`);
  await expect(page.locator("main")).toContainText("3 nights");
});

test("a phone shows the rooms of a day", async ({ newWindow, house }) => {
  const page = await newWindow({ viewport: { width: 360, height: 740 } });
  await house.book("single", await house.day(0), await house.day(1), "Pia Phone");
  await new DeskSite(page).signIn();
  await page.goto("/desk/harbour/chart");
  await expectToFit(page);
  await expect(page.locator(".day-list .bar", { hasText: "Pia Phone" })).toBeVisible();
  await expect(page.locator(".chart-wide")).toBeHidden();
});
