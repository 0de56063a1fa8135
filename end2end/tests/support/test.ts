// What every browser test stands on: a house of its own, and pages that must not complain. A console error, a request
// that fails, a broken content policy or a page wider than its window fails the test.
import { test as base, expect, type BrowserContext, type Page } from "@playwright/test";
import { House } from "./house.ts";

export type World = "js" | "no-js" | "no-wasm";

type Options = { world: World };
type Fixtures = { house: House; baseURL: string; newWindow: (options?: WindowOptions) => Promise<Page> };
type WindowOptions = Parameters<import("@playwright/test").Browser["newContext"]>[0];

async function watch(context: BrowserContext, world: World, complaints: string[]) {
  if (world === "no-wasm") await context.route(/\.wasm$/, (route) => route.abort());
  const isBlocked = (text: string) => world === "no-wasm" && /\.wasm/.test(text);
  await context.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      console.error(`content policy: ${event.violatedDirective} ${event.blockedURI}`);
    });
  });
  context.on("page", (page) => {
    page.on("pageerror", (error) => {
      // Chromium reports a page-to-page transition that it gives up, such as under load, as an error of the page.
      if (!/^Transition was (aborted|skipped)/.test(error.message)) {
        complaints.push(`error on ${page.url()}: ${error.message}`);
      }
    });
    page.on("console", (message) => {
      const isOurs = message.type() === "error" && !isBlocked(message.location().url);
      // The browser reports each answer of 4xx as an error of its own; what a page answers is the test's to judge.
      if (isOurs && !/the server responded with a status of 4/.test(message.text())) {
        complaints.push(`console on ${page.url()}: ${message.text()}`);
      }
    });
    page.on("requestfailed", (request) => {
      const reason = request.failure()?.errorText ?? "";
      // A page that is left takes its streams with it.
      if (reason !== "net::ERR_ABORTED" && !isBlocked(request.url())) {
        complaints.push(`request ${request.url()}: ${reason}`);
      }
    });
  });
}

export const test = base.extend<Fixtures & Options>({
  world: ["js", { option: true }],

  house: async ({}, use) => {
    const house = await House.open();
    await use(house);
    await house.close();
  },

  baseURL: async ({ house }, use) => use(house.url),

  context: async ({ context, world }, use) => {
    const complaints: string[] = [];
    await watch(context, world, complaints);
    await use(context);
    expect(complaints).toEqual([]);
  },

  newWindow: async ({ browser, world, house, javaScriptEnabled, locale }, use) => {
    const complaints: string[] = [];
    const contexts: BrowserContext[] = [];
    await use(async (options) => {
      const context = await browser.newContext({ baseURL: house.url, javaScriptEnabled, locale, ...options });
      contexts.push(context);
      await watch(context, world, complaints);
      return context.newPage();
    });
    await Promise.all(contexts.map((context) => context.close()));
    expect(complaints).toEqual([]);
  },
});

export { expect };

/** Waits until the page's islands are alive, in the world where they come alive. */
export async function ready(page: Page, world: World) {
  if (world === "js") await expect(page.locator("html")).toHaveAttribute("data-hydrated", "true");
  if (world === "no-wasm") await expect(page.locator("html")).toHaveAttribute("data-hydrated", "failed");
}

/** Waits until all of a page is alive that comes alive; nothing of it may be cut off. */
export async function arrive(page: Page) {
  await page.waitForLoadState();
  if ((await page.locator("#boot").count()) > 0) await ready(page, "js");
  await expectToFit(page);
}

/** Nothing is cut off or scrolls sideways. */
export async function expectToFit(page: Page) {
  const [content, window] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  expect(content, `${page.url()} is wider than its window`).toBeLessThanOrEqual(window);
}
