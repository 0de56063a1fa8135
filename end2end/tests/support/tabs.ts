// Several tabs of one browser: how many streams they hold, and pages that can be hidden and moved on in time.
import type { BrowserContext, Page, Request } from "@playwright/test";

/** The streams that the server has open to the tabs of a browser. */
export class Streams {
  #open = new Set<Request>();

  constructor(context: BrowserContext) {
    context.on("request", (request) => {
      if (request.resourceType() === "eventsource") this.#open.add(request);
    });
    context.on("requestfinished", (request) => this.#open.delete(request));
    context.on("requestfailed", (request) => this.#open.delete(request));
  }

  /** All, or those that a tab holds. */
  count(page?: Page): number {
    const pages = [...this.#open].map((request) => request.frame().page());
    return pages.filter((holder) => !holder.isClosed() && (!page || holder === page)).length;
  }

  /** The tab that holds the only stream. */
  holder(pages: Page[]): Page {
    const holders = pages.filter((page) => this.count(page) > 0);
    if (holders.length !== 1) throw new Error(`${holders.length} tabs hold a stream`);
    return holders[0];
  }
}

/** Lets `hide`, `show` and `wait` work in every page of a browser. */
export async function direct(context: BrowserContext) {
  await context.addInitScript(() => {
    const now = Date.now.bind(Date);
    const stage = { isHidden: false, laterMs: 0 };
    Object.assign(window, { stage });
    Date.now = () => now() + stage.laterMs;
    Object.defineProperty(document, "hidden", { get: () => stage.isHidden });
  });
}

type Stage = { isHidden: boolean; laterMs: number };

async function setHidden(page: Page, isHidden: boolean) {
  await page.evaluate((isHidden) => {
    (window as never as { stage: Stage }).stage.isHidden = isHidden;
    document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
  }, isHidden);
}

export const hide = (page: Page) => setHidden(page, true);
export const show = (page: Page) => setHidden(page, false);

/** So many seconds pass on the page's clock. */
export async function wait(page: Page, seconds: number) {
  await page.evaluate((seconds) => {
    (window as never as { stage: Stage }).stage.laterMs += 1000 * seconds;
  }, seconds);
}
