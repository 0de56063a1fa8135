// The tape chart, alive: by mouse, by keyboard alone, by finger, and while others change the house.
import { DAY, box, drag, lineOf, neighbour, open, stay, walk } from "./support/chart.ts";
import { hands } from "./support/hand.ts";
import { arrive, expect, test } from "./support/test.ts";
import { DeskSite } from "./support/pages.ts";

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
  await walk(page, room, bar);
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

test("who leaves the bar that he carries, by a key or a click, has put it back", async ({ page, house }) => {
  const { code, room, bar } = await open(page, house);
  const { key } = await neighbour(page, room);
  await walk(page, room, bar);
  const held = page.locator(".grid__bar[data-held]");
  for (const leave of [() => page.keyboard.press("Tab"), () => page.locator("#desk-search").click()]) {
    for (const press of ["Enter", key]) await page.keyboard.press(press);
    await expect(held).toHaveCount(1);
    await leave();
    await expect(held).toHaveCount(0);
    await expect(page.locator("#chart-said")).toContainText("Put back");
    await bar.focus();
  }
  expect((await stay(page, code)).room).toBe(room);
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

for (const { means, hand } of hands.slice(0, 2)) {
  const isMouse = means === "by mouse";

  test(`${means} marked nights and a name make a reservation`, async ({ page, house }) => {
    const { room, bar } = await open(page, house);
    const { there } = await neighbour(page, room);
    if (isMouse) {
      const [from, line] = [await box(bar), await box(lineOf(page, there).locator(".grid__name"))];
      await page.mouse.move(from.x + 10, line.y + line.height / 2);
      await page.mouse.down();
      await page.mouse.move(from.x + 10 + DAY, line.y + line.height / 2, { steps: 4 });
      await page.mouse.up();
    } else {
      await walk(page, there, 2);
      await page.keyboard.press("Shift+ArrowRight");
      await expect(page.locator("#chart-said")).toContainText("marked");
      await page.keyboard.press("Enter");
    }
    await expect(page.locator("#chart-new .chart-ask__price")).toHaveText("€158.00");
    await page.keyboard.type("Only A Name");
    await page.keyboard.press("Enter");
    const made = page.locator(".grid__bar", { hasText: "Only A Name" });
    await expect(made).toBeVisible();
    await expect(made).toHaveAttribute("data-pinned", "true");
    expect(await stay(page, (await made.getAttribute("data-code"))!)).toMatchObject({
      room: there,
      arrival: await house.day(42),
      departure: await house.day(44),
    });
  });

  test(`${means} a bar grows, swaps with the one on a taken row, and each is undone`, async ({ page, house }) => {
    const { press } = hand(page);
    const { code, room, bar } = await open(page, house);
    const { there, key } = await neighbour(page, room);
    const [dialog, undo] = [page.locator("#chart-drop"), page.locator("[data-undo]")];
    const departure = async () => (await stay(page, code)).departure;
    if (isMouse) await drag(page, bar, 1, undefined, "end");
    else {
      await walk(page, room, bar);
      for (const press of ["Enter", "Shift+ArrowRight", "Enter"]) await page.keyboard.press(press);
    }
    await expect(dialog.locator(".chart-ask__price")).toContainText("€158.00 becomes €237.00");
    await press(dialog.locator(".button--main"));
    await expect.poll(departure).toBe(await house.day(45));
    await press(undo);
    await expect.poll(departure).toBe(await house.day(44));

    const other = await house.book("single", await house.day(42), await house.day(44), "Olaf Other");
    await new DeskSite(page).post(`reservations/${other.code}/assign`, { room: there });
    // In that room's line: before the news it lies among those without one, and the room is free.
    await expect(page.locator(`.grid__bar[data-code="${other.code}"]`)).toHaveAttribute("aria-label", new RegExp(`Room ${there}\\b`));
    if (isMouse) await drag(page, bar, 0, lineOf(page, there).locator(".grid__name"));
    else {
      await walk(page, room, bar);
      for (const press of ["Enter", key, "Enter"]) await page.keyboard.press(press);
    }
    const swap = page.locator("[data-choice=swap]");
    await expect(swap).toContainText("Neither price changes");
    await press(swap.locator("button"));
    const rooms = async () => [(await stay(page, code)).room, (await stay(page, other.code)).room];
    await expect.poll(rooms).toEqual([there, room]);
    await press(undo);
    await expect.poll(rooms).toEqual([room, there]);
  });
}

test("while a free room is asked for a colleague gives it away: the two can swap", async ({ page, house }) => {
  const { code, room, bar } = await open(page, house);
  const { there, key } = await neighbour(page, room);
  const other = await house.book("single", await house.day(42), await house.day(44), "Olaf Other");
  await walk(page, room, bar);
  for (const press of ["Enter", key, "Enter"]) await page.keyboard.press(press);
  await expect(page.locator("#chart-drop .chart-ask__price")).toContainText("stays the same");
  const swap = page.locator("[data-choice=swap]");
  await expect(swap).toHaveCount(0);
  await new DeskSite(page).post(`reservations/${other.code}/assign`, { room: there });
  await expect(swap).toContainText("Olaf Other");
  await expect(swap).toContainText("Neither price changes");
  await swap.locator("button").click();
  const rooms = async () => [(await stay(page, code)).room, (await stay(page, other.code)).room];
  await expect.poll(rooms).toEqual([there, room]);
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

test("by finger on a phone the list of a day leads to who has a room and to a new stay, and a form moves one", async ({ newWindow, house }) => {
  const { device, hand } = hands[2]!;
  const page = await newWindow(device);
  const { press, follow, type, pick } = hand(page);
  const { code } = await house.book("single", await house.day(1), await house.day(3), "Pia Phone");
  const desk = new DeskSite(page);
  await desk.signIn();
  const { room } = (await desk.post(`reservations/${code}/assign`)) as { room: string };
  await page.goto("/desk/harbour/chart");
  await arrive(page);
  await follow(page.getByRole("link", { name: "Day after" }));
  const of = (number: string) => page.locator(".day-list li", { hasText: number });
  await expect(of(room)).toContainText("Pia Phone");
  await follow(of(room).getByRole("link", { name: "Pia Phone" }));
  await expect(page).toHaveURL(new RegExp(`/reservations/${code}$`));
  await page.goBack();
  await arrive(page);
  await press(page.getByText("Move or change a stay"));
  await pick(page.locator("[name=code]"), code);
  await pick(page.locator("[name=room]"), "108");
  await follow(page.getByRole("button", { name: "Show the price" }));
  await expect(page.locator(".chart-price")).toHaveText("The price stays the same. €158.00");
  await follow(page.getByRole("button", { name: "Change it" }));
  expect((await desk.stay(code)).room).toBe("108");

  await page.goto(`/desk/harbour/chart?day=${await house.day(5)}`);
  await arrive(page);
  await follow(of("107").getByRole("link", { name: "free" }));
  await type(page.locator("#name"), "Only A Name");
  await follow(page.getByRole("button", { name: "Make the reservation" }));
  const made = (await page.locator(".code--l").innerText()).trim();
  expect(await desk.stay(made)).toMatchObject({ room: "107", arrival: await house.day(5), pinned: true });
});
