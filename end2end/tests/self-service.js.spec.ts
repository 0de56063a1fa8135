// A guest's own changes by keyboard alone, and by finger on a phone: what each costs is shown before it is done.
import type { Locator, Page } from "@playwright/test";
import { expect, expectToFit, ready, test } from "./support/test.ts";

type Hand = { press: (target: Locator) => Promise<void>; choose: (field: Locator, day: string) => Promise<void> };

/** By Tab and Enter, from wherever the focus is. */
function keys(page: Page): Hand {
  const reach = async (target: Locator) => {
    for (let stop = 0; stop < 60; stop++) {
      await page.keyboard.press("Tab");
      if (await target.evaluate((element) => element === document.activeElement)) return;
    }
    throw new Error(`Tab does not lead to ${target}`);
  };
  return {
    press: async (target) => {
      await reach(target);
      await page.keyboard.press("Enter");
    },
    choose: async (field, day) => {
      await reach(field);
      const [year, month, date] = day.split("-") as [string, string, string];
      // In which order the parts of a date are typed is the browser's to say.
      for (const parts of [[date, month, year], [month, date, year], [year, month, date]]) {
        await page.keyboard.type(parts.join(""));
        if ((await field.inputValue()) === day) return;
        for (const _ of [1, 2]) await page.keyboard.press("ArrowLeft");
      }
      throw new Error(`${day} cannot be typed`);
    },
  };
}

function finger(): Hand {
  return {
    press: async (target) => {
      expect((await target.boundingBox())!.height, "large enough for a finger").toBeGreaterThanOrEqual(44);
      await target.tap();
    },
    choose: (field, day) => field.fill(day),
  };
}

for (const [means, options, hand] of [
  ["by keyboard alone", {}, keys],
  ["by finger on a phone", { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true }, finger],
] as const) {
  test(`${means} a guest stays longer and gives a stay up, knowing what it costs`, async ({ newWindow, house }) => {
    const page = await newWindow(options);
    const { press, choose } = hand(page);
    const open = async ({ manage_url }: { manage_url: string }) => {
      await page.goto(manage_url.replace(/^https?:\/\/[^/]+/, house.url));
      await ready(page, "js");
      await expectToFit(page);
    };
    await open(await house.book("double", await house.day(40), await house.day(41)));
    await press(page.locator('main a[href$="/change"]'));
    await choose(page.locator("[name=departure]"), await house.day(43));
    await press(page.locator("#change button[type=submit]"));
    await expect(page.locator("#difference")).toHaveText("You pay €238.00 more");
    await expectToFit(page);
    await press(page.locator("main form[method=post] button[type=submit]"));
    await expect(page).toHaveURL(/\?done=changed/);
    await expect(page.locator(".summary")).toContainText("€357.00");

    await open(await house.book("double", await house.day(0), await house.day(1)));
    await press(page.locator('main a[href$="/cancel"]'));
    const yes = page.locator('form[action$="/cancel"] button[type=submit]');
    await expect(yes).toHaveText("Yes, cancel for €119.00");
    await expectToFit(page);
    await press(yes);
    await expect(page.locator(".steps")).toHaveAttribute("data-status", "cancelled");
    await expect(page.locator(".summary__fee")).toContainText("€119.00");
  });
}
