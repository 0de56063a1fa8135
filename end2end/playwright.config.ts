// Every browser test runs against the release binary, which the fixtures start on a free port with a database of its own.
import { defineConfig, devices } from "@playwright/test";
import type { World } from "./tests/support/test.ts";

// Specs named *.js.spec.ts are about what scripts add; all others hold in every world.
const NEEDS_SCRIPTS = /\.js\.spec\.ts$/;

export default defineConfig<{ world: World }>({
  testDir: "tests",
  // A test that passes only the second time is a fault.
  retries: 0,
  forbidOnly: !!process.env.CI,
  workers: 2,
  fullyParallel: true,
  timeout: 60_000,
  reporter: "list",
  projects: [
    { name: "js", use: { world: "js" } },
    { name: "no-js", testIgnore: NEEDS_SCRIPTS, use: { world: "no-js", javaScriptEnabled: false } },
    { name: "no-wasm", testIgnore: NEEDS_SCRIPTS, use: { world: "no-wasm" } },
  ],
  use: {
    ...devices["Desktop Chrome"],
    locale: "en-GB",
    // A trace of every test would cost a third of the time: `scripts/end2end --trace=retain-on-failure` when one is wanted.
    trace: "off",
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
      args: [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
      ],
    },
  },
});
