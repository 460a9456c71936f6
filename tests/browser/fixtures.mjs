// The `test` that every spec uses. It fails when a page talks to another origin, complains in the console or throws,
// whatever else the test was about.
import { expect, test as base } from "@playwright/test";
import { Playground } from "./playground.mjs";
import { watch } from "./watch.mjs";

export { expect };

export const test = base.extend({
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
  playground: async ({ page }, use) => use(new Playground(page)),

  /** Opens an address as somebody else would: in a browser that has never seen the page. */
  colleague: async ({ browser, baseURL }, use) => {
    const met = [];
    await use(async (options = {}) => {
      const context = await browser.newContext({ baseURL, ...options });
      met.push({ context, faults: watch(context, new URL(baseURL).origin) });
      return new Playground(await context.newPage());
    });
    for (const { context, faults } of met) {
      await context.close();
      expect(faults.findings(), "faults behind a colleague's page").toEqual([]);
    }
  },
});
