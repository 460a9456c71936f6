// What the page puts on paper: the sentence, the table, the why and the whole text, and nothing to press.
import { expect, test } from "./fixtures.mjs";

const PAPER = { width: 718, height: 1047 }; // A4 without its margins, in CSS pixels

/** As it would be printed, with what a picture of it looks like. */
async function printed(playground, name) {
  await playground.page.setViewportSize(PAPER);
  await playground.page.emulateMedia({ media: "print" });
  await playground.screenshot(name, { fullPage: true });
}

test("on paper stand the sentence, the table, the why and the world", async ({ playground }) => {
  await playground.open();
  await expect(playground.whyTitle).toBeVisible();
  await printed(playground, "print");
  for (const seen of [playground.page.locator(".headline"), playground.table, playground.whyTitle, playground.main.getByText("Cluster:")]) {
    await expect(seen).toBeVisible();
  }
  await expect(playground.cell("Specific Pod+NS", "Cross namespace")).toBeVisible();
  expect(await playground.sidewaysScroll()).toBe(0);
});

test("what can only be pressed stays off the paper", async ({ playground }) => {
  await playground.open();
  await expect(playground.whyTitle).toBeVisible();
  await printed(playground, "print-pressed");
  for (const hidden of [
    playground.share,
    playground.theme,
    playground.ingress.first(),
    playground.tab("Why"),
    playground.tab("Policies"),
    playground.page.getByRole("navigation", { name: "Scenarios" }),
    playground.page.getByRole("contentinfo"),
  ]) {
    await expect(hidden).toBeHidden();
  }
});

test("the text is printed to its end, with the numbers that the why names", async ({ playground }) => {
  const { page, policies } = playground;
  await playground.open("#/s/blank");
  const lines = Array.from({ length: 400 }, (_, at) => `# line ${at + 1} of a long text`);
  await playground.paste(policies, lines.join("\n"));
  await printed(playground, "print-long");
  const paper = page.locator("#panel-policies [part=paper]");
  await expect(paper).toBeVisible();
  await expect(paper).toContainText("   1  # line 1 of a long text");
  await expect(paper).toContainText(" 400  # line 400 of a long text");
  const { scrollHeight, clientHeight } = await paper.evaluate(({ scrollHeight, clientHeight }) => ({ scrollHeight, clientHeight }));
  expect(scrollHeight, "nothing is cut").toBe(clientHeight);
  await expect(policies).toBeHidden();
  await page.emulateMedia({ media: "screen" });
  await expect(policies).toBeVisible();
  await expect(paper).toHaveCount(0);
});

test.describe("without the editor", () => {
  test.use({ editor: "plain" });

  test("the text is printed to its end, too", async ({ playground }) => {
    await playground.open();
    await expect(playground.whyTitle).toBeVisible();
    await printed(playground, "print-plain");
    await expect(playground.page.locator("#panel-policies .lines").getByText("model-monitor").last()).toBeVisible();
    const cut = (box) => box.scrollHeight - box.clientHeight;
    expect(await playground.page.locator("#panel-policies .editor").evaluate(cut)).toBeLessThan(2);
  });
});
