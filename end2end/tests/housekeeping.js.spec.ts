// The doors of the house: how each is, told live to the desk and the guest, and what takes one out of sale.
import { hands } from "./support/hand.ts";
import { arrive, expect, expectToFit, test } from "./support/test.ts";
import { DeskSite } from "./support/pages.ts";

for (const { means, device, hand } of hands) {
  test(`${means} a housekeeper says how a room is, and the desk and its guest see it`, async ({ page, newWindow, house }) => {
    const { code, manage_token } = await house.book("suite", await house.day(0), await house.day(1), "Bo Li");
    const desk = new DeskSite(page);
    await desk.signIn();
    const { room } = await desk.post(`reservations/${code}/assign`);
    await desk.post(`rooms/${room}/condition`, { condition: "dirty" });
    await page.goto("/desk/harbour/rooms?floor=5");
    await arrive(page);
    const seen = page.locator(`#room-${room}`);
    await expect(seen).toContainText("Bo Li");
    const guest = await newWindow(device);
    await guest.goto(`/r/${code}/${manage_token}`);
    await arrive(guest);
    await expect(guest.locator("main")).not.toContainText("Your room is ready");

    const keeper = await newWindow(device);
    const { press, follow, type } = hand(keeper);
    await keeper.goto("/desk/sign-in");
    await type(keeper.locator("[name=email]"), "rooms@harbour.example");
    await type(keeper.locator("[name=password]"), "harbour-demo-rooms");
    await follow(keeper.locator("main button[type=submit]"));
    await expect(keeper).toHaveURL(/\/desk\/harbour\/rooms$/);
    const card = keeper.locator(`#room-${room}`);
    await expect(keeper.locator(".floor").first().locator(card), "a guest waits for it: it comes first").toBeVisible();
    await follow(keeper.getByRole("link", { name: "Floor 5" }));
    await expect(keeper.locator(".door")).toHaveCount(2);

    await keeper.evaluate(() => Object.assign(window, { isSamePage: true }));
    for (const condition of ["Clean", "Inspected"]) {
      const button = card.getByRole("button", { name: condition, exact: true });
      await press(button);
      await expect(button).toHaveAttribute("aria-pressed", "true");
      await expect(seen).toHaveAttribute("data-condition", condition.toLowerCase());
      await expect(guest.locator("main")).toContainText("Your room is ready");
    }
    expect(await keeper.evaluate(() => "isSamePage" in window), "the page was not left").toBe(true);
    await press(card.getByText("Note…"));
    await type(card.getByRole("textbox"), "Cot is in");
    await press(card.getByRole("button", { name: "Save note" }));
    await expect(seen.locator(".door__note")).toHaveText("Cot is in");
    await press(card.getByRole("button", { name: "Dirty" }));
    await expect(seen).toHaveAttribute("data-condition", "dirty");
    await expect(guest.locator("main")).not.toContainText("Your room is ready");
    await expectToFit(guest);
  });

  test(`${means} a room is taken out of sale with a reason, unless somebody was promised it`, async ({ newWindow, house }) => {
    const page = await newWindow(device);
    const { press, follow, pick, type, date } = hand(page);
    const [promised, free] = [await house.day(40), await house.day(50)];
    for (const name of ["Ann Promise", "Ben Promise"]) await house.book("suite", promised, await house.day(42), name);
    const left = async () => {
      const answer = await page.request.get(`/api/v1/hotels/harbour/availability?from=${free}&to=${await house.day(51)}`);
      const { room_types } = (await answer.json()) as { room_types: { code: string; nights: { left: number }[] }[] };
      return room_types.find((kind) => kind.code === "suite")!.nights[0]!.left;
    };
    await new DeskSite(page).signIn();
    await page.goto("/desk/harbour/rooms?floor=5");
    await arrive(page);
    const card = page.locator("#room-502");
    await press(card.getByText("Take out of sale…"));
    await pick(card.locator("[name=kind]"), "out_of_service");
    await type(card.locator("[name=reason]"), "New carpet");
    await date(card.locator("[name=from]"), promised);
    await date(card.locator("[name=to]"), await house.day(41));
    await follow(card.getByRole("button", { name: "Take out of sale" }));
    const told = page.locator(".told");
    await expect(told).toContainText("Some sold stays would be left without a room.");
    await expect(told.getByRole("link", { name: /Promise/ }).first()).toBeVisible();
    await expect(card.locator("[name=reason]")).toHaveValue("New carpet");

    expect(await left()).toBe(2);
    await date(card.locator("[name=from]"), free);
    await date(card.locator("[name=to]"), await house.day(52));
    await follow(card.getByRole("button", { name: "Take out of sale" }));
    await expect(card.locator(".door__block")).toContainText("Out of service New carpet");
    expect(await left()).toBe(1);
    await follow(card.getByRole("button", { name: "Back on sale" }));
    await expect(card.locator(".door__block")).toHaveCount(0);
    expect(await left()).toBe(2);
  });
}
