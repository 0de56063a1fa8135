// What a guest changes and takes along: what each change comes to is said before it is made.
import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { hands } from "./support/hand.ts";
import { arrive, expect, test } from "./support/test.ts";
import type { House } from "./support/house.ts";

async function open(page: Page, house: House, { manage_url }: { manage_url: string }) {
  await page.goto(manage_url.replace(/^https?:\/\/[^/]+/, house.url));
  await arrive(page);
}

for (const { means, device, hand } of hands) {
  test(`${means} a guest takes other dates, another room and more guests, seeing the total first`, async ({ newWindow, house }) => {
    const page = await newWindow(device);
    const { follow, pick, date } = hand(page);
    await open(page, house, await house.book("double", await house.day(40), await house.day(41)));
    await follow(page.locator('main a[href$="/change"]'));
    await date(page.locator("[name=arrival]"), await house.day(44));
    await date(page.locator("[name=departure]"), await house.day(46));
    await pick(page.locator("[name=room_type]"), "family");
    await pick(page.locator("[name=adults]"), "3");
    await pick(page.locator("[name=children]"), "1");
    await follow(page.locator("#change button[type=submit]"));
    await expect(page.locator("#difference")).toHaveText("You pay €219.00 more");
    const yes = page.locator("main form[method=post] button[type=submit]");
    await expect(yes).toContainText("€338.00");
    await follow(yes);
    await expect(page).toHaveURL(/\?done=changed/);
    const summary = page.locator(".summary");
    for (const words of ["€338.00", "Family room", "3 adults", "1 child", "2 nights"]) await expect(summary).toContainText(words);
  });

  test(`${means} a guest takes the stay to a calendar and to paper, and gives it up knowing the fee`, async ({ newWindow, house }) => {
    const page = await newWindow(device);
    const { press, follow } = hand(page);
    // No test can look at the browser's own dialogue.
    await page.addInitScript(() => (window.print = () => (document.title = "printed")));
    await open(page, house, await house.book("double", await house.day(0), await house.day(1)));
    const downloaded = page.waitForEvent("download");
    await press(page.locator('main a[href$="/calendar.ics"]'));
    const file = await readFile(await (await downloaded).path(), "utf8");
    expect(file).toContain(`DTSTART;TZID=Europe/Lisbon:${(await house.day(0)).replaceAll("-", "")}T150000`);
    await press(page.locator("[data-print]"));
    await expect(page).toHaveTitle("printed");
    await follow(page.locator('main a[href$="/cancel"]'));
    const yes = page.locator('form[action$="/cancel"] button[type=submit]');
    await expect(yes).toHaveText("Yes, cancel for €119.00");
    await follow(yes);
    await expect(page.locator(".steps")).toHaveAttribute("data-status", "cancelled");
    await expect(page.locator(".summary__fee")).toContainText("€119.00");
  });
}
