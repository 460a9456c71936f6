// What a widget costs in an article: node web/bench/embed.mjs [DIR]
// The bytes before anybody starts one, in brotli 11, and the time from the press of "Try it live" to the painted table, in a
// fresh browser context each time, so that nothing is cached. Measured, never asserted.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { chromium } from "@playwright/test";
import { blog } from "../../tests/browser/hosts/article.mjs";
import { launchOptions } from "../../tests/browser/launch.mjs";
import { serve } from "../../tests/browser/serve.mjs";

const TIMES = 10;
const directory = process.argv[2] ?? "dist";
const script = readFileSync(join(directory, "embed/1/netpol.js"));
const ARTICLE = `<netpol-play scenario="and-trap"><p>A table</p></netpol-play><script type="module" src="EMBED/embed/1/netpol.js"></script>`;

/** What the documents note down. @typedef {{ pressed?: number, painted?: number }} Notes */

/**
 * Milliseconds from the press to the first frame with a table in it; the clock is the one of the machine, so that both documents share it.
 * @param {import("@playwright/test").Browser} browser
 * @param {string} address
 */
async function startOnce(browser, address) {
  const context = await browser.newContext();
  await context.addInitScript(() => {
    const notes = /** @type {Notes} */ (globalThis);
    if (window === top) {
      addEventListener("click", () => (notes.pressed = Date.now()), true);
      return;
    }
    const observer = new MutationObserver(() => {
      if (!document.querySelector("tbody td")) return;
      observer.disconnect();
      requestAnimationFrame(() => setTimeout(() => (notes.painted = Date.now())));
    });
    observer.observe(document, { childList: true, subtree: true });
  });
  const page = await context.newPage();
  await page.goto(address);
  await page.getByRole("button", { name: /^Try it live/ }).click();
  await page.locator("iframe").contentFrame().getByRole("table").waitFor();
  const [frame] = page.frames().filter((one) => one.parentFrame());
  const painted = await frame.waitForFunction(() => /** @type {Notes} */ (globalThis).painted);
  const pressed = await page.evaluate(() => /** @type {Notes} */ (globalThis).pressed);
  const duration = Number(await painted.jsonValue()) - Number(pressed);
  await context.close();
  return duration;
}

const [site, host] = [await serve(directory), await blog()];
const browser = await chromium.launch(launchOptions);
try {
  const address = host.page(ARTICLE, { embed: site.url });
  const durations = [];
  for (let at = 0; at < TIMES; at++) durations.push(await startOnce(browser, address));
  durations.sort((one, other) => one - other);
  const median = (durations[TIMES / 2 - 1] + durations[TIMES / 2]) / 2;
  console.log(`before any widget is started: ${script.length} bytes, ${brotliCompressSync(script).length} in brotli`);
  console.log(`press to painted table, ${TIMES} times, nothing cached: median ${median} ms, from ${durations[0]} to ${durations.at(-1)} ms`);
} finally {
  await browser.close();
  site.stop();
  host.stop();
}
