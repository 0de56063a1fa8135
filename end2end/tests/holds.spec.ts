// Nights held while the form is filled: in every world by plain forms, and seen by the desk.
import { expect, expectToFit, ready, test } from "./support/test.ts";
import { GuestSite } from "./support/pages.ts";

test("choosing a room holds it, and the form of another tab is the same one", async ({ page, house, world }) => {
  const guest = new GuestSite(page);
  const [arrival, departure] = [await house.day(40), await house.day(42)];
  await guest.search(arrival, departure);
  await guest.choose("suite");
  await ready(page, world);
  const bar = page.locator(".hold-bar");
  await expect(bar).toHaveAttribute("data-state", "held");
  await expect(bar).toContainText(/until \d\d:\d\d/);
  await expectToFit(page);

  // One suite is left for others, and this browser's other tab stands at the same form.
  const other = new GuestSite(await page.context().newPage());
  await other.page.goto(page.url());
  await expect(other.page.locator(".hold-bar")).toHaveAttribute("data-state", "held");
  await other.search(arrival, departure);
  await expect(other.page.locator(".held-stay")).toHaveCount(1);
  await other.choose("suite");
  await expect(other.page).toHaveURL(page.url());
  await other.page.close();
  await house.book("suite", arrival, departure);
  await expect(house.book("suite", arrival, departure)).rejects.toThrow("sold-out");

  // Renewing keeps what is typed, and the last room is booked by who holds it.
  await guest.fill({ name: "Ana Silva", email: "ana@example.org" });
  await page.locator("#renew").click();
  await expect(bar).toHaveAttribute("data-state", "held");
  await expect(page.locator("#name")).toHaveValue("Ana Silva");
  await guest.confirm.click();
  await guest.code();
});
