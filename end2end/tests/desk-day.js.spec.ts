// A day at the desk: the lists of the house, what is printed of them, and the close of the day.
import { hands } from "./support/hand.ts";
import { arrive, expect, test } from "./support/test.ts";
import { DeskSite } from "./support/pages.ts";

for (const { means, device, hand } of hands) {
  test(`${means} the lists of the house give a room, take a guest in, back and out, and are printed`, async ({
    newWindow,
    house,
  }) => {
    const page = await newWindow(device);
    const { press, follow } = hand(page);
    // No test can look at the browser's own dialogue.
    await page.addInitScript(() => (window.print = () => (document.title = "printed")));
    const { code } = await house.book("single", await house.day(0), await house.day(1), "Ida List");
    const desk = new DeskSite(page);
    await desk.signIn();
    await arrive(page);
    const arrival = page.locator("#arrivals tr", { hasText: "Ida List" });
    await press(arrival.getByRole("button", { name: "Give a room Ida List" }));
    await expect(arrival).toContainText(/10\d · Single room/);
    const checkIn = arrival.getByRole("button", { name: "Check in Ida List" });
    await press(checkIn);
    await expect(page.locator("#in-house tr", { hasText: "Ida List" })).toBeVisible();
    const done = page.locator(".done");
    await expect(done).toContainText("Checked in.");
    await press(done.getByRole("button", { name: "Undo" }));
    await expect(checkIn).toBeVisible();
    expect((await desk.stay(code)).status).toBe("confirmed");
    await press(checkIn);
    await expect.poll(async () => (await desk.stay(code)).status).toBe("in_house");

    // Of the demo's guests she leaves today, and has not paid.
    const departure = page.locator("#departures tr", { hasText: "Inês Carvalho" });
    await follow(departure.getByRole("button", { name: "Check out Inês Carvalho" }));
    await expect(page.locator("main .notice")).toContainText("€357.00 are still to be paid");
    await follow(page.locator("form[data-asks] button"));
    await expect(page.locator("main .notice:visible")).toContainText("Checked out. Inês Carvalho");
    await expect(departure).toHaveCount(0);
    await follow(page.locator("main .notice:visible").getByRole("button", { name: "Undo" }));
    await expect(departure).toBeVisible();

    await follow(page.getByRole("navigation", { name: "Lists to print" }).getByRole("link", { name: "In house" }));
    await expect(page.locator(".sheet")).toContainText("Ida List");
    await press(page.getByRole("button", { name: "Print" }));
    await expect(page).toHaveTitle("printed");
    await follow(page.locator(".sheet").getByRole("link", { name: "Ida List" }));
    await follow(page.getByRole("link", { name: "Registration card" }));
    await expect(page.locator(".reg-card")).toContainText("Ida List");
    await press(page.getByRole("button", { name: "Print" }));
    await expect(page).toHaveTitle("printed");
  });

  test(`${means} a day is closed once each guest who has not come or not left is decided`, async ({ newWindow, house }) => {
    await house.book("double", await house.day(0), await house.day(1), "Gus Gone");
    await house.book("double", await house.day(0), await house.day(1), "Mia Morrow");
    const tomorrow = await house.day(1);
    const page = await newWindow(device);
    const { follow, pick, check } = hand(page);
    const desk = new DeskSite(page);
    await desk.signIn("harbour", "manager");
    await arrive(page);
    await follow(page.getByRole("navigation", { name: "Day close" }).getByRole("link", { name: "Day close" }));
    await pick(page.locator("[name=rule]"), "hand");
    await follow(page.locator('form[action$="/day/rule"] button'));
    await expect(page.locator("main")).toContainText("can be closed from midnight on");
    await page.goto("about:blank");
    await house.sleepUntilTomorrow();

    await desk.signIn("harbour", "manager");
    await arrive(page);
    await follow(page.getByRole("link", { name: "Close the day" }));
    const close = page.getByRole("button", { name: /^Close / });
    const [arrivals, departures] = [page.locator("#arrivals"), page.locator("#departures")];
    await follow(close);
    await expect(page.locator("main")).toContainText("Some stays are undecided.");
    await follow(arrivals.getByRole("button", { name: "No-show Gus Gone" }));
    await expect(page.locator("main .notice")).toContainText("It costs the guest €119.00");
    await follow(page.locator("form[data-asks] button"));
    await expect(arrivals).not.toContainText("Gus Gone");
    await follow(arrivals.getByRole("button", { name: /^Comes on .+ · same price Mia Morrow$/ }));
    await expect(arrivals).not.toContainText("Mia Morrow");
    await follow(departures.getByRole("button", { name: /^Stays until .+ · \+€79\.00 Søren Lund$/ }));
    await expect(departures).not.toContainText("Søren Lund");
    await follow(departures.getByRole("button", { name: "Check out Inês Carvalho" }));
    await follow(page.locator("form[data-asks] button"));
    await expect(page.locator("#unpaid")).toContainText("Inês Carvalho €357.00 open");
    for (const box of await arrivals.getByRole("checkbox", { name: "Keep waiting" }).all()) await check(box);
    await follow(close);
    await expect(page.locator("main")).toContainText("The day is closed.");
    const rooms = await page.request.get("/api/v1/desk/harbour/rooms");
    expect(await rooms.json()).toMatchObject({ business_date: tomorrow });
  });
}

test("an undo that comes after a colleague's change is asked about", async ({ page, house }) => {
  const { code } = await house.book("double", await house.day(0), await house.day(1), "Una Do");
  const desk = new DeskSite(page);
  await desk.signIn();
  await arrive(page);
  await page.locator("#arrivals").getByRole("button", { name: "Check in Una Do" }).click();
  const undo = page.locator(".done").getByRole("button", { name: "Undo" });
  await expect(undo).toBeVisible();
  await desk.post(`reservations/${code}/change`, { adults: 2 });
  await undo.click();
  await expect(page.locator(".told .notice")).toBeFocused();
  await page.locator(".told .notice form[data-asks] button").click();
  await expect.poll(async () => (await desk.stay(code)).status).toBe("confirmed");
});
