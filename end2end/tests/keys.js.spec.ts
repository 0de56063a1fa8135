// Single keys at the desk: to search, to make a reservation, to walk a list and act on a line.
import { expect, ready, test } from "./support/test.ts";
import { DeskSite } from "./support/pages.ts";

test("a slash and a code open a reservation, and n a new one", async ({ page, house }) => {
  const { code } = await house.book("double", await house.day(40), await house.day(41), "Clara Unique");
  await new DeskSite(page).signIn();
  await ready(page, "js");
  await page.keyboard.press("/");
  await page.keyboard.type(code.replace("-", "").toLowerCase());
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`/reservations/${code}$`));
  await ready(page, "js");
  await page.keyboard.press("?");
  await expect(page.locator("#desk-keys")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.locator("#desk-keys")).toBeHidden();
  await page.keyboard.press("n");
  await expect(page).toHaveURL(/\/desk\/harbour\/new$/);
  await expect(page.locator("#name")).toBeFocused();
});

test("a line of the arrivals is given a room and checked in by keys alone", async ({ page, house }) => {
  const { code } = await house.book("single", await house.day(0), await house.day(1), "Ida Keys");
  await new DeskSite(page).signIn();
  await ready(page, "js");
  const line = page.locator("#arrivals tr", { hasText: "Ida Keys" });
  const walk = async () => {
    for (let lines = 0; lines < 60; lines++) {
      if (await line.evaluate((line) => line.contains(document.activeElement))) return;
      await page.keyboard.press("j");
    }
    throw new Error("j does not lead to the line");
  };
  await walk();
  await page.keyboard.press("a");
  await expect(line).toContainText(/\d+ · /);
  await walk();
  await page.keyboard.press("i");
  await expect(page.locator("#in-house")).toContainText("Ida Keys");
  await page.goto(`/desk/harbour/reservations/${code}`);
  await expect(page.locator("main [data-status=in_house]").first()).toBeVisible();
});
