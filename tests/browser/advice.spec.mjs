// What the page says beside its answers: problems with their remedies, pages of the codes, and what is one edit away.
import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "./fixtures.mjs";
import { FRAGMENT, SURPRISING } from "./texts.mjs";

async function pasted(playground, text) {
  await playground.open("#/s/blank");
  await playground.paste(playground.policies, text);
}

test("what is legal but surprising is listed beside the table, with its line", async ({ playground }) => {
  await pasted(playground, SURPRISING);
  await playground.tab("Problems").click();
  const { problems } = playground;
  const rules = problems.getByRole("listitem").filter({ hasText: "rules-without-type" });
  await expect(rules).toContainText("warning");
  await rules.getByRole("button", { name: /^line \d+$/ }).click();
  await expect(playground.policies).toBeFocused();
  expect(await playground.selection(playground.policies)).toMatch(/egress:/);
});

test("a remedy changes the text, says so, and can be taken back", async ({ playground }) => {
  const { page, problems, policies } = playground;
  await pasted(playground, SURPRISING);
  await playground.tab("Problems").click();
  const rules = problems.getByRole("listitem").filter({ hasText: "rules-without-type" });
  await rules.getByRole("button").last().press("Enter");
  await expect.poll(() => playground.textOf(policies)).toMatch(/policyTypes: \[Ingress, Egress\]/);
  await expect(playground.status).toHaveText(/^Done: /);
  await expect(rules).toHaveCount(0);
  const undo = page.getByRole("button", { name: "Undo" });
  await expect(undo).toBeFocused();
  await page.keyboard.press("Enter");
  await expect.poll(() => playground.textOf(policies)).toBe(SURPRISING);
  await expect(undo).toBeHidden();
  await expect(rules).toHaveCount(1);
});

test("what was done can be taken back until something is typed", async ({ playground }) => {
  const { page, policies } = playground;
  await pasted(playground, SURPRISING);
  await playground.tab("Problems").click();
  await playground.problems.locator(".mend").first().click();
  await expect(page.getByRole("button", { name: "Undo" })).toBeVisible();
  await policies.focus();
  await page.keyboard.press("Control+End");
  await page.keyboard.type("#");
  await expect(page.getByRole("button", { name: "Undo" })).toBeHidden();
});

test("severities are counted and can be switched off", async ({ playground }) => {
  await pasted(playground, SURPRISING);
  await playground.tab("Problems").click();
  const { problems } = playground;
  const items = problems.getByRole("listitem");
  const warnings = problems.getByRole("button", { name: /^[1-9]\d* warnings?$/ });
  await expect(warnings).toHaveAttribute("aria-pressed", "true");
  const count = Number((await warnings.innerText()).match(/\d+/)[0]);
  await expect(items.filter({ hasText: "warning" })).toHaveCount(count);
  await warnings.press("Space");
  await expect(warnings).toHaveAttribute("aria-pressed", "false");
  await expect(items.filter({ hasText: "warning" })).toHaveCount(0);
  await expect(warnings).toBeFocused();
});

test("the last problems stay while somebody types", async ({ playground }) => {
  const { page, problems, policies } = playground;
  await page.clock.install({ time: 0 });
  await pasted(playground, SURPRISING);
  await playground.tab("Problems").click();
  await expect(problems.getByText("rules-without-type")).toBeVisible();
  await page.clock.pauseAt(600_000);
  await policies.focus();
  await page.keyboard.press("Control+End");
  await page.keyboard.type("# typed without a pause");
  await expect(problems.getByText("rules-without-type")).toBeVisible();
});

test("a code leads to its page", { tag: "@anywhere" }, async ({ playground, context }) => {
  await pasted(playground, SURPRISING);
  await playground.tab("Problems").click();
  const opened = context.waitForEvent("page");
  await playground.problems.getByRole("link", { name: "rules-without-type" }).click();
  const codes = await opened;
  await expect(codes).toHaveURL(/codes\.html#rules-without-type$/);
  await expect(codes.getByRole("heading", { name: "rules-without-type" })).toBeInViewport();
  await expect(codes.getByRole("heading", { level: 1 })).toHaveText("What the problems mean");
  expect(await codes.locator("script").count()).toBe(0);
  for (const colorScheme of ["light", "dark"]) {
    await codes.emulateMedia({ colorScheme });
    const { violations } = await new AxeBuilder({ page: codes }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target)}`)).toEqual([]);
  }
  await codes.setViewportSize({ width: 320, height: 640 });
  expect(await codes.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  await expect(codes.getByRole("link", { name: "NetworkPolicy Playground" })).toHaveAttribute("href", "./");
});

test("part of a policy is understood, and made whole on request", async ({ playground }) => {
  const { page, policies } = playground;
  await pasted(playground, FRAGMENT);
  await expect(playground.row("pasted")).toContainText("Allowed");
  await expect(page.getByText(/^Part of a NetworkPolicy: read as/)).toBeVisible();
  await page.getByRole("button", { name: "Make it a whole policy" }).first().click();
  await expect.poll(() => playground.textOf(policies)).toMatch(/^apiVersion: networking\.k8s\.io\/v1\nkind: NetworkPolicy\n/);
  await expect(page.getByText(/^Part of a NetworkPolicy: read as/)).toBeHidden();
  await expect(playground.row("pasted")).toContainText("Allowed");
});

test("the dash that the article is about is one edit away", async ({ playground }) => {
  const { page, neighbours, policies } = playground;
  await playground.open("#/s/and-labels");
  const before = await playground.rows();
  await playground.tab("One edit away").click();
  const item = neighbours
    .getByRole("listitem")
    .filter({ has: page.getByRole("heading", { name: /dash/i }) })
    .first();
  await expect(item.locator("ins")).toHaveText(/^\d+\+ *- podSelector/);
  await expect(item).toContainText(/Same namespace, ingress/);
  await item.getByRole("button", { name: /^Try it/ }).click();
  await expect.poll(() => playground.textOf(policies)).toMatch(/^ *- podSelector: .*no dash/m);
  await expect.poll(() => playground.rows()).not.toEqual(before);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect.poll(() => playground.rows()).toEqual(before);
});

test("one edit away speaks of the policy with the cursor in it", async ({ playground }) => {
  const { page, neighbours, policies } = playground;
  await playground.open("#/s/eight");
  await playground.tab("One edit away").click();
  for (const name of ["deny-all", "specific-ns"]) {
    await playground.placeCaret(policies, `name: ${name}`);
    await page.keyboard.press("ArrowRight");
    await expect(neighbours.getByText(`ai-platform/${name}`, { exact: true })).toBeVisible();
  }
});

test("a cell opens the why again, whatever panel is open", async ({ playground }) => {
  await playground.open("#/s/eight");
  await playground.tab("Problems").click();
  await expect(playground.why).toBeHidden();
  await playground.cell("Deny All", "External").click();
  await expect(playground.whyTitle).toHaveText("Why is External denied?");
});
