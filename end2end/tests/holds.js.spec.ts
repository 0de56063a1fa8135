// Nights that are held while a guest types: by every hand, and what the desk sees of it.
import type { Locator } from "@playwright/test";
import { hands } from "./support/hand.ts";
import { arrive, expect, expectToFit, ready, test } from "./support/test.ts";
import { DeskSite, GuestSite } from "./support/pages.ts";

const seconds = async (clock: Locator) => {
  const [minutes, rest] = (await clock.textContent())!.trim().split(":").map(Number);
  return 60 * minutes! + rest!;
};

for (const { means, device, hand } of hands) {
  test(`${means} a room stays held over the way back, a reload and another tab, and is held longer or again`, async ({
    newWindow,
    house,
  }) => {
    const page = await newWindow(device);
    const { follow, shortcut, type } = hand(page);
    // A quarter of an hour is not waited for: the server's answer is told as if so many seconds were left.
    let left: number | undefined;
    await page.context().route(/\/hold\?key=/, async (route) => {
      const clock = await (await route.fetch()).json();
      await route.fulfill({ json: left === undefined ? clock : { ...clock, seconds_left: left } });
    });
    const guest = new GuestSite(page);
    await guest.search(await house.day(40), await house.day(42));
    await arrive(page);
    await follow(guest.room("suite").locator(".button--main"));
    const bar = page.locator(".hold-bar");
    const clock = bar.locator("[role=timer]");
    await expect(bar).toHaveAttribute("data-state", "held");
    const key = await page.locator("#booking [name=key]").inputValue();
    // It counts what the server says: the server is asked between two looks at it.
    const before = await seconds(clock);
    const asked = await page.request.get(`/hotels/harbour/hold?key=${key}`, { headers: { accept: "application/json" } });
    const { seconds_left, until } = await asked.json();
    expect(seconds_left).toBeLessThanOrEqual(before + 1);
    expect(seconds_left).toBeGreaterThanOrEqual((await seconds(clock)) - 2);
    await expect(bar).toContainText(until);

    const form = page.url();
    await page.goBack();
    await follow(page.locator(".held-stay a"));
    await expect(page).toHaveURL(form);
    left = 118;
    await page.reload();
    await ready(page, "js");
    await expect(bar).toHaveAttribute("data-state", "warn");
    await expect(clock).toHaveText(/^1:5\d$/);
    const other = await page.context().newPage();
    await other.goto(form);
    await ready(other, "js");
    await expect(other.locator(".hold-bar")).toHaveAttribute("data-state", "warn");

    left = undefined;
    await page.bringToFront();
    await type(page.locator("#name"), "Ana Silva");
    await shortcut("F2", page.locator("#renew"));
    await expect(bar).toHaveAttribute("data-state", "held");
    await expect(bar.locator("[role=status]")).toContainText("Renewed");
    expect(await seconds(clock)).toBeGreaterThan(880);
    await expect(page.locator("#name")).toHaveValue("Ana Silva");
    if (means === "by keyboard alone") await expect(page.locator("#name"), "the key leaves the field alone").toBeFocused();
    await expect(other.locator(".hold-bar")).toHaveAttribute("data-state", "held");
    await other.close();

    await type(page.locator("#note"), "A quiet room");
    left = 0;
    await page.evaluate(() => dispatchEvent(new Event("focus")));
    await expect(bar).toHaveAttribute("data-state", "over");
    await expect(bar.locator("[role=status]")).not.toBeEmpty();
    await expectToFit(page);
    left = undefined;
    await follow(bar.locator("button:visible"));
    await expect(bar).toHaveAttribute("data-state", "held");
    await expect(page.locator("#name")).toHaveValue("Ana Silva");
    await expect(page.locator("#note")).toHaveValue("A quiet room");
    await follow(guest.confirm);
    await guest.code();
  });
}

test("the desk sees a hold come, be renewed, be given back and become a booking", async ({ page, newWindow, house }) => {
  const desk = new DeskSite(await newWindow());
  await desk.signIn();
  await expect(desk.page.locator(".live-badge").first()).toHaveAttribute("data-state", "live");
  const held = desk.page.locator("[data-number=holds] .tile__number");
  const before = Number(await held.textContent());
  const news = desk.page.locator(".board__item").first();

  const guest = new GuestSite(page);
  await guest.search(await house.day(40), await house.day(42));
  await guest.choose("suite");
  await expect(held).toHaveText(String(before + 1));
  await expect(news).toHaveAttribute("data-kind", "placed");
  await ready(page, "js");
  await page.locator("#renew").click();
  await expect(news).toHaveAttribute("data-kind", "extended");
  await page.locator('main button[formaction$="/release"]').click();
  await expect(news).toHaveAttribute("data-kind", "released");
  await expect(held).toHaveText(String(before));

  await guest.choose("suite");
  await expect(held).toHaveText(String(before + 1));
  await guest.fill({ name: "Ana Silva", email: "ana@example.org" });
  await guest.confirm.click();
  const code = await guest.code();
  await expect(held).toHaveText(String(before));
  await expect(news).toHaveAttribute("data-kind", "confirmed");
  await expect(desk.page.locator(".toast").filter({ hasText: code })).toBeVisible();
});
