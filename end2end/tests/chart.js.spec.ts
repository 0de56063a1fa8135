// The tape chart, alive: by mouse, by keyboard, and while others change the house.
import type { Locator, Page } from "@playwright/test";
import { expect, ready, test } from "./support/test.ts";
import { DeskSite } from "./support/pages.ts";
import type { House } from "./support/house.ts";

const DAY = 52;

/** Two numbered rooms of one type that nobody has on days far ahead, and a chart that shows them. */
async function open(page: Page, house: House) {
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

async function stay(page: Page, code: string) {
  const answer = await page.request.get(`/api/v1/desk/harbour/reservations/${code}`);
  return (await answer.json()) as { room: string; arrival: string; departure: string; pinned: boolean; version: number };
}

async function box(of: Locator) {
  const box = await of.boundingBox();
  if (!box) throw new Error("it is not in sight");
  return box;
}

/** Drags from the middle of a bar by so many days and lines. */
async function drag(page: Page, bar: Locator, days: number, toLine?: Locator) {
  // Waits until it lies still: a bar that glides is no longer where it was measured.
  await bar.hover();
  const from = await box(bar);
  const [x, y] = [from.x + from.width / 2, from.y + from.height / 2];
  const line = toLine ? await box(toLine) : from;
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + (days * DAY) / 2, y + 3);
  await page.mouse.move(x + days * DAY, line.y + line.height / 2, { steps: 4 });
  await expect(page.locator(".grid__line[data-fit]").first()).toBeVisible();
  await page.mouse.up();
}

const lineOf = (page: Page, room: string) =>
  page.locator(".grid__line").filter({ has: page.locator(".grid__name", { hasText: new RegExp(`^${room}`) }) });

/** The room in the next line of the same type, and the key that leads there. */
async function neighbour(page: Page, room: string): Promise<{ there: string; key: string }> {
  const answer = await page.request.get("/api/v1/desk/harbour/rooms");
  const { rooms } = (await answer.json()) as { rooms: { number: string; room_type: string }[] };
  const numbers = rooms.filter((one) => one.room_type === "single").map((one) => one.number);
  const at = numbers.indexOf(room);
  return at + 1 < numbers.length ? { there: numbers[at + 1], key: "ArrowDown" } : { there: numbers[at - 1], key: "ArrowUp" };
}

test("a bar is dragged to another room and another day, with the price first, and back", async ({ page, house }) => {
  const { code, room, bar } = await open(page, house);
  const { there } = await neighbour(page, room);
  await drag(page, bar, 1, lineOf(page, there).locator(".grid__name"));
  const dialog = page.locator("#chart-drop");
  await expect(dialog.locator(".chart-ask__price")).toContainText("€");
  await dialog.locator(".button--main").click();
  await expect.poll(async () => (await stay(page, code)).room).toBe(there);
  expect((await stay(page, code)).arrival).toBe(await house.day(43));
  await page.locator("[data-undo]").click();
  await expect.poll(async () => (await stay(page, code)).room).toBe(room);
  expect((await stay(page, code)).arrival).toBe(await house.day(42));
});

test("by keyboard alone a bar is picked up, moved and dropped, and each step is spoken", async ({ page, house }) => {
  const { code, room, bar } = await open(page, house);
  const { there, key } = await neighbour(page, room);
  await bar.focus();
  const said = page.locator("#chart-said");
  await page.keyboard.press("Enter");
  await expect(said).toContainText("Picked up");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Enter");
  await page.keyboard.press(key);
  await expect(said).toContainText(there);
  await page.keyboard.press("Shift+ArrowRight");
  await expect(said).toContainText("3 nights");
  await page.keyboard.press("Enter");
  await expect(page.locator("#chart-drop .chart-ask__price")).toContainText("becomes");
  await page.keyboard.press("Enter");
  await expect.poll(async () => (await stay(page, code)).room).toBe(there);
  expect((await stay(page, code)).departure).toBe(await house.day(45));
});

test("a colleague's change glides in, and one that was faster wins", async ({ page, house }) => {
  const { code, room, bar } = await open(page, house);
  const { there } = await neighbour(page, room);
  const move = (to: string) =>
    page.request.post(`/api/v1/desk/harbour/reservations/${code}/move`, { data: { room: to }, headers: { origin: house.url } });
  expect((await move(there)).status()).toBe(200);
  const isOnLineOf = async (number: string) => {
    const [lies, line] = [await box(bar), await box(lineOf(page, number).locator(".grid__name"))];
    return lies.y > line.y && lies.y + lies.height < line.y + line.height;
  };
  await expect.poll(() => isOnLineOf(there)).toBe(true);
  // While the question is open the colleague moves it back: the drop is refused, and the bar is where the house has it.
  await drag(page, bar, 2);
  await expect(page.locator("#chart-drop .chart-ask__price")).toContainText("€");
  expect((await move(room)).status()).toBe(200);
  await page.locator("#chart-drop .button--main").click();
  await expect(page.locator(".chart-done")).toContainText("colleague");
  await expect.poll(() => isOnLineOf(room)).toBe(true);
  expect(await stay(page, code)).toMatchObject({ room, arrival: await house.day(42) });
});

test("marked nights and a name make a reservation", async ({ page, house }) => {
  const { room, bar } = await open(page, house);
  const from = await box(bar);
  const line = await box(lineOf(page, (await neighbour(page, room)).there).locator(".grid__name"));
  await page.mouse.move(from.x + 10, line.y + line.height / 2);
  await page.mouse.down();
  await page.mouse.move(from.x + 10 + DAY, line.y + line.height / 2, { steps: 4 });
  await page.mouse.up();
  const dialog = page.locator("#chart-new");
  await expect(dialog.locator(".chart-ask__price")).toContainText("€");
  await page.keyboard.type("Only A Name");
  await page.keyboard.press("Enter");
  const made = page.locator(".grid__bar", { hasText: "Only A Name" });
  await expect(made).toBeVisible();
  await expect(made).toHaveAttribute("data-pinned", "true");
});

test("on a taken row the swap is offered by keyboard, done and undone", async ({ page, house }) => {
  const { code, room, bar } = await open(page, house);
  const { there, key } = await neighbour(page, room);
  const other = await house.book("single", await house.day(42), await house.day(44), "Olaf Other");
  await page.request.post(`/api/v1/desk/harbour/reservations/${other.code}/assign`, { data: { room: there }, headers: { origin: house.url } });
  await expect(page.locator(`.grid__bar[data-code="${other.code}"]`)).toBeVisible();
  await bar.focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press(key);
  await page.keyboard.press("Enter");
  const swap = page.locator("[data-choice=swap]");
  await expect(swap).toContainText("Neither price changes");
  await swap.locator("button").focus();
  await page.keyboard.press("Enter");
  await expect.poll(async () => [(await stay(page, code)).room, (await stay(page, other.code)).room]).toEqual([there, room]);
  await page.locator("[data-undo]").click();
  await expect.poll(async () => [(await stay(page, code)).room, (await stay(page, other.code)).room]).toEqual([room, there]);
});

test("a stay goes on in another room from a night on, keeps its price when it grows, and is joined again", async ({ page, house }) => {
  const { code, room, bar } = await open(page, house);
  const { there, key } = await neighbour(page, room);
  const total = async () => ((await (await page.request.get(`/api/v1/desk/harbour/reservations/${code}`)).json()) as { total: unknown }).total;
  const agreed = await total();
  await bar.focus();
  for (const press of ["Enter", "Shift+ArrowRight", "Enter"]) await page.keyboard.press(press);
  const [dialog, price] = [page.locator("#chart-drop"), page.locator("#chart-drop .chart-ask__price")];
  await expect(price).toContainText("becomes");
  await dialog.locator("#chart-keep-price").check();
  await expect(price).toContainText("stays the same");
  await dialog.locator(".button--main").click();
  await expect.poll(async () => (await stay(page, code)).departure).toBe(await house.day(45));
  expect(await total()).toEqual(agreed);
  await bar.focus();
  for (const press of ["Enter", key, "Enter"]) await page.keyboard.press(press);
  await dialog.locator("#chart-from").selectOption(await house.day(43));
  await expect(price).toContainText("stays the same");
  await dialog.locator(".button--main").click();
  await expect(bar).toHaveCount(2);
  await expect(bar.first()).toHaveAttribute("aria-label", new RegExp(`moves to room ${there} on`));
  expect(await stay(page, code)).toMatchObject({ room, later_rooms: [{ from: await house.day(43), room: there }] });
  await page.locator("[data-undo]").click();
  await expect(bar).toHaveCount(1);
});

test("a finger that rests on a bar moves it, and one that does not scrolls", async ({ page, house }) => {
  const { code, room, bar } = await open(page, house);
  const { there } = await neighbour(page, room);
  const touch = await page.context().newCDPSession(page);
  const at = async (type: "touchStart" | "touchMove" | "touchEnd", x = 0, y = 0) =>
    touch.send("Input.dispatchTouchEvent", { type, touchPoints: type === "touchEnd" ? [] : [{ x, y }] });
  const from = await box(bar);
  const line = await box(lineOf(page, there).locator(".grid__name"));
  const [x, y, to] = [from.x + from.width / 2, from.y + from.height / 2, line.y + line.height / 2];
  await at("touchStart", x, y);
  await at("touchMove", x - 30, y);
  await expect(page.locator(".grid__line[data-fit]")).toHaveCount(0);
  await at("touchEnd");
  await bar.scrollIntoViewIfNeeded();
  const now = await box(bar);
  await at("touchStart", now.x + now.width / 2, y);
  await expect(page.locator(".grid__line[data-fit]").first()).toBeVisible();
  await at("touchMove", now.x + now.width / 2, (y + to) / 2);
  await at("touchMove", now.x + now.width / 2, to);
  await at("touchEnd");
  await expect(page.locator("#chart-drop .chart-ask__price")).toContainText("€");
  await page.locator("#chart-drop .button--main").click();
  await expect.poll(async () => (await stay(page, code)).room).toBe(there);
});
