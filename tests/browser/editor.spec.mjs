// The editor that comes after the first table, in the page: what it shows of what the page knows, and what it does with
// keys. What it knows without a page is in editing.spec.mjs.
import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "./fixtures.mjs";
import { DASH, NO_DASH, SURPRISING } from "./texts.mjs";

const inEditor = (playground, selector) => playground.page.locator(`#panel-policies ${selector}`);
const tooltip = (playground) => inEditor(playground, ".cm-tooltip:not(.cm-tooltip-autocomplete, .cm-completionInfo)");

/** Puts the pointer on a word of the text. */
async function hover(playground, words) {
  const line = inEditor(playground, ".cm-line").filter({ hasText: words }).last();
  const box = await line.evaluate((element, words) => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const at = node.data.indexOf(words);
      if (at < 0) continue;
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + words.length);
      const { x, y, width, height } = range.getBoundingClientRect();
      return { x: x + width / 2, y: y + height / 2 };
    }
    throw new Error(`no piece of the line holds ${words}`);
  }, words);
  await playground.page.mouse.move(box.x - 3, box.y);
  await playground.page.mouse.move(box.x, box.y);
}

test("a fault is underlined, marked beside its line, and told on hover with what to do", { tag: "@core" }, async ({ playground }) => {
  await playground.open("#/s/same-ns");
  await playground.retype(playground.policies, "podSelector: {}", "podselector: {}");
  const under = inEditor(playground, ".cm-lintRange-error");
  await expect(under.first()).toContainText("podselector");
  await expect(inEditor(playground, ".cm-lint-marker-error")).toHaveCount(1);
  await hover(playground, "podselector");
  await expect(tooltip(playground)).toContainText("error");
  await expect(tooltip(playground)).toContainText(/unknown field/i);
  await expect(
    tooltip(playground)
      .locator("code")
      .filter({ hasText: /^podSelector$/ })
      .first(),
  ).toBeVisible();

  await playground.retype(playground.policies, "podselector: {}", "podSelector: {}");
  await expect(under).toHaveCount(0);
});

test("the link beside a problem leads to its words in the editor", { tag: "@core" }, async ({ playground }) => {
  const { policies } = playground;
  await playground.open("#/s/eight");
  await playground.retype(policies, "name: specific-ns", "nam: specific-ns");
  await playground.tab("Problems").click();
  const problem = playground.problems
    .getByRole("listitem")
    .filter({ hasText: /unknown field/i })
    .first();
  await problem.getByRole("button", { name: /^line \d+$/ }).click();
  await expect(policies).toBeFocused();
  expect(await playground.selection(policies)).toContain("nam: specific-ns");
  await expect(inEditor(playground, ".cm-line").filter({ hasText: "nam: specific-ns" })).toBeInViewport();
});

test("what is legal but surprising is marked, too, and mended from where it stands", async ({ playground }) => {
  const { page, policies } = playground;
  await playground.open("#/s/blank");
  await playground.paste(policies, SURPRISING);
  await expect(inEditor(playground, ".cm-lintRange-warning").filter({ hasText: "egress" }).first()).toBeVisible();
  await hover(playground, "egress");
  await tooltip(playground)
    .getByRole("button", { name: /policyTypes/ })
    .click();
  await expect.poll(() => playground.textOf(policies)).toMatch(/policyTypes: \[Ingress, Egress\]/);
  await expect(policies).toBeFocused();
  await page.keyboard.press("ControlOrMeta+z");
  await expect.poll(() => playground.textOf(policies)).toBe(SURPRISING);
});

test("every `#?` line has its tick or cross, and a cross says what is true instead", async ({ playground }) => {
  await playground.open("#/s/and-labels");
  await expect(inEditor(playground, ".sign.holds")).toHaveCount(4);
  await playground.retype(playground.policies, "  podSelector:  # no dash", "- podSelector:  # one dash");
  await expect(inEditor(playground, ".sign.fails")).toHaveCount(2);
  await expect(inEditor(playground, ".sign.holds")).toHaveCount(2);
  await expect(inEditor(playground, ".sign.fails").first()).toHaveAttribute("title", /^It is .*(allowed|denied)/);
});

test("the lines behind the open cell are marked", async ({ playground }) => {
  await playground.open("#/s/eight");
  await playground.cell("Specific NS", "Cross namespace").click();
  await expect(inEditor(playground, ".cm-line.behind").filter({ hasText: "name: ml-ops" })).toHaveCount(1);
});

test("a label's values are offered from the cluster, and chosen with Enter", { tag: "@core" }, async ({ playground }) => {
  const { page, policies } = playground;
  await playground.open("#/s/specific-pod-ns");
  await playground.retype(policies, "model-monitor", "drift");
  const options = page.locator("#panel-policies").getByRole("listbox").getByRole("option");
  await expect(options).toHaveText([/^drift-detector/]);
  await page.waitForTimeout(100); // an option that has only just come up is not taken by an Enter meant for a new line
  await page.keyboard.press("Enter");
  await expect.poll(() => playground.textOf(policies)).toContain("app: drift-detector");
  await expect(playground.cell("specific-pod-ns", "Cross namespace")).toHaveText(/drift-detector only/);
});

test("a field says what it is for in a sentence", async ({ playground }) => {
  await playground.open("#/s/specific-pod-ns");
  await hover(playground, "namespaceSelector");
  await expect(tooltip(playground)).toContainText("spec.ingress[].from[].namespaceSelector");
  await expect(tooltip(playground)).toContainText("Namespaces by their labels");
});

test("what was done to a text can be undone after another was looked at", { tag: "@core" }, async ({ playground }) => {
  const { page, policies } = playground;
  await playground.open("#/s/and-trap");
  const pristine = await playground.textOf(policies);
  await playground.retype(policies, "name: and-trap", "name: mine");
  await expect(playground.row("mine")).toBeVisible();
  await page.evaluate(() => (location.hash = "#/s/or-logic"));
  await expect(playground.row("OR Logic")).toBeVisible();
  await page.evaluate(() => (location.hash = "#/s/and-trap"));
  await expect(playground.row("AND Trap ⚠")).toBeVisible();
  await expect.poll(() => playground.textOf(policies)).toBe(pristine);
  await policies.focus();
  await page.keyboard.press("ControlOrMeta+z");
  await expect(playground.row("mine")).toBeVisible();
  // who types slowly has more than one step to take back
  await expect(async () => {
    await page.keyboard.press("ControlOrMeta+z");
    expect(await playground.textOf(policies)).toBe(pristine);
  }).toPass();
  await expect(playground.row("AND Trap ⚠")).toBeVisible();
});

test("a cluster that was reset can be had back", async ({ playground }) => {
  const { page, cluster } = playground;
  await playground.open("#/s/specific-ns");
  await playground.tab("Cluster").click();
  await playground.retype(cluster, ", name: ml-ops", "");
  const edited = await playground.textOf(cluster);
  await page.getByRole("button", { name: "Reset to the example cluster" }).click();
  await expect.poll(() => playground.textOf(cluster)).not.toBe(edited);
  await cluster.focus();
  await page.keyboard.press("ControlOrMeta+z");
  await expect.poll(() => playground.textOf(cluster)).toBe(edited);
});

test("Tab indents where somebody types, and leaves after Escape", async ({ playground }) => {
  const { page, policies } = playground;
  await playground.open("#/s/and-labels");
  await expect(policies).toHaveAccessibleDescription(/Escape, then Tab/);
  await playground.placeCaret(policies, "matchLabels:");
  await page.keyboard.press("ArrowRight");
  const before = await playground.textOf(policies);
  await page.keyboard.press("Tab");
  await expect.poll(() => playground.textOf(policies)).toBe(before.replace(/^ *matchLabels:\n *app/m, "  $&"));
  await page.keyboard.press("Shift+Tab");
  await expect.poll(() => playground.textOf(policies)).toBe(before);
  await expect(policies).toBeFocused();

  await page.keyboard.press("Escape");
  await page.keyboard.press("Tab");
  await expect(policies).not.toBeFocused();
  await page.keyboard.press("Shift+Tab");
  await expect(policies).toBeFocused();
  await page.keyboard.press("Shift+Tab");
  await expect(policies).not.toBeFocused();
  expect(await playground.textOf(policies)).toBe(before);
});

test("Enter keeps a list a list", { tag: "@core" }, async ({ playground }) => {
  const { page, policies } = playground;
  await playground.open("#/s/blank");
  await policies.focus();
  await page.keyboard.press("ControlOrMeta+a");
  for (const line of ["kind: NetworkPolicy", "apiVersion: networking.k8s.io/v1", "metadata: {name: typed}", "spec:", "podSelector: {}"]) {
    await page.keyboard.type(line);
    await page.keyboard.press("Escape"); // whatever is offered
    await page.keyboard.press("Enter");
  }
  await page.keyboard.type("ingress:\nfrom:\npodSelector: {}");
  await expect.poll(() => playground.textOf(policies)).toContain("spec:\n  podSelector: {}\n  ingress:\n  - from:\n    - podSelector: {}");
  await expect(playground.row("typed")).toContainText("Allowed");
});

test("the editor takes over text, cursor and focus from the field in which somebody types already", { tag: "@core" }, async ({ playground, context }) => {
  const { page, policies } = playground;
  let go;
  const held = new Promise((resolve) => (go = resolve));
  await context.route("**/editor-*.js", async (route) => {
    await held;
    await route.continue();
  });
  playground.editor = "plain";
  await playground.open("#/s/and-trap");
  await playground.retype(policies, "name: and-trap", "name: min");
  go();
  await policies.and(page.locator("[contenteditable]")).waitFor();
  await expect(policies).toBeFocused();
  await page.keyboard.type("e");
  await expect(playground.row("mine")).toBeVisible();
});

test("what was in sight in the text field is in sight in the editor", async ({ playground }) => {
  await playground.open("#/s/eight");
  const behind = inEditor(playground, ".cm-line.behind");
  await expect(behind.filter({ hasText: "app: model-monitor" })).toBeInViewport({ ratio: 1 });
  await expect(behind.filter({ hasText: "namespaceSelector" })).toBeInViewport({ ratio: 1 });
});

test("what is typed while the page is busy is not lost", async ({ playground }) => {
  const { page, policies } = playground;
  await playground.open("#/s/blank");
  await policies.focus();
  // four inputs, before the page had a moment to draw
  await page.evaluate(() => {
    const { view } = NetpolEditor.of("policies");
    for (const letter of "abcd") view.dispatch(view.state.replaceSelection(letter));
  });
  await page.keyboard.type("efgh");
  await expect.poll(() => playground.textOf(policies)).toMatch(/abcdefgh/);
});

test("axe finds nothing in the editor with all that it can show, in both themes", async ({ playground }) => {
  const { page, policies } = playground;
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await playground.open("#/s/and-labels");
  await playground.retype(policies, "  podSelector:  # no dash", "- podSelector:  # one dash");
  await playground.retype(policies, "policyTypes: [Ingress]", "policytypes: [Ingress]");
  await hover(playground, "policytypes");
  await expect(tooltip(playground)).toBeVisible();
  const findings = async () => {
    const { violations } = await new AxeBuilder({ page }).include("#panel-policies").analyze();
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" | ")}`);
  };
  await playground.screenshot("editor-desktop");
  expect(await findings(), "light").toEqual([]);
  await page.emulateMedia({ colorScheme: "dark" });
  await playground.screenshot("editor-dark");
  expect(await findings(), "dark").toEqual([]);

  await playground.placeCaret(policies, "policytypes");
  await page.keyboard.press("Control+Space");
  await expect(page.locator("#panel-policies").getByRole("listbox")).toBeVisible();
  await playground.screenshot("editor-completion");
  expect(await findings(), "completion").toEqual([]);
  await page.keyboard.press("Escape");
  await page.setViewportSize({ width: 360, height: 740 });
  await playground.screenshot("editor-360", { fullPage: true });
  expect(await playground.sidewaysScroll()).toBe(0);
  await page.emulateMedia({ forcedColors: "active" });
  await playground.screenshot("editor-forced");
});

test("thousands of lines are typed into as quickly as few", async ({ playground }) => {
  const { page, policies } = playground;
  await playground.open("#/s/blank");
  await playground.paste(policies, "# a comment\n".repeat(5_000));
  await page.keyboard.type("# the end");
  await expect.poll(() => playground.textOf(policies)).toMatch(/# the end$/);
  const lines = await inEditor(playground, ".cm-line").count();
  expect(lines, "lines that are drawn").toBeLessThan(300);
});

test.describe("without the editor", () => {
  test.use({ editor: "plain" });

  test("the text field does its work, and nobody is bothered", { tag: "@core" }, async ({ playground }) => {
    const { page, policies } = playground;
    await playground.open();
    await playground.retype(policies, NO_DASH, DASH);
    await expect(playground.cell("Specific Pod+NS", "Cross namespace")).toHaveText(/Partly.*ml-ops only/);
    await expect(page.locator("textarea#policies")).toBeVisible();
    await expect(page.getByText(/editor/i)).toHaveCount(0);
  });
});

test("an editor that breaks gives way to the plain text field, and the page goes on", async ({ playground }) => {
  await playground.open("#/s/and-trap");
  await playground.page.evaluate(() => {
    globalThis.NetpolEditor.prototype.update = () => {
      throw new RangeError("Maximum call stack size exceeded");
    };
    location.hash = "#/s/same-ns";
  });
  await expect(playground.row("Same NS Only")).toBeVisible();
  await expect(playground.policies).toHaveValue(/name: same-ns/);
  await playground.policies.fill((await playground.policies.inputValue()).replace("name: same-ns", "name: mine"));
  await expect(playground.row("mine")).toBeVisible();
});

test("a text that has colours again does not let the parser meet the one before, which had too many levels", async ({ playground }) => {
  await playground.open("#/s/blank");
  for (let round = 0; round < 6; round += 1) {
    // deep enough for the parser to run out of stack, short enough for it to get there in the time that it is given
    await playground.paste(playground.policies, "? ".repeat(4_000));
    await playground.paste(
      playground.policies,
      `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: odd, namespace: ai-platform}\nspec: {podSelector: {}}\n# ${round}`,
    );
    await expect(playground.policies).toContainText("podSelector");
    // coloured again
    await expect.poll(() => playground.policies.locator("span").count()).toBeGreaterThan(5);
  }
  await expect(playground.row("odd")).toContainText("Denied");
});
