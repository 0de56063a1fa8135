// A turn at the desk by plain forms, in every world: a walk-in, the search, a room, the log.
import { expect, expectToFit, ready, test } from "./support/test.ts";
import { DeskSite } from "./support/pages.ts";

test("a walk-in is found again, the room is looked after, and the log tells who did it", async ({ page, house, world }) => {
  const desk = new DeskSite(page);
  await desk.signIn("harbour", "manager");
  await page.goto("/desk/harbour/new");
  await ready(page, world);
  await page.locator("[name=name]").fill("Wanda Walker");
  await page.locator("[name=arrival]").fill(await house.day(0));
  await page.locator("[name=departure]").fill(await house.day(2));
  await page.locator("[name=look]").click();
  await expect(page.locator("[name=name]")).toHaveValue("Wanda Walker");
  await page.locator("[name=room_type][value=double]").check();
  const double = page.locator("[name=room] option", { hasText: "Double room" }).first();
  const room = (await double.getAttribute("value"))!;
  await page.locator("[name=room]").selectOption(room);
  await page.locator("[name=check_in]").check();
  await expectToFit(page);
  await page.locator("form.new-stay .button--main").click();
  await expect(page.locator('main [data-status="in_house"]').first()).toBeVisible();
  const code = (await page.locator(".code--l").innerText()).trim();

  for (const asked of [code.toLowerCase(), room, "Wanda Walker"]) {
    await page.goto("/desk/harbour");
    await page.locator("#desk-search").fill(asked);
    await page.keyboard.press("Enter");
    await expect(page.locator("main")).toContainText("Wanda Walker");
    await expect(page).toHaveURL(asked === code.toLowerCase() ? new RegExp(`/${code}$`) : /\/reservations\?q=/);
  }

  await page.goto(`/desk/harbour/rooms`);
  await ready(page, world);
  const card = page.locator(`#room-${room}`);
  await expect(card).toContainText("Wanda Walker");
  await card.getByText("Note…").click();
  await card.locator("[name=note]").fill("Cot is in");
  await card.locator('form[action$="/note"] button').click();
  await expect(card.locator(".door__note")).toHaveText("Cot is in");
  await card.locator("[data-condition=dirty]").click();
  await expect(card).toHaveAttribute("data-condition", "dirty");
  await card.getByText("Take out of sale…").click();
  await card.locator("[name=reason]").fill("New carpet");
  await card.locator("[name=from]").fill(await house.day(40));
  await card.locator("[name=to]").fill(await house.day(42));
  await card.locator('form[action$="/blocks"] button').click();
  await expect(card.locator(".door__block")).toContainText("New carpet");
  await expectToFit(page);
  await card.locator('form[action$="/remove"] button').click();
  await expect(card.locator(".door__block")).toHaveCount(0);

  await page.goto("/desk/harbour/log");
  await ready(page, world);
  await expect(page.locator(".log")).toContainText(new RegExp(`Room ${room} back on sale: Out of order, .+: New carpet`));
  await page.locator("[name=code]").fill(code);
  await page.locator("form.filters .button--main").click();
  await expect(page.locator(".log")).toContainText("Wanda Walker");
  await expect(page.locator(".log")).toContainText("Duarte Sequeira");
  await expect(page.locator(".log")).not.toContainText("New carpet");
  await expectToFit(page);
});
