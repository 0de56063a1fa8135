// The countdown: on the server's time, by keyboard, in two tabs, and what the desk sees of it.
import { expect, ready, test } from "./support/test.ts";
import { DeskSite, GuestSite } from "./support/pages.ts";

const seconds = async (clock: import("@playwright/test").Locator) => {
  const [minutes, rest] = (await clock.textContent())!.trim().split(":").map(Number);
  return 60 * minutes + rest;
};

test("the countdown warns, is renewed on one key, and the other tab learns of it", async ({ page, house }) => {
  // The server says two minutes are left; everything else is its own.
  let pretends = true;
  await page.context().route(/\/hold\?key=/, async (route) => {
    const answer = await route.fetch();
    const clock = await answer.json();
    await route.fulfill({ json: pretends ? { ...clock, seconds_left: 118 } : clock });
  });
  const guest = new GuestSite(page);
  await guest.search(await house.day(40), await house.day(42));
  await guest.choose("suite");
  await ready(page, "js");
  const bar = page.locator(".hold-bar");
  await expect(bar).toHaveAttribute("data-state", "warn");
  await expect(bar.locator("[role=timer]")).toHaveText(/^1:5\d$/);
  const other = await page.context().newPage();
  await other.goto(page.url());
  await ready(other, "js");
  await expect(other.locator(".hold-bar")).toHaveAttribute("data-state", "warn");

  pretends = false;
  await page.bringToFront();
  await page.locator("#name").fill("Ana Silva");
  await page.keyboard.press("F2");
  await expect(bar).toHaveAttribute("data-state", "held");
  await expect(bar.locator("[role=status]")).toContainText("Renewed");
  expect(await seconds(bar.locator("[role=timer]"))).toBeGreaterThan(880);
  await expect(page.locator("#name")).toHaveValue("Ana Silva");
  await expect(page.locator("#name")).toBeFocused();
  await expect(other.locator(".hold-bar")).toHaveAttribute("data-state", "held");
});

test("on lapse what was typed stays, and one press takes the nights again", async ({ page, house }) => {
  let isOver = false;
  await page.route(/\/hold\?key=/, async (route) => {
    if (!isOver) return route.continue();
    await route.fulfill({ json: { seconds_left: 0, until: "", extensions_left: 0 } });
  });
  const guest = new GuestSite(page);
  await guest.search(await house.day(40), await house.day(42));
  await guest.choose("suite");
  await ready(page, "js");
  await guest.fill({ name: "Ana Silva", note: "A quiet room" });
  isOver = true;
  await page.evaluate(() => window.dispatchEvent(new Event("focus")));
  const bar = page.locator(".hold-bar");
  await expect(bar).toHaveAttribute("data-state", "over");
  await expect(bar.locator("[role=status]")).not.toBeEmpty();
  await expect(page.locator("#note")).toHaveValue("A quiet room");
  isOver = false;
  await bar.locator("button:visible").click();
  await ready(page, "js");
  await expect(bar).toHaveAttribute("data-state", "held");
  await expect(page.locator("#name")).toHaveValue("Ana Silva");
  await expect(page.locator("#note")).toHaveValue("A quiet room");
  await guest.confirm.click();
  await guest.code();
});

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
