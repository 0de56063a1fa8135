// Every page, in light and dark, on a phone and on a desk, in both languages: axe finds nothing, and nothing is cut off.
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import type { House } from "./support/house.ts";
import { expect, expectToFit, ready, test } from "./support/test.ts";
import { DeskSite, GuestSite } from "./support/pages.ts";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

async function inspect(page: Page, what: string) {
  const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
  const found = violations.map(({ id, nodes }) => `${what}: ${id} ${nodes.map((node) => node.target.join(" ")).join(", ")}`);
  expect.soft(found).toEqual([]);
  await expectToFit(page);
}

async function guestPages(page: Page, house: House) {
  const guest = new GuestSite(page);
  const [arrival, departure] = [await house.day(40), await house.day(42)];
  await page.goto("/");
  await inspect(page, "hotels");
  await guest.search(arrival, departure);
  await ready(page, "js");
  await inspect(page, "hotel");
  await guest.search(departure, arrival);
  await inspect(page, "hotel with an error");
  await guest.search(arrival, departure);
  await guest.choose("double");
  await inspect(page, "form");
  await guest.fill({ name: " ", email: "nonsense" });
  await guest.confirm.click();
  await expect(page.locator("#name")).toHaveAttribute("aria-invalid", "true");
  await inspect(page, "form with errors");
  await guest.fill({ name: "Ana Silva", email: "ana@example.org" });
  await guest.confirm.click();
  const code = await guest.code();
  await inspect(page, "confirmation");
  await page.goto(`/reservations/${code}`);
  await ready(page, "js");
  await inspect(page, "reservation");
  await page.goto(`/reservations/${code}/change`);
  await inspect(page, "change");
  const [from, to] = [await house.day(40), await house.day(44)];
  await page.goto(`/reservations/${code}/change?arrival=${from}&departure=${to}&room_type=double&adults=1&children=0`);
  await inspect(page, "change, checked");
  await page.goto(`/reservations/${code}/cancel`);
  await inspect(page, "cancel");
  await page.goto("/find");
  await inspect(page, "find");
  await page.goto("/nowhere");
  await inspect(page, "not found");
  return code;
}

async function deskPages(page: Page, code: string) {
  const desk = new DeskSite(page);
  await page.goto("/desk/sign-in");
  await inspect(page, "sign in");
  await desk.signIn();
  await ready(page, "js");
  await inspect(page, "house");
  await page.goto("/desk/harbour/reservations");
  await inspect(page, "reservations");
  await desk.open(code);
  await inspect(page, "reservation at the desk");
  await page.goto("/desk/harbour/rooms?floor=2");
  await ready(page, "js");
  await inspect(page, "rooms");
  await page.goto("/desk/harbour/rooms/list");
  await inspect(page, "housekeeping list");
  await page.goto(`/desk/harbour/reservations/${code}/card`);
  await inspect(page, "registration card");
  await page.goto(`/desk/harbour/reservations/${code}/change`);
  await inspect(page, "change at the desk");
}

// Of the eight combinations these four hold every pair of scheme, width and language.
for (const [colorScheme, device, locale] of [
  ["light", "phone", "zh-CN"],
  ["light", "desk", "en-GB"],
  ["dark", "phone", "en-GB"],
  ["dark", "desk", "zh-CN"],
] as const) {
  test(`axe finds nothing: ${colorScheme}, ${device}, ${locale}`, async ({ newWindow, house }) => {
    test.setTimeout(120_000);
    const viewport = device === "phone" ? { width: 360, height: 800 } : { width: 1440, height: 900 };
    const page = await newWindow({ colorScheme, viewport, locale, reducedMotion: "reduce" });
    const code = await guestPages(page, house);
    await deskPages(page, code);
  });
}
