// What the desk hears: pop-up, voice, title, missed alerts, one noisy tab, and steps without leaving the page.
import type { BrowserContext, Page } from "@playwright/test";
import { House } from "./support/house.ts";
import { expect, ready, test } from "./support/test.ts";
import { DeskSite } from "./support/pages.ts";

/** Writes down what is spoken in place of speaking, and lets a test hide the page. */
async function listen(context: BrowserContext) {
  await context.addInitScript(() => {
    const heard: string[] = [];
    Object.assign(window, { heard, isHidden: false });
    SpeechSynthesis.prototype.speak = function (sentence) {
      heard.push(sentence.text);
      sentence.onstart?.(new Event("start") as SpeechSynthesisEvent);
      sentence.onend?.(new Event("end") as SpeechSynthesisEvent);
    };
    Object.defineProperty(document, "hidden", { get: () => (window as never)["isHidden"] });
  });
}

const heard = (page: Page) => page.evaluate(() => (window as never)["heard"] as string[]);

async function setHidden(page: Page, isHidden: boolean) {
  await page.evaluate((isHidden) => {
    Object.assign(window, { isHidden });
    document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
  }, isHidden);
}

async function isLive(page: Page) {
  await ready(page, "js");
  await expect(page.locator(".live-badge").first()).toHaveAttribute("data-state", "live");
}

async function atTheDesk(page: Page) {
  const desk = new DeskSite(page);
  await desk.signIn();
  await isLive(page);
  return desk;
}

async function choose(page: Page, name: string, isOn: boolean) {
  await page.locator(".bell").click();
  await page.getByRole("checkbox", { name }).setChecked(isOn);
  await page.keyboard.press("Escape");
}

const toast = (page: Page, text: string) => page.locator("[data-toast]").filter({ hasText: text });

test("the voice is silent until it is switched on, and never says who the guest is", async ({ page, context, house }) => {
  await listen(context);
  await atTheDesk(page);
  const silent = await house.book("double", await house.day(40), await house.day(42), "Ana Silva");
  await expect(toast(page, silent.code)).toContainText("Ana Silva");
  await choose(page, "Voice", true);
  await expect.poll(() => heard(page)).toHaveLength(1);
  await house.book("double", await house.day(40), await house.day(42), "Ana Silva");
  await expect.poll(() => heard(page)).toHaveLength(2);
  const sentence = (await heard(page))[1];
  expect(sentence).toContain("Double");
  expect(sentence).toContain("2 nights");
  expect(sentence).not.toContain("Ana");
  await choose(page, "Say the guest's name", true);
  await house.book("double", await house.day(40), await house.day(42), "Ana Silva");
  await expect.poll(async () => (await heard(page)).at(-1)).toContain("Ana Silva");
});

test("what this desk does not want to hear does not pop up", async ({ page, house }) => {
  await atTheDesk(page);
  await choose(page, "New reservation", false);
  const unwanted = await house.book("double", await house.day(40), await house.day(41));
  await expect(page.locator("#board")).toContainText("Another Guest");
  await expect(toast(page, unwanted.code)).toHaveCount(0);
  await page.reload();
  await isLive(page);
  await house.book("single", await house.day(40), await house.day(41), "Second Guest");
  await expect(page.locator("#board")).toContainText("Second Guest");
  await expect(page.locator("[data-toast]")).toHaveCount(0);
});

test("one tab speaks for all, the one that was used last, and what one has read all have read", async ({
  page,
  context,
  house,
}) => {
  await listen(context);
  await atTheDesk(page);
  await choose(page, "Voice", true);
  const other = await context.newPage();
  await other.goto("/desk/harbour/reservations");
  await isLive(other);
  const first = await house.book("double", await house.day(40), await house.day(41));
  await expect(toast(other, first.code)).toBeVisible();
  await expect.poll(() => heard(page)).toHaveLength(2);
  expect(await heard(other)).toHaveLength(0);

  await other.keyboard.press("Shift");
  const second = await house.book("double", await house.day(40), await house.day(41));
  await expect(toast(page, second.code)).toBeVisible();
  await expect.poll(() => heard(other)).toHaveLength(1);
  await toast(other, second.code).getByRole("button").click();
  await expect(toast(page, second.code)).toHaveCount(0);

  await other.close();
  await house.book("double", await house.day(40), await house.day(41));
  await expect.poll(() => heard(page)).toHaveLength(3);
});

test("the tab's title counts what came while nobody looked", async ({ page, context, house }) => {
  await listen(context);
  await atTheDesk(page);
  await setHidden(page, true);
  await house.book("double", await house.day(40), await house.day(41));
  await house.book("double", await house.day(40), await house.day(41));
  await expect(page).toHaveTitle(/^\(2\) /);
  await setHidden(page, false);
  await expect(page).toHaveTitle(/^House/);
});

test("an alert between two pages is told on the next one", async ({ page, house }) => {
  await atTheDesk(page);
  await page.goto("about:blank");
  const missed = await house.book("double", await house.day(40), await house.day(41));
  await page.goto("/desk/harbour/reservations");
  await expect(toast(page, missed.code)).toBeVisible();
  await toast(page, missed.code).getByRole("link").click();
  await ready(page, "js");
  await expect(page.locator(".bell__count")).toBeHidden();
});

test("every step of a reservation can be pressed while missed alerts wait to be read", async ({ page, house }) => {
  const desk = new DeskSite(page);
  await atTheDesk(page);
  await page.goto("about:blank");
  const { code } = await house.book("double", await house.day(0), await house.day(2));
  await house.book("double", await house.day(0), await house.day(2));
  await desk.post(`reservations/${code}/assign`);
  await desk.open(code);
  await ready(page, "js");
  await expect(page.locator('[data-toast][data-kind="missed"]')).toBeVisible();
  await page.getByRole("link", { name: "Change the stay" }).click();
  await expect(page).toHaveURL(/\/change$/);
});

test("what came while the connection was lost is listed", async ({ browser }) => {
  // The server goes away on purpose here, so requests fail on purpose; the other fixtures would object.
  let house = await House.open();
  const page = await browser.newPage({ baseURL: house.url });
  await atTheDesk(page);
  house = await house.restart(async () => {
    await expect(page.locator(".live-badge")).toHaveAttribute("data-state", "reconnecting");
  });
  const codes = [];
  for (const name of ["First Missed", "Second Missed"]) {
    codes.push((await house.book("double", await house.day(40), await house.day(41), name)).code);
  }
  await expect(page.locator(".live-badge")).toHaveAttribute("data-state", "live", { timeout: 30_000 });
  await expect(page.locator(".bell__count")).toHaveText("2");
  await page.locator(".bell").click();
  for (const code of codes) await expect(page.locator(".alert-item").filter({ hasText: code })).toBeVisible();
  await page.close();
  await house.close();
});

test("a guest is checked in from the list and back without leaving the page", async ({ page, house }) => {
  const { code } = await house.book("double", await house.day(0), await house.day(1), "Bo Li");
  await atTheDesk(page);
  const line = page.locator("#arrivals tr").filter({ hasText: code });
  const arrivals = page.locator("[data-number=arrivals] .tile__number");
  const before = Number(await arrivals.textContent());
  await page.evaluate(() => Object.assign(window, { isSamePage: true }));
  await line.getByRole("button", { name: /Check in/ }).click();
  await expect(page.locator(".done")).toContainText("Bo Li");
  await expect(line).toHaveCount(0);
  await expect(arrivals).toHaveText(String(before - 1));
  await expect(page.locator("#in-house tr").filter({ hasText: code })).toBeVisible();
  await page.locator(".done").getByRole("button", { name: "Undo" }).click();
  await expect(line).toBeVisible();
  await expect(arrivals).toHaveText(String(before));
  expect(await page.evaluate(() => (window as never)["isSamePage"])).toBe(true);
});

test("two desks on one guest: the second is told, and nothing is done twice", async ({ page, newWindow, house }) => {
  const { code } = await house.book("double", await house.day(0), await house.day(1), "Bo Li");
  const [one, other] = [new DeskSite(page), new DeskSite(await newWindow())];
  await one.signIn();
  await other.signIn();
  await one.open(code);
  await other.open(code);
  await isLive(other.page);
  await one.act("check-in");
  await expect(other.page.locator("[role=status]").filter({ hasText: "just been changed" })).toBeVisible();
  await other.act("check-in");
  await expect(other.page.locator('main [role="alert"]').first()).toBeVisible();
  await expect(other.page.locator('main [data-status="in_house"]').first()).toBeVisible();
});
