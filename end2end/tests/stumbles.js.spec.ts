// What a receptionist would stumble over while a page is open: her own alerts, a session that ends, a room that is dirty.
import type { Page } from "@playwright/test";
import type { House } from "./support/house.ts";
import { expect, expectToFit, ready, test } from "./support/test.ts";
import { DeskSite } from "./support/pages.ts";

async function isLive(page: Page) {
  await ready(page, "js");
  await expect(page.locator(".live-badge").first()).toHaveAttribute("data-state", "live");
}

/** A walk-in over the API, by whoever is signed in on a page. */
async function walkIn(page: Page, house: House, name: string) {
  const answer = await page.request.post("/api/v1/desk/harbour/reservations", {
    data: { room_type: "double", arrival: await house.day(40), departure: await house.day(41), adults: 1, guest: { name } },
  });
  expect(answer.status()).toBe(201);
}

test("one's own reservation stands in the list of alerts as read; a colleague's pops up", async ({
  page,
  newWindow,
  house,
}) => {
  const [own, colleague] = [new DeskSite(page), new DeskSite(await newWindow())];
  await own.signIn();
  await colleague.signIn("harbour", "manager");
  await isLive(page);
  await isLive(colleague.page);
  const toast = (page: Page, text: string) => page.locator("[data-toast]").filter({ hasText: text });
  await walkIn(page, house, "Own Guest");
  await expect(toast(colleague.page, "Own Guest")).toBeVisible();
  await walkIn(colleague.page, house, "Her Guest");
  await expect(toast(page, "Her Guest")).toBeVisible();
  await expect(toast(page, "Own Guest")).toHaveCount(0);
  await page.locator(".bell").click();
  const lines = page.locator(".alert-item");
  await expect(lines.filter({ hasText: "Own Guest" })).not.toHaveAttribute("data-unread", "true");
  await expect(lines.filter({ hasText: "Her Guest" })).toHaveAttribute("data-unread", "true");
  // Nor does it pop up on the next page.
  await page.goto("/desk/harbour/reservations");
  await isLive(page);
  await expect(toast(page, "Own Guest")).toHaveCount(0);
});

test("whose session ends is told, keeps what was typed, and comes back by the door", async ({ page, context }) => {
  const desk = new DeskSite(page);
  await desk.signIn();
  await page.goto("/desk/harbour/new?arrival=2030-01-01&departure=2030-01-02");
  await ready(page, "js");
  await page.locator("#name").fill("Half Typed");
  await page.request.delete("/api/v1/session");
  const notice = page.locator(".signed-out");
  await expect(notice).toBeVisible();
  await expect(notice).toContainText("You are signed out");
  await page.setViewportSize({ width: 360, height: 740 });
  await expectToFit(page);
  await page.locator("form.new-stay .actions .button--main").click();
  await expect(page.locator("#signed-out")).toBeFocused();
  await expect(page.locator("#name")).toHaveValue("Half Typed");
  // Who signs in beside it goes on where he was.
  const beside = await context.newPage();
  await new DeskSite(beside).signIn();
  await beside.close();
  await expect(notice).toBeHidden({ timeout: 40_000 });
  await expect(page.locator("#name")).toHaveValue("Half Typed");
  await page.request.delete("/api/v1/session");
  await expect(notice).toBeVisible();
  await page.locator("#signed-out").click();
  await page.locator("[name=email]").fill("desk@harbour.example");
  await page.locator("[name=password]").fill("harbour-demo-desk");
  await page.locator("main button[type=submit]").click();
  await expect(page).toHaveURL(/\/desk\/harbour\/new\?arrival=2030-01-01&departure=2030-01-02$/);
});

test("a step from a list that finds nobody signed in says so and leaves the page", async ({ page, house }) => {
  const { code } = await house.book("double", await house.day(0), await house.day(1), "Bo Li");
  await new DeskSite(page).signIn();
  await isLive(page);
  await page.request.delete("/api/v1/session");
  await page.locator("#arrivals tr").filter({ hasText: code }).getByRole("button", { name: /Check in/ }).click();
  await expect(page.locator(".signed-out")).toBeVisible();
  await expect(page).toHaveURL(/\/desk\/harbour$/);
});

test("the key that checks in asks before a dirty room, and leaves early is asked about too", async ({ page, house }) => {
  const { code } = await house.book("suite", await house.day(0), await house.day(3), "Dusty Guest");
  const desk = new DeskSite(page);
  await desk.signIn();
  for (const room of ["501", "502"]) {
    await page.request.post(`/api/v1/desk/harbour/rooms/${room}/condition`, { data: { condition: "dirty" } });
  }
  await page.request.post(`/api/v1/desk/harbour/reservations/${code}/assign`, { data: {} });
  await page.reload();
  await isLive(page);
  await page.locator("#arrivals tr").filter({ hasText: code }).locator("a").first().focus();
  await page.keyboard.press("i");
  await expect(page.locator("main .notice__title")).toHaveText("The room is not ready");
  await expect(page.locator("main .notice")).toContainText(/Room 50[12]: Dirty/);
  await page.locator("form[data-asks] button").click();
  await expect(page).toHaveURL(/\/desk\/harbour\?done=check-in|\/desk\/harbour$/);
  await isLive(page);
  await page.locator("#in-house tr").filter({ hasText: code }).getByRole("button", { name: /Check out/ }).click();
  await expect(page.locator("main .notice__title")).toHaveText("The guest leaves early");
  await expect(page.locator("main .notice")).toContainText("2 nights not slept");
  await page.getByRole("link", { name: "Change the departure first" }).click();
  await expect(page.locator("#difference")).toContainText("less");
});
