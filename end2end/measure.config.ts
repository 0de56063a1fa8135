// Measurements in a real browser, apart from the tests, since a number that depends on the machine cannot pass or fail:
// `scripts/end2end --config measure.config.ts`. VACANCY_RATE and VACANCY_SECONDS change how hot and how long.
import { defineConfig } from "@playwright/test";
import tests from "./playwright.config.ts";

export default defineConfig({
  ...tests,
  testDir: "measure",
  timeout: 300_000,
  workers: 1,
  projects: [{ name: "measure" }],
  use: { ...tests.use, trace: "off" },
});
