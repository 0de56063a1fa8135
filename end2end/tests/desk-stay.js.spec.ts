// One reservation at the desk: a walk-in with a name alone, the search, the folio, notes and history; and who does not come.
import type { Page } from "@playwright/test";
import { hands } from "./support/hand.ts";
import { arrive, expect, expectToFit, test } from "./support/test.ts";
import { DeskSite } from "./support/pages.ts";

const is = (page: Page, status: string) => expect(page.locator(`main [data-status=${status}]`).first()).toBeVisible();

for (const { means, device, hand } of hands) {
  test(`${means} a walk-in needs a name alone, is found, charged, paid and noted, and its history tells it`, async ({ newWindow }) => {
    const page = await newWindow(device);
    const { press, follow, shortcut, type, pick, check } = hand(page);
    await new DeskSite(page).signIn();
    await arrive(page);
    await shortcut("n", page.getByRole("navigation", { name: "Desk pages" }).getByRole("link", { name: "New" }));
    await expect(page).toHaveURL(/\/new$/);
    await arrive(page);
    await type(page.locator("#name"), "Wanda Walker");
    await check(page.locator("[name=check_in]"));
    await follow(page.getByRole("button", { name: "Make the reservation" }));
    await is(page, "in_house");
    const code = (await page.locator(".code--l").innerText()).trim();

    for (const sought of ["wanda walk", code.replace("-", "").toLowerCase()]) {
      await page.goto("/desk/harbour");
      await arrive(page);
      await shortcut("/", page.locator("#desk-search"));
      await page.keyboard.type(sought);
      await page.keyboard.press("Enter");
      if (sought.includes(" ")) {
        await expect(page).toHaveURL(/\/reservations\?q=/);
        await arrive(page);
        await follow(page.locator("main").getByRole("link", { name: "Wanda Walker" }));
      }
      await expect(page).toHaveURL(new RegExp(`/reservations/${code}$`));
      await arrive(page);
    }

    const folio = page.locator("#folio");
    await press(folio.getByText("Add a charge"));
    await type(page.locator("[name=charge_text]"), "Minibar");
    await type(page.locator("[name=charge_amount]"), "7,50");
    await follow(page.getByRole("button", { name: "Add the charge" }));
    await expect(page.locator("[data-balance]")).toHaveAttribute("data-balance", "8650");
    await expect(folio).toContainText("Minibar");
    await press(folio.getByText("Take a payment"));
    await pick(page.locator("[name=method]"), "card");
    await follow(page.getByRole("button", { name: "Take the payment" }));
    await expect(page.locator("[data-balance]")).toHaveAttribute("data-balance", "0");
    await follow(page.getByRole("link", { name: "Edit guest and note" }));
    await type(page.locator("[name=note]"), "Late breakfast");
    await follow(page.getByRole("button", { name: "Save" }));
    const history = page.locator("#history");
    await expect(history).toContainText("nothing → Late breakfast");
    for (const words of ["Checked in", "Minibar", "Marta Figueiredo"]) await expect(history).toContainText(words);
  });

  test(`${means} a cancelled stay is reinstated, and who did not come comes late after all`, async ({ newWindow, house }) => {
    const page = await newWindow(device);
    const { press, follow } = hand(page);
    const { code } = await house.book("double", await house.day(0), await house.day(2), "Gus Late");
    const desk = new DeskSite(page);
    await desk.signIn();
    await desk.open(code);
    await arrive(page);
    await press(page.getByText("Cancel…"));
    await expect(page.locator("details[open]")).toContainText("It costs the guest €119.00.");
    await expectToFit(page);
    await follow(page.getByRole("button", { name: "Yes, cancel it" }));
    await is(page, "cancelled");
    await follow(page.getByRole("button", { name: "Reinstate" }));
    await is(page, "confirmed");
    await press(page.getByText("No-show…"));
    await expect(page.locator("details[open]")).toContainText("It costs the guest €119.00.");
    await follow(page.getByRole("button", { name: "Yes, no-show" }));
    await is(page, "no_show");
    await follow(page.getByRole("button", { name: "Arrived after all" }));
    await is(page, "in_house");
    expect(await desk.stay(code)).toMatchObject({ status: "in_house", room: expect.stringMatching(/^[23]/) });
  });
}
