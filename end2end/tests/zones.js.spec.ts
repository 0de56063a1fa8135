// The hotel's dates are the hotel's, wherever the browser's clock stands: a day ahead, a day behind.
import { expect, ready, test } from "./support/test.ts";
import { DeskSite } from "./support/pages.ts";

const ZONES = ["UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago"];

test("browsers a day ahead and a day behind see the hotel's dates", async ({ newWindow, house, world }) => {
  const [arrival, departure] = [await house.day(40), await house.day(42)];
  const { code, manage_url } = await house.book("double", arrival, departure);
  const seen = [];
  for (const timezoneId of ZONES) {
    const page = await newWindow({ timezoneId });
    await page.goto(manage_url.replace(/^https?:\/\/[^/]+/, house.url));
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
    seen.push({ stay, change, first, house_page });
  }
  expect(seen[1]).toEqual(seen[0]);
  expect(seen[2]).toEqual(seen[0]);
  expect(seen[0]!.first).toBe(await house.day(0));
});
