// The ways in which a page is used: by mouse, by keyboard alone, and by finger on a phone. A flow is written once, for
// whichever hand takes it.
import type { Locator, Page } from "@playwright/test";
import { arrive, expect } from "./test.ts";

export interface Hand {
  press(target: Locator): Promise<void>;
  /** Presses what leads to another page, and arrives there. */
  follow(target: Locator): Promise<void>;
  /** A step that the product has a single key for; other hands press what the key stands for. */
  shortcut(key: string, target: Locator): Promise<void>;
  /** In place of what the field holds. */
  type(field: Locator, text: string): Promise<void>;
  /** An option of a select, by its value. */
  pick(field: Locator, value: string): Promise<void>;
  date(field: Locator, day: string): Promise<void>;
  /** A box that is not checked yet. */
  check(box: Locator): Promise<void>;
}

function follow(page: Page, press: Hand["press"]): Hand["follow"] {
  return async (target) => {
    // The page that is left may be alive before all of it is loaded.
    await page.waitForLoadState();
    await Promise.all([page.waitForEvent("load"), press(target)]);
    await arrive(page);
  };
}

/** No test reaches the lists and calendars that a browser opens outside of the page: what is chosen there is set. */
const fromTheBrowser = {
  pick: async (field: Locator, value: string) => void (await field.selectOption(value)),
  date: (field: Locator, day: string) => field.fill(day),
};

function mouse(page: Page): Hand {
  const press = (target: Locator) => target.click();
  return {
    ...fromTheBrowser,
    press,
    follow: follow(page, press),
    shortcut: (_, target) => press(target),
    type: async (field, text) => {
      await field.click();
      await replace(page, text);
    },
    check: press,
  };
}

/** Leads the focus to what is meant by Tab, from wherever it is. */
export async function reach(page: Page, target: Locator) {
  // Backwards where the target lies before the focus, as whoever sees the page would go.
  const isBefore = await target.evaluate((element) => {
    const focus = document.activeElement ?? document.body;
    return focus !== document.body && !!(focus.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_PRECEDING);
  });
  for (let stop = 0; stop < 200; stop++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press(isBefore ? "Shift+Tab" : "Tab");
  }
  throw new Error(`Tab does not lead to ${target}`);
}

function keys(page: Page): Hand {
  const press = async (target: Locator) => {
    await reach(page, target);
    await page.keyboard.press("Enter");
  };
  return {
    press,
    follow: follow(page, press),
    shortcut: (key) => page.keyboard.press(key),
    type: async (field, text) => {
      await reach(page, field);
      await replace(page, text);
    },
    pick: async (field, value) => {
      await reach(page, field);
      const [from, to] = await field.evaluate((select: HTMLSelectElement, value) => {
        return [select.selectedIndex, [...select.options].findIndex((option) => option.value === value)];
      }, value);
      for (let at = from!; at !== to; at += Math.sign(to! - at)) {
        await page.keyboard.press(to! > at ? "ArrowDown" : "ArrowUp");
      }
      await expect(field).toHaveValue(value);
    },
    date: async (field, day) => {
      await reach(page, field);
      const [year, month, date] = day.split("-") as [string, string, string];
      // In which order the parts of a date are typed is the browser's to say.
      for (const parts of [[date, month, year], [month, date, year], [year, month, date]]) {
        await page.keyboard.type(parts.join(""));
        if ((await field.inputValue()) === day) return;
        for (const _ of [1, 2]) await page.keyboard.press("ArrowLeft");
      }
      throw new Error(`${day} cannot be typed`);
    },
    check: async (box) => {
      await reach(page, box);
      await page.keyboard.press("Space");
      await expect(box).toBeChecked();
    },
  };
}

/** As high as whatever is pressed has to be. */
const FINGER_PX = 44;

function finger(page: Page): Hand {
  const press = async (target: Locator) => {
    // A link in a text is as high as its line.
    const isButton = await target.evaluate((element) => element.matches("button, .button, summary"));
    const { height } = (await target.boundingBox())!;
    if (isButton) expect(height, `large enough for a finger: ${target}`).toBeGreaterThanOrEqual(FINGER_PX);
    await target.tap();
  };
  return {
    ...fromTheBrowser,
    press,
    follow: follow(page, press),
    shortcut: (_, target) => press(target),
    type: async (field, text) => {
      await field.tap();
      await replace(page, text);
    },
    check: (box) => press(box.locator("xpath=ancestor::label")),
  };
}

async function replace(page: Page, text: string) {
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type(text);
}

/** Each hand with the device that it has to do with. */
export const hands = [
  { means: "by mouse", device: {}, hand: mouse },
  { means: "by keyboard alone", device: {}, hand: keys },
  { means: "by finger on a phone", device: { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true }, hand: finger },
];
