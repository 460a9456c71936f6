// The widget in the little room that an article leaves it on a phone: rows are stacked, and nothing sticks out.
import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "./fixtures.mjs";
import { Widget } from "./widget.mjs";

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** What of a table does not keep to its cell, as a reader sees it; what is only for those who hear the page has no place. */
function sticksOut() {
  return [...document.querySelectorAll("table :is(caption, th, td, .cell)")]
    .filter((box) => getComputedStyle(box).clipPath === "none")
    .flatMap((box) => {
      const { left, right, top, bottom } = box.getBoundingClientRect();
      const words = document.createTreeWalker(box, NodeFilter.SHOW_TEXT, (text) =>
        text.parentElement.closest(".unseen") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
      );
      const range = document.createRange();
      const out = [];
      while (words.nextNode()) {
        range.selectNodeContents(words.currentNode);
        const isOut = (one) => one.width > 0 && (one.left < left - 0.5 || one.right > right + 0.5 || one.top < top - 0.5 || one.bottom > bottom + 0.5);
        if ([...range.getClientRects()].some(isOut)) out.push(`${box.localName}: ${words.currentNode.data}`);
      }
      return out;
    });
}

for (const [name, address] of [
  ["the eight policies", "#/s/eight"],
  ["the AND trap", "#/s/and-trap"],
  ["guessing", "?predict=1#/s/and-trap"],
]) {
  test(`in a figure on a phone every word keeps to its cell: ${name}`, async ({ page }) => {
    const widget = new Widget(page);
    await page.setViewportSize({ width: 264, height: 600 });
    await widget.open(address);
    for (const width of [240, 264, 292, 320, 360]) {
      await page.setViewportSize({ width, height: 600 });
      await expect(page.getByRole("columnheader", { name: "External" })).toBeVisible();
      expect(await page.evaluate(sticksOut), `${width} px`).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth), `${width} px`).toBeLessThanOrEqual(width);
    }
    await page.setViewportSize({ width: 264, height: 600 });
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
      expect(violations.map(({ id, nodes }) => `${colorScheme}: ${id}: ${nodes.map((node) => node.target.join(" "))}`)).toEqual([]);
    }
  });
}

test("a table of stacked rows is still a table to those who hear it", async ({ page }) => {
  const widget = new Widget(page);
  await page.setViewportSize({ width: 264, height: 600 });
  await widget.open("#/s/and-trap");
  const devtools = await page.context().newCDPSession(page);
  const { nodes } = await devtools.send("Accessibility.getFullAXTree");
  const roles = nodes.filter((node) => !node.ignored).map((node) => node.role?.value);
  const count = (role) => roles.filter((one) => one === role).length;
  expect(["table", "row", "columnheader", "rowheader", "cell"].map(count)).toEqual([1, 2, 4, 1, 3]);
});
