// The tape chart of a full house: what a pointer's move and a scroll cost in scripts. The house is made up on the way to the
// page, so that it is the drawing that is measured.
import { expect, type Page, test } from "@playwright/test";
import { House } from "../tests/support/house.ts";
import { DeskSite } from "../tests/support/pages.ts";

const ROOMS = Number(process.env.VACANCY_ROOMS ?? 300);
const DAYS = Number(process.env.VACANCY_DAYS ?? 60);
const EVENTS = Number(process.env.VACANCY_EVENTS ?? 240);

const LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

function code(number: number) {
  let text = "";
  for (let place = 0, rest = number; place < 8; place += 1, rest = Math.floor(rest / 32)) text += LETTERS[rest % 32];
  return `${text.slice(0, 4)}-${text.slice(4)}`;
}

/** Every room taken nearly every night: stays of one to seven nights, one after another. */
function fullHouse(answer: { from: string; room_types: { code: string; name: string }[] }) {
  const day = (offset: number) => {
    const date = new Date(`${answer.from}T12:00:00Z`);
    date.setUTCDate(date.getUTCDate() + offset);
    return date.toISOString().slice(0, 10);
  };
  const stays: object[] = [];
  const kinds = answer.room_types.map((kind, place) => {
    const rooms = Array.from({ length: ROOMS / answer.room_types.length }, (_, room) => {
      const number = `${place + 1}${String(room + 1).padStart(2, "0")}`;
      for (let at = -(room % 5), turn = room; at < DAYS; turn += 1) {
        const nights = 1 + ((turn * 7 + room) % 7);
        const status = at + nights <= 3 ? "checked_out" : at <= 3 ? "in_house" : "confirmed";
        stays.push({
          code: code(stays.length + 1),
          status,
          arrival: day(at),
          departure: day(at + nights),
          room_type: kind.code,
          room: number,
          name: `Guest ${stays.length}`,
          adults: 2,
          children: 0,
          version: 1,
        });
        at += nights + (turn % 9 === 0 ? 1 : 0);
      }
      return { number, condition: "clean" };
    });
    return { ...kind, left: Array(DAYS).fill(3), rooms };
  });
  return { ...answer, to: day(DAYS), room_types: kinds, stays };
}

/** Script time of each event of a kind, from the first listener to after the last, with what it set off at once. */
async function time(page: Page, kind: string, act: () => Promise<void>) {
  await page.evaluate((kind) => {
    const seen: number[] = [];
    Object.assign(window, { seen });
    let start = 0;
    window.addEventListener(kind, () => (start = performance.now()), { capture: true });
    const end = () => seen.push(performance.now() - start);
    if (kind === "scroll") document.querySelector(".grid")!.addEventListener(kind, end);
    else window.addEventListener(kind, end);
  }, kind);
  await act();
  return page.evaluate(() => (window as never as { seen: number[] }).seen.slice());
}

function report(what: string, samples: number[]) {
  const sorted = [...samples].sort((one, other) => one - other);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))].toFixed(2);
  console.log(`| ${what} | ${sorted.length} | ${at(0.5)} | ${at(0.95)} | ${at(1)} |`);
}

test("the chart of a full house", async ({ browser }) => {
  const house = await House.open();
  const page = await browser.newPage({ baseURL: house.url, viewport: { width: 1440, height: 900 } });
  await page.route("**/api/v1/desk/*/chart*", async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ json: fullHouse(await answer.json()) });
  });
  await new DeskSite(page).signIn();
  await page.goto(`/desk/harbour/chart?days=${DAYS}`);
  await page.locator(".grid__bar").first().waitFor();
  // What is out of sight is drawn in the frames that follow.
  await page.waitForTimeout(500);
  const drawn = await page.locator(".live-chart *").count();
  const bars = await page.locator(".grid__bar").count();
  console.log(`${ROOMS} rooms, ${DAYS} days: ${bars} bars of ${drawn} elements drawn`);
  console.log("| event | events | median, ms | 95 % | longest |");
  console.log("| --- | --: | --: | --: | --: |");

  const scroll = (dx: number, dy: number) => async () => {
    await page.evaluate(
      ([dx, dy, events]) =>
        new Promise<void>((done) => {
          const grid = document.querySelector(".grid")!;
          let left = events;
          const step = () => {
            if (left-- === 0) return done();
            grid.scrollBy(dx * (left >= events / 2 ? 1 : -1), dy * (left >= events / 2 ? 1 : -1));
            requestAnimationFrame(step);
          };
          requestAnimationFrame(step);
        }),
      [dx, dy, EVENTS],
    );
  };
  report("scroll down, 60 px a frame", await time(page, "scroll", scroll(0, 60)));
  report("scroll across, 20 px a frame", await time(page, "scroll", scroll(20, 0)));

  await page.evaluate(() => document.querySelector(".grid")!.scrollTo(0, 400));
  await page.waitForTimeout(500);
  const grid = (await page.locator(".grid").boundingBox())!;
  const bar = (await page
    .locator('.grid__bar[data-state="confirmed"]')
    .evaluateAll((bars, grid) => {
      const isInView = (box: DOMRect) =>
        box.width > 90 && box.left > 500 && box.right < 1100 && box.top > grid.y + 200 && box.bottom < grid.y + grid.height - 200;
      const box = bars.map((bar) => bar.getBoundingClientRect()).find(isInView);
      return box && { x: box.left + box.width / 2, y: box.top + box.height / 2 };
    }, grid))!;
  const moves = await time(page, "pointermove", async () => {
    await page.mouse.move(bar.x, bar.y);
    await page.mouse.down();
    for (let step = 0; step < EVENTS; step += 1) {
      const angle = (step / EVENTS) * 8 * Math.PI;
      await page.mouse.move(bar.x + 220 * Math.sin(angle / 3), bar.y + 150 * Math.sin(angle));
      if (step === EVENTS / 2) await expect(page.locator('.grid__bar[data-held="true"]').first()).toBeAttached();
    }
    await page.keyboard.press("Escape");
    await page.mouse.up();
  });
  report("pointer's move with a bar in the hand", moves.slice(2));
  await page.close();
  await house.close();
});
