// The tape chart as a mouse or a keyboard moves on it.
import type { Locator, Page } from "@playwright/test";
import { reach } from "./hand.ts";
import type { House } from "./house.ts";
import { DeskSite } from "./pages.ts";
import { expect, ready } from "./test.ts";

/** How wide a day is, in pixels. */
export const DAY = 52;

/** Two numbered rooms of one type that nobody has on days far ahead, and a chart that shows them. */
export async function open(page: Page, house: House) {
  await new DeskSite(page).signIn();
  const [from, arrival, departure] = [await house.day(40), await house.day(42), await house.day(44)];
  const { code } = await house.book("single", arrival, departure, "Nora Chart");
  const answer = await page.request.post(`/api/v1/desk/harbour/reservations/${code}/assign`, { headers: { origin: house.url } });
  const { room } = (await answer.json()) as { room: string };
  await page.goto(`/desk/harbour/chart?from=${from}&days=14`);
  await ready(page, "js");
  const bar = page.locator(`.grid__bar[data-code="${code}"]`);
  await bar.scrollIntoViewIfNeeded();
  await expect(bar).toBeVisible();
  return { code, room, bar };
}

export const stay = (page: Page, code: string) => new DeskSite(page).stay(code);

export async function box(of: Locator) {
  const box = await of.boundingBox();
  if (!box) throw new Error("it is not in sight");
  return box;
}

/** Drags a bar, or its end, by so many days and lines. */
export async function drag(page: Page, bar: Locator, days: number, toLine?: Locator, grip: "middle" | "end" = "middle") {
  // Waits until it lies still: a bar that glides is no longer where it was measured.
  await bar.hover();
  const from = await box(bar);
  const [x, y] = [grip === "end" ? from.x + from.width - 4 : from.x + from.width / 2, from.y + from.height / 2];
  const line = toLine ? await box(toLine) : from;
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + (days * DAY) / 2, y + 3);
  await page.mouse.move(x + days * DAY, line.y + line.height / 2, { steps: 4 });
  await expect(page.locator(".grid__line[data-fit]").first()).toBeVisible();
  await page.mouse.up();
}

export const lineOf = (page: Page, room: string) =>
  page.locator(".grid__line").filter({ has: page.locator(".grid__name", { hasText: new RegExp(`^${room}`) }) });

/** The room in the next line of the same type, and the key that leads there. */
export async function neighbour(page: Page, room: string): Promise<{ there: string; key: string }> {
  const answer = await page.request.get("/api/v1/desk/harbour/rooms");
  const { rooms } = (await answer.json()) as { rooms: { number: string; room_type: string }[] };
  const numbers = rooms.filter((one) => one.room_type === "single").map((one) => one.number);
  const at = numbers.indexOf(room);
  return at + 1 < numbers.length ? { there: numbers[at + 1], key: "ArrowDown" } : { there: numbers[at - 1], key: "ArrowUp" };
}

/** Walks to a place of the chart: into it by Tab, down to the line of a room, on to a bar or to so many nights from there. */
export async function walk(page: Page, room: string, to: Locator | number) {
  const here = page.locator(".live-chart [data-cursor]:focus");
  const step = async (key: string) => {
    const before = (await here.getAttribute("aria-label"))!;
    await page.keyboard.press(key);
    await expect(here).not.toHaveAttribute("aria-label", before);
  };
  await reach(page, page.locator(".live-chart [data-cursor]"));
  while (!(await here.getAttribute("aria-label"))!.includes(`Room ${room},`)) await step("ArrowDown");
  if (typeof to === "number") {
    for (let night = 0; night < to; night++) await step("ArrowRight");
  } else {
    while (!(await to.evaluate((bar) => bar === document.activeElement))) await step("ArrowRight");
  }
}
