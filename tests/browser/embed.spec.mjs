// Widgets in somebody's article, on another site, with the playground's own frame in them.
import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "./hosts/fixture.mjs";

const POLICY = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: mine, namespace: ai-platform}
spec: {podSelector: {}, ingress: [{from: [{podSelector: {}}]}]}
`;
const figure = (id, attributes = "", text = POLICY) => `<figure data-netpol id="${id}" ${attributes}><pre><code>${text}</code></pre></figure>`;
const play = (id, attributes = 'scenario="and-trap"', content = "<p>Still there</p>") => `<netpol-play id="${id}" ${attributes}>${content}</netpol-play>`;
const table = (article, id) => article.page.locator(`#${id} iframe, iframe#${id}`).contentFrame().getByRole("table");
/** How much of the frame's height is not that of what is in it. */
const slack = (frame) => frame.evaluate(() => Math.abs(innerHeight - document.body.getBoundingClientRect().height));
/** Starts a widget and waits until it has come to rest. By a key: right after a scroll, a click may still land in the frame that was there. */
const start = async (article, id) => {
  await article.button(id, "Try it live").press("Enter");
  await expect(table(article, id)).toContainText(/Allowed|Denied|Partly/);
  const frame = await article.inside(id);
  await expect.poll(() => slack(frame)).toBeLessThan(2);
};
const heightOf = (article, id) => article.page.locator(`#${id} iframe`).evaluate((one) => one.getBoundingClientRect().height);

test("a frame, a block and an element show their tables in an article that forbids all else", { tag: "@anywhere" }, async ({ article }) => {
  await article.open(
    `<iframe id="plain" src="EMBED/embed.html#/s/deny-all" title="Plain" width="600" height="430"></iframe>${figure("block")}${play("element")}`,
  );
  await expect(table(article, "plain")).toContainText("Denied");
  await start(article, "block");
  await expect(table(article, "block")).toContainText("mine");
  await start(article, "element");
  await expect(table(article, "element")).toContainText("AND Trap");
  expect(await article.violations()).toEqual([]);
  await expect.poll(async () => (await article.events("result")).map(({ on }) => on)).toEqual(expect.arrayContaining(["block", "element"]));
  const { rows, together } = (await article.events("result")).find(({ on }) => on === "block").detail;
  expect(rows).toHaveLength(1);
  expect(together).toEqual({ same: "allowed", cross: "denied", external: "denied" });
});

test("where storage is blocked, widgets work as anywhere", async ({ article, context }) => {
  await context.addInitScript(() => {
    const blocked = () => {
      throw new DOMException("blocked", "SecurityError");
    };
    for (const name of ["localStorage", "sessionStorage", "indexedDB", "caches"]) Object.defineProperty(globalThis, name, { get: blocked });
    Object.defineProperty(Document.prototype, "cookie", { get: blocked, set: blocked });
  });
  await article.open(play("a"));
  await start(article, "a");
});

test("a sandboxed frame without an origin of its own works, and is as high as what is in it", async ({ article }) => {
  await article.open(play("a", 'scenario="eight" sandbox="allow-scripts"'));
  await start(article, "a");
  expect(await (await article.inside("a")).evaluate(() => self.origin)).toBe("null");
  expect(await article.events("ready")).toHaveLength(1);
});

test("the height follows what is in the frame, comes to rest, and no scrollbar is inside", async ({ article }) => {
  for (const height of [500, 640, 760]) {
    await article.page.setViewportSize({ width: 760, height });
    await article.open(play("a", 'scenario="specific-ns"'));
    await start(article, "a");
    const frame = await article.inside("a");
    const before = await heightOf(article, "a");
    await frame
      .getByRole("button", { name: /Partly/ })
      .first()
      .click();
    // the words of the why come when they are asked for, and make it higher
    await expect(frame.getByRole("region", { name: "Why" }).getByRole("listitem").nth(3)).toBeVisible();
    await expect.poll(() => heightOf(article, "a")).toBeGreaterThan(before + 50);
    await expect.poll(() => slack(frame)).toBeLessThan(2);
    const heights = new Set();
    for (let at = 0; at < 20; at++) {
      heights.add(await heightOf(article, "a"));
      await article.page.waitForTimeout(50);
    }
    expect([...heights]).toHaveLength(1);
    expect(await frame.evaluate(() => document.documentElement.scrollHeight - innerHeight)).toBeLessThanOrEqual(1);
  }
});

test("the frame follows the article into the dark and back", async ({ article }) => {
  await article.open(play("a"));
  await start(article, "a");
  const frame = await article.inside("a");
  const paper = () => frame.evaluate(() => getComputedStyle(document.documentElement).colorScheme);
  expect(await paper()).toBe("light");
  await article.page.evaluate(() => (document.documentElement.style.colorScheme = "dark"));
  await expect.poll(paper).toBe("dark");
  await article.page.evaluate(() => (document.documentElement.style.colorScheme = "light"));
  await expect.poll(paper).toBe("light");
});

test("what was typed is still there when two others were started meanwhile", async ({ article }) => {
  await article.open(play("a", "", `<pre>${POLICY}</pre>`) + play("b") + play("c", 'scenario="or-logic"'));
  await start(article, "a");
  await article.page.locator("#a iframe").contentFrame().getByRole("textbox", { name: "Policies YAML" }).focus();
  await article.page.keyboard.press("Control+A");
  await article.page.keyboard.insertText(POLICY.replace("mine", "edited-by-hand"));
  await expect(table(article, "a")).toContainText("edited-by-hand");
  // the frame has said what is to be kept
  await expect.poll(() => article.page.evaluate(() => document.querySelector("#a").text)).toContain("edited-by-hand");
  await start(article, "b");
  await start(article, "c");
  await expect(article.page.locator("#a iframe")).toHaveCount(0);
  await article.button("a", "Continue live").click();
  await expect(table(article, "a")).toContainText("edited-by-hand");
  await article.button("a", "Start over").click();
  await expect(table(article, "a")).toContainText("mine");
  await expect(article.frames).toHaveCount(2);
});

test("a script in the article puts a text in and hears what it says", async ({ article }) => {
  await article.open(play("a"));
  await start(article, "a");
  const wrong = `#? default/web -> ai-platform/rag-api:8000 denied\n${POLICY.replace("podSelector: {}}]}]", "namespaceSelector: {}}]}]")}`;
  await article.page.evaluate((text) => document.querySelector("#a").setText(text), wrong);
  await expect.poll(async () => (await article.events("result")).at(-1).detail.failed).toBe(1);
  await article.page.evaluate(() => document.querySelector("#a").reset());
  await expect(table(article, "a")).toContainText("AND Trap");
  await article.page.evaluate(() => document.querySelector("#a").setAttribute("scenario", "deny-all"));
  await expect(table(article, "a")).toContainText("Deny All");
});

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
async function findings(page) {
  const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join()}`);
}

test.describe("the article of this project", () => {
  test("starts every one of its widgets, two at a time, and keeps its own rules", async ({ article, page }) => {
    test.slow();
    await page.goto("./demo/");
    const starts = page.getByRole("button", { name: /^Try it live/ });
    const names = await starts.evaluateAll((buttons) => buttons.map((button) => button.getAttribute("aria-label")));
    expect(names.length).toBeGreaterThanOrEqual(12);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) {
      await page.getByRole("button", { name, exact: true }).press("Enter");
      const close = page.getByRole("button", { name: name.replace("Try it live", "Close"), exact: true });
      const title = name.replace("Try it live", "Live NetworkPolicy");
      const inside = page.locator(`iframe[title="${title}"]`).contentFrame();
      await expect(inside.getByRole("table"), name).toContainText(/Allowed|Denied|Partly/);
      await expect(close).toBeFocused();
      expect(await page.locator("iframe:not(.plain)").count()).toBeLessThanOrEqual(2);
    }
    await page.locator("iframe.plain").scrollIntoViewIfNeeded();
    await expect(page.locator("iframe.plain").contentFrame().getByRole("table")).toContainText("Partly");
    expect(await article.violations()).toEqual([]);
  });

  for (const colorScheme of ["light", "dark"]) {
    test(`has no finding of axe, ${colorScheme}, and fits a phone`, async ({ page }) => {
      test.slow();
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width: 360, height: 740 });
      await page.goto("./demo/");
      await expect(page.getByRole("button", { name: /^Try it live/ }).first()).toBeVisible();
      const widths = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(await widths()).toBeLessThanOrEqual(0);
      // of tables too, none has to be scrolled sideways
      expect(await page.locator("article .wide").evaluateAll((all) => all.filter((one) => one.scrollWidth > one.clientWidth + 1).length)).toBe(0);
      expect(await findings(page)).toEqual([]);
      await page
        .getByRole("button", { name: /^Try it live/ })
        .first()
        .click();
      await expect(page.locator("iframe:not(.plain)").contentFrame().getByRole("table")).toContainText("Denied");
      expect(await widths()).toBeLessThanOrEqual(0);
      expect(await findings(page)).toEqual([]);
    });
  }

  test.describe("without JavaScript", () => {
    test.use({ javaScriptEnabled: false });

    test("can be read from end to end, tables and all", async ({ page, faults }) => {
      faults.expect(/csp$/); // the script of the plain frame
      await page.goto("./demo/");
      await expect(page.getByRole("button")).toHaveCount(0);
      expect(await page.locator("article table.netpol").count()).toBeGreaterThanOrEqual(12);
      await page.getByText("The answer", { exact: true }).click();
      for (const one of await page.locator("article table.netpol").all()) await expect(one).toBeVisible();
      await expect(page.locator("article pre").first()).toContainText("kind: NetworkPolicy");
    });
  });
});
