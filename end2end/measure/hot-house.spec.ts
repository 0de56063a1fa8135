// A hot house: what so many changes a second do to a page that is looked at.
import { type CDPSession, type Page, test } from "@playwright/test";
import { House } from "../tests/support/house.ts";
import { DeskSite, GuestSite } from "../tests/support/pages.ts";
import { Guests } from "./guests.ts";

const RATE = Number(process.env.VACANCY_RATE ?? 200);
const SECONDS = Number(process.env.VACANCY_SECONDS ?? 10);

type Seen = { gaps: number[]; tasks: number[]; drawings: number };

/** Counts frames, long tasks and drawings of a page for a while, and what they cost. */
async function look(page: Page, tools: CDPSession, busy: string) {
  const before = await metrics(tools);
  const seen = await page.evaluate(
    ([seconds, busy]) =>
      new Promise<Seen>((done) => {
        const seen: Seen = { gaps: [], tasks: [], drawings: 0 };
        const tasks = new PerformanceObserver((list) => {
          for (const task of list.getEntries()) seen.tasks.push(task.duration);
        });
        tasks.observe({ type: "longtask" });
        const drawings = new MutationObserver(() => (seen.drawings += 1));
        const place = document.querySelector(busy as string)!;
        drawings.observe(place, { childList: true, subtree: true, characterData: true });
        const start = performance.now();
        let last = 0;
        const frame = (now: number) => {
          if (last > 0) seen.gaps.push(now - last);
          last = now;
          if (now - start < 1000 * (seconds as number)) requestAnimationFrame(frame);
          else done(seen);
        };
        requestAnimationFrame(frame);
      }),
    [SECONDS, busy],
  );
  const after = await metrics(tools);
  return { ...seen, script: after.ScriptDuration - before.ScriptDuration, task: after.TaskDuration - before.TaskDuration };
}

async function metrics(tools: CDPSession) {
  const { metrics } = await tools.send("Performance.getMetrics");
  return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
}

function at(sorted: number[], share: number) {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}

function report(what: string, changes: number, seen: Awaited<ReturnType<typeof look>>) {
  const gaps = [...seen.gaps].sort((one, other) => one - other);
  const fps = (1000 * gaps.length) / gaps.reduce((sum, gap) => sum + gap, 0);
  const cells = [
    what,
    (changes / SECONDS).toFixed(0),
    fps.toFixed(1),
    [0.5, 0.99, 1].map((share) => at(gaps, share).toFixed(1)).join(" / "),
    String(gaps.filter((gap) => gap > 25).length),
    seen.tasks.length === 0 ? "none" : `${seen.tasks.length}, longest ${Math.max(...seen.tasks).toFixed(0)}`,
    (seen.drawings / SECONDS).toFixed(1),
    `${((100 * seen.script) / SECONDS).toFixed(1)} / ${((100 * seen.task) / SECONDS).toFixed(1)}`,
  ];
  console.log(`| ${cells.join(" | ")} |`);
}

test.beforeAll(() => {
  console.log(`| page | changes a second | frames a second | ms between frames: median / 99 % / longest | frames late by half | long tasks, ms | drawings a second | % of a core: scripts / all of the page |`);
  console.log("| --- | --: | --: | --: | --: | --: | --: | --: |");
});

async function measure(page: Page, house: House, what: string, busy: string, arrival: string, departure: string) {
  await page.locator(".live-badge[data-state=live]").first().waitFor();
  const tools = await page.context().newCDPSession(page);
  await tools.send("Performance.enable");
  report(`${what}, quiet`, 0, await look(page, tools, busy));
  const guests = new Guests(house, arrival, departure);
  guests.start(RATE);
  await page.waitForTimeout(2000);
  const before = guests.made;
  const seen = await look(page, tools, busy);
  report(`${what}, hot`, guests.made - before, seen);
  guests.stop();
}

test("a guest's list of rooms", async ({ browser }) => {
  const house = await House.open();
  const page = await browser.newPage({ baseURL: house.url });
  const [arrival, departure] = [await house.day(40), await house.day(47)];
  await new GuestSite(page).search(arrival, departure);
  await measure(page, house, "guest: rooms for a week", ".rooms", arrival, departure);
  await page.close();
  await house.close();
});

test("the desk's house page", async ({ browser }) => {
  const house = await House.open();
  const page = await browser.newPage({ baseURL: house.url });
  await new DeskSite(page).signIn();
  await measure(page, house, "desk: today's house", "main", await house.day(0), await house.day(1));
  await page.close();
  await house.close();
});
