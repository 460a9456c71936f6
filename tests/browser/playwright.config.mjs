// End-to-end tests of dist/ in Chromium. Run them with `cargo xtask test dist e2e`, or `e2e` alone when dist/ is fresh.
// Addresses in tests are relative (`page.goto("./#/s/eight")`), so that a test runs wherever the site is mounted.
import { defineConfig } from "@playwright/test";
import { launchOptions } from "./launch.mjs";
import { SUB_PATH } from "./serve.mjs";

// Known once the server has said which port it took; see `wait` below.
const origin = `http://127.0.0.1:${process.env.PLAYGROUND_PORT}`;

export default defineConfig({
  testDir: ".",
  testMatch: "*.spec.mjs",
  outputDir: "../../target/browser",
  reporter: [["list"], ["./closing-line.mjs"]],
  timeout: 30_000,
  workers: 2,
  fullyParallel: true,
  forbidOnly: true,
  // a machine that stumbles once is no fault of the page; what needed a second attempt is named at the end
  retries: 1,
  webServer: {
    command: "node serve.mjs ../../dist",
    wait: { stdout: /serving .* at http:\/\/127\.0\.0\.1:(?<PLAYGROUND_PORT>\d+)\// },
    stderr: "pipe",
  },
  use: {
    browserName: "chromium",
    headless: true,
    screenshot: "only-on-failure",
    // a trace slows every test down by a fifth, so only where nobody can look over its shoulder
    trace: process.env.CI ? "retain-on-failure" : "off",
    launchOptions,
    // what a worker answers, no test can hold back or break; offline.spec.mjs is about it and allows it
    serviceWorkers: "block",
  },
  projects: [
    { name: "root", use: { baseURL: `${origin}/` } },
    // what people do most works without the editor as well
    { name: "plain", use: { baseURL: `${origin}/`, editor: "plain" }, testMatch: ["typing.spec.mjs", "finding.spec.mjs", "cluster.spec.mjs"] },
    // what depends on the place of the site is tried in a folder, too
    { name: "folder", use: { baseURL: origin + SUB_PATH }, grep: /@anywhere/ },
  ],
});
