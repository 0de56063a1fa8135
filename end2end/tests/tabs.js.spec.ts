// Many tabs of one browser: one stream for all of them, whoever holds it, and nothing lost or told twice.
import type { BrowserContext, Page } from "@playwright/test";
import { House } from "./support/house.ts";
import { DeskSite, GuestSite } from "./support/pages.ts";
import { direct, hide, show, Streams, wait } from "./support/tabs.ts";
import { expect, ready, test } from "./support/test.ts";

const badge = (page: Page) => page.locator(".live-badge").first();

async function isLive(page: Page) {
  await ready(page, "js");
  await expect(badge(page)).toHaveAttribute("data-state", "live");
}

async function guestTab(context: BrowserContext, arrival: string, departure: string) {
  const guest = new GuestSite(await context.newPage());
  await guest.search(arrival, departure);
  await isLive(guest.page);
  return guest;
}

async function deskTab(context: BrowserContext) {
  const page = await context.newPage();
  await page.goto("/desk/harbour");
  await isLive(page);
  return page;
}

async function signIn(context: BrowserContext) {
  const page = await context.newPage();
  await new DeskSite(page).signIn();
  await isLive(page);
  return page;
}

/** All that a house page shows: what has happened, line by line, today's numbers, and who stands in which list. */
async function shown(page: Page) {
  return page.evaluate(() => {
    const texts = (selector: string) => [...document.querySelectorAll(selector)].map((found) => found.textContent);
    return { news: texts(".board__item"), numbers: texts(".tile__number"), lines: texts(".house-list tbody tr") };
  });
}

/** What a page shows that was followed live is what one shows that has just been opened. */
async function expectTruth(pages: Page[], context: BrowserContext) {
  const fresh = await deskTab(context);
  const truth = await shown(fresh);
  for (const page of pages) await expect.poll(() => shown(page)).toEqual(truth);
  await fresh.close();
}

async function bookMany(house: House, count: number, name: string) {
  for (let number = 1; number <= count; number += 1) {
    await house.book("double", await house.day(0), await house.day(1), `${name} ${number}`);
  }
}

test("seven tabs of a guest's page are live over one stream", async ({ context, house }) => {
  const streams = new Streams(context);
  const [arrival, departure] = [await house.day(40), await house.day(41)];
  const tabs = [];
  for (let number = 0; number < 7; number += 1) tabs.push(await guestTab(context, arrival, departure));
  expect(streams.count()).toBe(1);
  await house.book("suite", arrival, departure);
  await house.book("suite", arrival, departure);
  for (const tab of tabs) await expect(tab.room("suite")).toHaveAttribute("data-free", "false");
  expect(streams.count()).toBe(1);
});

test("seven tabs of the desk are live over one stream, and all of them show the same", async ({ context, house }) => {
  const streams = new Streams(context);
  const tabs = [await signIn(context)];
  while (tabs.length < 7) tabs.push(await deskTab(context));
  expect(streams.count()).toBe(1);
  await bookMany(house, 5, "Seven Tabs");
  await expectTruth(tabs, context);
  for (const tab of tabs) await expect(tab.locator(".bell__count")).toHaveText("5");
});

test("without a channel between them each tab has a stream of its own", async ({ context, house }) => {
  await context.addInitScript(() => Reflect.deleteProperty(window, "BroadcastChannel"));
  const streams = new Streams(context);
  const [arrival, departure] = [await house.day(40), await house.day(41)];
  for (let number = 1; number <= 3; number += 1) {
    await guestTab(context, arrival, departure);
    expect(streams.count()).toBe(number);
  }
});

test("tabs close while the house is busy, and those that stay miss nothing", async ({ context, house }) => {
  const streams = new Streams(context);
  let tabs = [await signIn(context)];
  while (tabs.length < 4) tabs.push(await deskTab(context));
  for (let round = 1; round <= 3; round += 1) {
    const booked = bookMany(house, 4, `Round ${round}`);
    const holder = streams.holder(tabs);
    await holder.close();
    tabs = tabs.filter((tab) => tab !== holder);
    await booked;
    await expect.poll(() => streams.count()).toBe(1);
  }
  await expectTruth(tabs, context);
});

test("a tab that opens while the house is busy has all that happened since it was rendered", async ({ context, house }) => {
  const streams = new Streams(context);
  const first = await signIn(context);
  // It comes alive late, when the stream is already further than the page.
  const late = await context.newPage();
  let letWasmGo = () => {};
  const gate = new Promise<void>((resolve) => (letWasmGo = resolve));
  await late.route(/\.wasm$/, async (route) => {
    await gate;
    await route.continue();
  });
  await late.goto("/desk/harbour");
  await bookMany(house, 5, "Too Early");
  await expect(first.locator(".board")).toContainText("Too Early 5");
  letWasmGo();
  await isLive(late);
  await bookMany(house, 3, "In Time");
  await expectTruth([first, late], context);
  await expect.poll(() => streams.count()).toBe(1);
});

test("a hidden tab gives its stream back, and comes back with what it missed", async ({ context, house }) => {
  await direct(context);
  const streams = new Streams(context);
  const [arrival, departure] = [await house.day(40), await house.day(41)];
  const guest = await guestTab(context, arrival, departure);
  await hide(guest.page);
  await wait(guest.page, 50);
  await house.book("suite", arrival, departure);
  await expect(guest.room("suite").locator(".room__left")).toContainText("1");
  expect(streams.count()).toBe(1);
  await wait(guest.page, 15);
  await expect.poll(() => streams.count()).toBe(0);
  await house.book("suite", arrival, departure);
  await show(guest.page);
  await expect(guest.room("suite")).toHaveAttribute("data-free", "false");
  await isLive(guest.page);
});

test("a hidden tab hands the stream to one that is looked at, and both miss nothing", async ({ context, house }) => {
  await direct(context);
  const streams = new Streams(context);
  const [hidden, seen] = [await signIn(context), await deskTab(context)];
  // The tab that is used is the one that sounds; that one would go on listening.
  await seen.keyboard.press("Shift");
  expect(streams.holder([hidden, seen])).toBe(hidden);
  await hide(hidden);
  await wait(hidden, 65);
  await expect.poll(() => streams.count(seen)).toBe(1);
  // Of the one's end and the other's beginning the browser tells in any order.
  await expect.poll(() => streams.count()).toBe(1);
  await bookMany(house, 3, "Unseen");
  await expect(seen.locator(".board")).toContainText("Unseen 3");
  await expect(hidden.locator(".board")).not.toContainText("Unseen");
  await show(hidden);
  await expectTruth([hidden, seen], context);
  await expect(hidden.locator("[data-toast][data-kind=missed]")).toContainText("3");
  await expect.poll(() => streams.count()).toBe(1);
  await isLive(hidden);
});

test("the tab that sounds goes on listening while it is hidden", async ({ context, house }) => {
  await direct(context);
  const page = await signIn(context);
  await hide(page);
  await wait(page, 600);
  await bookMany(house, 2, "Heard");
  await expect(page).toHaveTitle(/^\(2\) /);
});

test("a tab that the browser freezes gives the stream on, and thaws without a gap", async ({ context, house }) => {
  const streams = new Streams(context);
  const [arrival, departure] = [await house.day(40), await house.day(41)];
  const [frozen, other] = [await guestTab(context, arrival, departure), await guestTab(context, arrival, departure)];
  // Chromium freezes no page that is in view, as all pages of a test are.
  await frozen.page.evaluate(() => document.dispatchEvent(new Event("freeze")));
  await expect.poll(() => streams.count(other.page)).toBe(1);
  await house.book("suite", arrival, departure);
  await house.book("suite", arrival, departure);
  await expect(other.room("suite")).toHaveAttribute("data-free", "false");
  await frozen.page.evaluate(() => document.dispatchEvent(new Event("resume")));
  await expect(frozen.room("suite")).toHaveAttribute("data-free", "false");
  await expect.poll(() => streams.count()).toBe(1);
});

test("a tab whose stream is held by one that does not answer takes it over", async ({ context, house }) => {
  await direct(context);
  const streams = new Streams(context);
  const [arrival, departure] = [await house.day(40), await house.day(41)];
  const stuck = await guestTab(context, arrival, departure);
  const other = await guestTab(context, arrival, departure);
  const tools = await context.newCDPSession(stuck.page);
  await tools.send("Debugger.enable");
  const paused = new Promise((resolve) => tools.once("Debugger.paused", resolve));
  await tools.send("Debugger.pause");
  await paused;
  await house.book("suite", arrival, departure);
  await house.book("suite", arrival, departure);
  // First it asks, then it is answered or not.
  await expect
    .poll(async () => {
      await wait(other.page, 6);
      return streams.count(other.page);
    })
    .toBe(1);
  await expect(other.room("suite")).toHaveAttribute("data-free", "false");
  await tools.send("Debugger.disable");
  await expect(stuck.room("suite")).toHaveAttribute("data-free", "false");
  await expect.poll(() => streams.count()).toBe(1);
});

test("a page put away and taken out again goes on where it was", async ({ context, house }) => {
  const streams = new Streams(context);
  const [arrival, departure] = [await house.day(40), await house.day(41)];
  const guest = await guestTab(context, arrival, departure);
  await guest.page.evaluate(() => dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true })));
  await expect.poll(() => streams.count()).toBe(0);
  const locks = await guest.page.evaluate(() => navigator.locks.query());
  expect(locks.held).toEqual([]);
  await house.book("suite", arrival, departure);
  await house.book("suite", arrival, departure);
  await guest.page.evaluate(() => dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true })));
  await expect(guest.room("suite")).toHaveAttribute("data-free", "false");
  await expect.poll(() => streams.count()).toBe(1);
});

test("every tab says so when the server is lost, and all are live again when it is back", async ({ browser }) => {
  // The server goes away on purpose here, so requests fail on purpose; the other fixtures would object.
  let house = await House.open();
  const context = await browser.newContext({ baseURL: house.url });
  const tabs = [await signIn(context), await deskTab(context), await deskTab(context)];
  house = await house.restart(async () => {
    for (const tab of tabs) await expect(badge(tab)).toHaveAttribute("data-state", "reconnecting");
  });
  await bookMany(house, 3, "After");
  for (const tab of tabs) await expect(badge(tab)).toHaveAttribute("data-state", "live", { timeout: 30_000 });
  await expectTruth(tabs, context);
  await context.close();
  await house.close();
});

test("a burst is drawn once a frame, however many events it has", async ({ context, house }) => {
  const page = await signIn(context);
  await page.evaluate(() => {
    const counts = { drawings: 0, frames: 0 };
    Object.assign(window, { counts });
    new MutationObserver(() => (counts.drawings += 1)).observe(document.querySelector(".board")!, { childList: true });
    const frame = () => {
      counts.frames += 1;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
  const [arrival, departure] = [await house.day(40), await house.day(41)];
  const types = Array.from({ length: 30 }, (_, number) => (number < 20 ? "double" : number < 28 ? "single" : "suite"));
  await Promise.all(types.map((type, number) => house.book(type, arrival, departure, `Burst ${number}`)));
  await expect(page.locator(".bell__count")).toHaveText("30");
  const { drawings, frames } = await page.evaluate(
    () => (window as never as { counts: { drawings: number; frames: number } }).counts,
  );
  expect(drawings).toBeLessThanOrEqual(frames + 1);
});
