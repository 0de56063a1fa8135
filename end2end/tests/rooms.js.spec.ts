// The rooms of a stay at the desk: given, moved, split, swapped, for longer and for shorter, each price first.
import type { Page } from "@playwright/test";
import { hands } from "./support/hand.ts";
import { arrive, expect, test } from "./support/test.ts";
import { DeskSite } from "./support/pages.ts";

const assigned = (page: Page) => page.locator("section[aria-labelledby=stay-title]");
const showPrice = (page: Page) => page.getByRole("button", { name: "Show the price" });
const changeIt = (page: Page) => page.locator("main form[method=post] .button--main");

for (const { means, device, hand } of hands) {
  test(`${means} a stay gets any room, one of its own that it keeps, two in turn, and one of another type`, async ({
    newWindow,
    house,
  }) => {
    const page = await newWindow(device);
    const { follow, pick, type } = hand(page);
    const { code } = await house.book("double", await house.day(40), await house.day(44));
    const desk = new DeskSite(page);
    await desk.signIn();
    await desk.open(code);
    await arrive(page);
    await follow(page.getByRole("button", { name: "Any room" }));
    await expect(page.getByRole("button", { name: "Take the room back" })).toBeVisible();
    const { room, pinned } = await desk.stay(code);
    expect(room).toMatch(/^[23]\d\d$/);
    expect(pinned).toBeFalsy();

    const give = page.getByRole("button", { name: "Give this room" });
    await expect(page.locator("#room-price")).toContainText("Price stays: €476.00");
    await type(page.locator("#room"), "309");
    await follow(give);
    await expect(assigned(page)).toContainText("309 · Kept");
    await type(page.locator("#room"), "310");
    await pick(page.locator("#from"), await house.day(42));
    await follow(give);
    await expect(assigned(page)).toContainText(/309 until .+, then 310/);
    expect((await desk.stay(code)).later_rooms).toEqual([{ from: await house.day(42), room: "310" }]);
    await follow(page.locator("[data-join]"));
    await expect(page.locator("[data-join]")).toHaveCount(0);
    expect(await desk.stay(code)).not.toHaveProperty("later_rooms");

    await type(page.locator("#room"), "401");
    await follow(give);
    await expect(page.locator("#difference")).toHaveText("The guest pays €200.00 more");
    await follow(changeIt(page));
    await expect(page.locator(".told")).toContainText("The stay is changed.");
    await expect(assigned(page)).toContainText("401");
    await expect(assigned(page)).toContainText("€676.00");
  });

  test(`${means} two stays swap rooms, and a guest stays longer and leaves early`, async ({ newWindow, house }) => {
    const page = await newWindow(device);
    const { follow, type, date } = hand(page);
    const [one, other] = [
      await house.book("double", await house.day(0), await house.day(2), "Una One"),
      await house.book("double", await house.day(0), await house.day(2), "Otto Other"),
    ];
    const desk = new DeskSite(page);
    await desk.signIn();
    await desk.post(`reservations/${one.code}/assign`, { room: "301" });
    await desk.post(`reservations/${other.code}/assign`, { room: "302" });
    await desk.open(one.code);
    await arrive(page);
    await follow(page.getByRole("link", { name: "Change the stay" }));
    await type(page.locator("[name=with]"), "302");
    await follow(page.getByRole("button", { name: "Swap rooms" }));
    await expect(page.locator(".told")).toContainText("The stay is changed.");
    expect([(await desk.stay(one.code)).room, (await desk.stay(other.code)).room]).toEqual(["302", "301"]);

    await follow(page.getByRole("button", { name: "Check in" }));
    await expect(page.locator("main [data-status=in_house]").first()).toBeVisible();
    await follow(page.getByRole("link", { name: "Change the stay" }));
    await date(page.locator("[name=departure]"), await house.day(4));
    await follow(showPrice(page));
    await expect(page.locator("#difference")).toHaveText("The guest pays €238.00 more");
    await follow(changeIt(page));
    await expect(page.locator(".told")).toContainText("The stay is changed.");
    expect((await desk.stay(one.code)).departure).toBe(await house.day(4));

    // Who leaves today keeps the night that has begun; what it costs is said before.
    await follow(page.getByRole("button", { name: "Check out" }));
    await expect(page.locator("main .notice__title")).toHaveText("The guest leaves early");
    await expect(page.locator("main .notice")).toContainText("3 nights not slept, €357.00 stay charged.");
    await follow(page.getByRole("link", { name: "Change the departure first" }));
    await expect(page.locator("#difference")).toHaveText("The guest pays €357.00 less");
    await follow(changeIt(page));
    await expect(page.locator(".told")).toContainText("The stay is changed.");
    expect((await desk.stay(one.code)).departure).toBe(await house.day(1));
  });
}
