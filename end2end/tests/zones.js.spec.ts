// The hotel's dates are the hotel's, wherever the browser's clock stands: a day ahead, a day behind, and over the nights
// on which the hotel's clocks change.
import { expect, ready, test } from "./support/test.ts";
import { DeskSite, GuestSite } from "./support/pages.ts";

const ZONES = ["UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago"];

/** How many days from today the clocks of Europe change the next two times: on the last Sunday of March and of October. */
function clockChanges(today: string): number[] {
  const changes = [];
  for (let offset = 20; changes.length < 2; offset++) {
    const day = new Date(`${today}T12:00:00Z`);
    day.setUTCDate(day.getUTCDate() + offset);
    if (day.getUTCDay() === 0 && [2, 9].includes(day.getUTCMonth()) && day.getUTCDate() > 24) changes.push(offset);
  }
  return changes;
}

test("browsers a day ahead and a day behind see the hotel's dates", async ({ newWindow, house, world }) => {
  const [arrival, departure] = [await house.day(40), await house.day(42)];
  const here = (url: string) => url.replace(/^https?:\/\/[^/]+/, house.url);
  const { code, manage_url } = await house.book("double", arrival, departure);
  // From the Saturday before a change to the Monday after it: two nights, one of them an hour shorter or longer.
  const over = [];
  for (const sunday of clockChanges(await house.day(0))) {
    const [from, to] = [await house.day(sunday - 1), await house.day(sunday + 1)];
    over.push({ from, to, ...(await house.book("double", from, to)) });
  }
  const seen = [];
  for (const timezoneId of ZONES) {
    const page = await newWindow({ timezoneId });
    await page.goto(here(manage_url));
    await ready(page, world);
    const stay = (await page.locator(".summary").innerText()) + (await page.locator(".policy").innerText());
    await page.goto(`/reservations/${code}/change?arrival=${arrival}&departure=${await house.day(43)}&room_type=double&adults=1&children=0`);
    const change = await page.locator(".comparison").innerText();
    await page.goto("/hotels/harbour");
    await ready(page, world);
    const first = await page.locator("[name=arrival]").getAttribute("min");
    const desk = new DeskSite(page);
    await desk.signIn();
    await ready(page, world);
    const house_page = await page.locator("main h1").innerText();
    const changes = [];
    for (const { code, manage_url, from, to } of over) {
      await new GuestSite(page).search(from, to);
      await ready(page, world);
      await expect(page.locator('[data-room="double"]')).toContainText("€238.00");
      await page.goto(here(manage_url));
      await ready(page, world);
      const summary = await page.locator(".summary").innerText();
      expect(summary).toMatch(/2 nights[^]*€238\.00/);
      expect(summary).toMatch(/15:00[^]*11:00/);
      const calendar = await (await page.request.get(`/reservations/${code}/calendar.ics`)).text();
      expect(calendar).toContain(`DTSTART;TZID=Europe/Lisbon:${from.replaceAll("-", "")}T150000`);
      expect(calendar).toContain(`DTEND;TZID=Europe/Lisbon:${to.replaceAll("-", "")}T110000`);
      await desk.open(code);
      await ready(page, world);
      changes.push(summary, await page.locator("section[aria-labelledby=stay-title]").innerText());
    }
    seen.push({ stay, change, first, house_page, changes });
  }
  expect(seen[1]).toEqual(seen[0]);
  expect(seen[2]).toEqual(seen[0]);
  expect(seen[0]!.first).toBe(await house.day(0));
});
