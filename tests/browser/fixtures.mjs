// The `test` that every spec uses. It fails when a page talks to another origin, complains in the console or throws,
// whatever else the test was about.
import { test as base, expect } from "@playwright/test";
import { answerForFirefox } from "./bidi.mjs";
import { Playground } from "./playground.mjs";
import { watch } from "./watch.mjs";

export { expect };

/** Where a test is about the text field that stands in for the editor, this address is not answered. */
const BUNDLE = "**/editor-*.js";
const BUNDLE_FAULTS = [/editor-\w+\.js/, /Failed to load resource/];

async function withoutEditor(context, faults) {
  faults.expect(...BUNDLE_FAULTS);
  await context.route(BUNDLE, (route) => route.abort("blockedbyclient"));
}

export const test = base.extend({
  /** The browser, taught what Playwright takes for granted. */
  browser: [
    async ({ browser }, use) => {
      if (browser.browserType().name() === "firefox") answerForFirefox(browser);
      await use(browser);
    },
    { scope: "worker" },
  ],

  /** "rich": the page gets its editor. "plain": the editor is blocked on the way, and the text field does its work. */
  editor: ["rich", { option: true }],

  /** What goes on behind the page; `faults.expect(/…/)` announces what a test provokes on purpose. */
  faults: [
    async ({ context, baseURL }, use) => {
      const faults = watch(context, new URL(baseURL).origin);
      await use(faults);
      expect(faults.findings(), "faults behind the page").toEqual([]);
    },
    { auto: true },
  ],

  /** The page, in the words of a person. */
  playground: async ({ page, context, faults, editor }, use) => {
    if (editor === "plain") await withoutEditor(context, faults);
    await use(new Playground(page, editor));
  },

  /** Opens an address as somebody else would: in a browser that has never seen the page. */
  colleague: async ({ browser, baseURL, editor }, use) => {
    const met = [];
    await use(async (options = {}) => {
      const context = await browser.newContext({ baseURL, ...options });
      const faults = watch(context, new URL(baseURL).origin);
      met.push({ context, faults });
      if (editor === "plain") await withoutEditor(context, faults);
      return new Playground(await context.newPage(), editor);
    });
    for (const { context, faults } of met) {
      await context.close();
      expect(faults.findings(), "faults behind a colleague's page").toEqual([]);
    }
  },
});
