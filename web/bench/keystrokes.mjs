// From a keystroke to the painted table, and to the marks at what is wrong: node web/bench/keystrokes.mjs [DIR]
// Types into the editor with all eight policies loaded and reads the page's own measures, one for each input event,
// from the event to the frame after the new table, or the new marks, were drawn. And the same with the plain text field.
//
// Twice: as on a screen of 60 frames a second, where a key waits up to 16.7 ms for the next frame however
// little there is to do, and without that wait, which leaves the work of the page.
import { chromium } from "@playwright/test";
import { launchOptions } from "../../tests/browser/launch.mjs";
import { serve } from "../../tests/browser/serve.mjs";

const TABLE = "netpol:keystroke-to-paint";
const MARKS = "netpol:keystroke-to-diagnostics";
const KEYSTROKES = 200;
// Between two keys of a fast typist; without a pause several inputs would share a frame.
const PAUSE_MS = 40;
// A comment leaves the table as it is, a policy adds a row, and half a policy is an error: typing goes through all three.
const TEXT = `
# who may talk to whom?
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: typed, namespace: ai-platform}
spec: {podSelector: {}, ingress: [{from: [{podSelector: {}}]}]}
# and this one is typed at the end of all the others`;
const WITHOUT_WAITING = ["--disable-frame-rate-limit", "--disable-gpu-vsync"];

const site = await serve(process.argv[2] ?? "dist");
try {
  for (const isWaiting of [true, false]) {
    const title = isWaiting ? "at 60 frames a second" : "without the wait for a frame";
    const flags = isWaiting ? [] : WITHOUT_WAITING;
    const rich = await durations(flags, true);
    report(`keystroke to table ${title}`, rich[TABLE]);
    report(`keystroke to marks ${title}`, rich[MARKS]);
    const plain = await durations(flags, false);
    report(`keystroke to table ${title}, without the editor`, plain[TABLE]);
  }
} finally {
  site.stop();
}

/**
 * @param {string[]} flags
 * @param {boolean} isRich
 * @returns {Promise<Record<string, number[]>>}
 */
async function durations(flags, isRich) {
  const browser = await chromium.launch({ ...launchOptions, args: [...launchOptions.args, ...flags] });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    if (!isRich) await page.route("**/editor-*.js", (route) => route.abort());
    await page.goto(`${site.url}#/s/eight`);
    await page.locator("#boot").waitFor({ state: "hidden" });
    const policies = page.getByRole("textbox", { name: /polic/i });
    await policies.and(page.locator(isRich ? "[contenteditable]" : "textarea")).click();
    await page.keyboard.press("Control+End");
    await page.evaluate(() => performance.clearMeasures());
    for (const key of TEXT.slice(0, KEYSTROKES)) {
      await page.keyboard.press(key === "\n" ? "Enter" : key);
      await page.waitForTimeout(PAUSE_MS);
    }
    await page.waitForTimeout(200);
    return await page.evaluate(
      (names) => Object.fromEntries(names.map((name) => [name, performance.getEntriesByName(name).map((entry) => entry.duration)])),
      [TABLE, MARKS],
    );
  } finally {
    await browser.close();
  }
}

/**
 * @param {string} title
 * @param {number[]} measured
 */
function report(title, measured) {
  if (measured.length < KEYSTROKES / 2) {
    console.error(`${title}: ${measured.length} measures after ${KEYSTROKES} keystrokes; the page does not emit them`);
    process.exitCode = 1;
    return;
  }
  const sorted = measured.toSorted((one, other) => one - other);
  // The nearest rank: the smallest value that so many per cent of all do not exceed.
  /** @param {number} share */
  const percentile = (share) => `${sorted[Math.ceil(sorted.length * share) - 1].toFixed(1)} ms`;
  console.log(`${title}, ${sorted.length} keystrokes: p50 ${percentile(0.5)}, p95 ${percentile(0.95)}, longest ${percentile(1)}`);
}
