// From a keystroke to the painted table: node web/bench/keystrokes.mjs [DIR]
// Types into the policies with all eight loaded and reads the page's own measures, one for each input event,
// from the event to the frame after the new table was drawn.
import { chromium } from "@playwright/test";
import { launchOptions } from "../../tests/browser/launch.mjs";
import { serve } from "../../tests/browser/serve.mjs";

const MEASURE = "netpol:keystroke-to-paint";
const KEYSTROKES = 200;
// A pause between two keys of a fast typist; without one, several inputs would share a frame.
const PAUSE_MS = 40;
// A comment is the text that leaves the table as it is; a rule of its own changes it while being typed.
const TEXT = "\n# who may talk to whom?\n---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: typed, namespace: ai-platform}\nspec:\n podSelector: {}\n ingress: [{from: [{podSelector: {}}]}]\n";

const site = await serve(process.argv[2] ?? "dist");
const browser = await chromium.launch(launchOptions);
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.goto(`${site.url}#/s/eight`);
  await page.locator("#boot").waitFor({ state: "hidden" });
  const editor = page.getByRole("textbox", { name: /polic/i }).first();
  await editor.click();
  await page.keyboard.press("Control+End");
  await page.evaluate((name) => performance.clearMeasures(name), MEASURE);
  for (const key of TEXT.repeat(2).slice(0, KEYSTROKES)) {
    await page.keyboard.press(key === "\n" ? "Enter" : key);
    await page.waitForTimeout(PAUSE_MS);
  }
  await page.waitForTimeout(200);
  report(await page.evaluate((name) => performance.getEntriesByName(name).map((entry) => entry.duration), MEASURE));
} finally {
  await browser.close();
  site.stop();
}

function report(durations) {
  if (durations.length < KEYSTROKES / 2) {
    console.error(`${durations.length} measures named ${MEASURE} after ${KEYSTROKES} keystrokes: the page does not emit them`);
    process.exitCode = 1;
    return;
  }
  durations.sort((one, other) => one - other);
  // The nearest rank: the smallest value that so many per cent of all do not exceed.
  const percentile = (share) => durations[Math.ceil(durations.length * share) - 1].toFixed(1);
  console.log(`keystroke to paint over ${durations.length} keystrokes: p50 ${percentile(0.5)} ms, p95 ${percentile(0.95)} ms, longest ${percentile(1)} ms`);
}
