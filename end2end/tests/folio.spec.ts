// The folio, two of the staff on one reservation, and the day close.
import { expect, expectToFit, ready, test } from "./support/test.ts";
import { DeskSite } from "./support/pages.ts";

test("the second of two desks sees the first one's change and is asked", async ({ page, newWindow, house, world }) => {
  const { code } = await house.book("double", await house.day(40), await house.day(41), "Eva Note");
  const [one, other] = [new DeskSite(page), new DeskSite(await newWindow())];
  for (const desk of [one, other]) {
    await desk.signIn();
    await desk.page.goto(`/desk/harbour/reservations/${code}/details`);
    await ready(desk.page, world);
  }
  await one.page.locator("[name=note]").fill("A cot, please");
  await one.page.locator("main form button[type=submit]").click();
  await expect(one.page.locator("main")).toContainText("A cot, please");
  await other.page.locator("[name=note]").fill("Typed by the second");
  await other.page.locator("main form button[type=submit]").click();
  await expect(other.page.locator("main .notice")).toContainText("A cot, please");
  await expect(other.page.locator("[name=note]")).toHaveValue("Typed by the second");
  await expectToFit(other.page);
  await other.page.locator("main form button[type=submit]").click();
  await expect(other.page.locator("#history")).toContainText("A cot, please → Typed by the second");
});

test("a guest is charged, pays and leaves by keyboard alone", async ({ page, house, world }) => {
  const { code } = await house.book("double", await house.day(0), await house.day(1), "Fay Keys");
  const desk = new DeskSite(page);
  await desk.signIn();
  await desk.open(code);
  await desk.act("check-in");
  const press = async (name: string | RegExp) => {
    await page.locator("main").getByText(name, { exact: true }).first().focus();
    await page.keyboard.press("Enter");
  };
  await press("Add a charge");
  await page.locator("[name=charge_text]").focus();
  await page.keyboard.type("Minibar");
  await page.keyboard.press("Tab");
  await page.keyboard.type("7,50");
  await page.keyboard.press("Enter");
  await expect(page.locator("[data-balance]")).toHaveAttribute("data-balance", "12650");
  await ready(page, world);
  await expectToFit(page);
  await page.locator('form[action$="/check-out"] button').first().focus();
  await page.keyboard.press("Enter");
  await expect(page.locator("main [role=status] .notice__title, main .notice__title").first()).toBeVisible();
  await expect(page.locator("main")).toContainText("€126.50 are still to be paid");
  await press("Take a payment");
  await expect(page.locator("[name=payment_amount]")).toHaveValue("126.50");
  await page.locator("[name=payment_amount]").focus();
  await page.keyboard.press("Enter");
  await expect(page.locator("[data-balance]")).toHaveAttribute("data-balance", "0");
  await page.locator('form[action$="/check-out"] button').first().focus();
  await page.keyboard.press("Enter");
  await expect(page.locator('main [data-status="checked_out"]').first()).toBeVisible();
});

test("a late guest keeps the day open until somebody decides", async ({ page, house, world }) => {
  await house.book("double", await house.day(0), await house.day(1), "Gus Late");
  await new DeskSite(page).signIn("harbour", "manager");
  await page.goto("/desk/harbour/day");
  await ready(page, world);
  await expect(page.locator("#arrivals")).toContainText("Gus Late");
  await page.locator("[name=rule]").selectOption("hand");
  await page.locator('form[action$="/day/rule"] button').click();
  await expect(page.locator("main")).toContainText("can be closed from midnight on");
  await expectToFit(page);
  await page.locator(".day__stay", { hasText: "Gus Late" }).locator('form[action$="/no-show"] button').click();
  // Nobody is charged by one click.
  const question = page.locator(".told .notice");
  await expect(question).toContainText("It costs the guest €119.00");
  await expect(question).toBeFocused();
  await question.getByRole("button", { name: "Yes, no-show" }).click();
  await expect(page).toHaveURL(/\/desk\/harbour\/day/);
  await expect(page.locator("#arrivals")).not.toContainText("Gus Late");
});
