// Live: the table follows the text while it is typed, and survives what is half typed.
import { expect, test } from "./fixtures.mjs";
import { DASH, EIGHT, HALF_BROKEN, NO_DASH, STRANGER } from "./texts.mjs";

test("one dash typed in front of podSelector changes its row while typing", { tag: "@core" }, async ({ playground }) => {
  const { page, policies } = playground;
  await playground.open();
  // over the second of the two spaces that make `podSelector` part of the item above
  await playground.placeCaret(policies, NO_DASH);
  await page.keyboard.press("Shift+ArrowRight");
  await page.keyboard.type("-");
  await expect.poll(() => playground.textOf(policies)).toMatch(new RegExp(`^    ${DASH}`, "m"));
  await expect(playground.cell("Specific Pod+NS", "Cross namespace")).toHaveText(/Partly.*ml-ops only/);
  await expect(playground.row("Specific Pod+NS")).toContainText("separate items");
  const others = (rows) => rows.filter(([name]) => name !== "Specific Pod+NS");
  expect(others(await playground.rows())).toEqual(others(EIGHT));

  await page.keyboard.press("Backspace");
  await page.keyboard.type(" ");
  await expect.poll(() => playground.rows()).toEqual(EIGHT);
});

test("a screen reader hears, after a pause in typing, what has changed and nothing else", async ({ playground }) => {
  const { page, policies, status } = playground;
  await page.clock.install();
  playground.editor = "plain"; // it does not come while time stands still
  await playground.open();
  await page.clock.runFor(2_000);
  await expect(status).toHaveText("");
  await playground.retype(policies, NO_DASH, DASH);
  await expect(playground.row("Specific Pod+NS")).toContainText("separate items");
  await page.clock.runFor(2_000);
  await expect(status).toHaveText(/^Specific Pod\+NS: .*Cross namespace is now Partly, ml-ops only\.$/);
  await playground.retype(policies, "policyTypes: [Ingress]", "policyTypes: [Ingress");
  await page.clock.runFor(2_000);
  await expect(status).toHaveText(/^Showing the result before the error on line \d+$/);
});

test("the first edit is heard, too, however soon it comes", async ({ playground }) => {
  await playground.page.clock.install();
  playground.editor = "plain"; // it does not come while time stands still
  await playground.open();
  await playground.retype(playground.policies, NO_DASH, DASH);
  await expect(playground.row("Specific Pod+NS")).toContainText("separate items");
  await playground.page.clock.runFor(2_000);
  await expect(playground.status).toHaveText(/^Specific Pod\+NS: .*Cross namespace is now Partly, ml-ops only\.$/);
});

test("the text that is clicked is the text that is typed into", { tag: "@core" }, async ({ playground }) => {
  const { page, policies } = playground;
  await playground.open("#/s/and-labels");
  await expect(playground.why).toBeVisible(); // its lines have been brought into sight
  // the coloured copy behind the field says where each word stands on the screen
  const word = page.getByText("podSelector", { exact: true }).last();
  const box = await word.boundingBox();
  await page.mouse.click(box.x + 1, box.y + box.height / 2);
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("Delete");
  await page.keyboard.type("-");
  await expect.poll(() => playground.textOf(policies)).toMatch(/^ {4}- podSelector: {2}# no dash: and$/m);
  await expect(page.getByText("2 of 4 checks hold")).toBeVisible();
});

test("broken YAML keeps the last good table, dimmed, and says what is wrong in which line", { tag: "@core" }, async ({ playground }) => {
  await playground.open();
  await playground.retype(playground.policies, "policyTypes: [Ingress]", "policyTypes: [Ingress");
  const text = await playground.textOf(playground.policies);
  const line = text.slice(0, text.lastIndexOf("policyTypes: [Ingress")).split("\n").length;

  const trouble = playground.main.getByText(/^Showing the result before the error on line \d+$/);
  await expect(trouble).toBeVisible();
  const told = Number((await trouble.innerText()).match(/\d+$/)[0]);
  expect(told - line, "the line of the message").toBeLessThanOrEqual(1);
  expect(told - line, "the line of the message").toBeGreaterThanOrEqual(0);
  expect(await playground.rows()).toEqual(EIGHT);
  await expect(playground.table.locator("..")).toHaveCSS("filter", /opacity/);
  await playground.tab("Problems").click();
  const problems = playground.page.getByRole("tabpanel", { name: "Problems" });
  await expect(problems.getByText("error", { exact: true })).toBeVisible();
  await expect(problems.getByRole("button", { name: `line ${told}` })).toBeVisible();
  await playground.retype(playground.policies, "policyTypes: [Ingress", "policyTypes: [Ingress]");
  await expect(trouble).toBeHidden();
  await expect(playground.table.locator("..")).toHaveCSS("filter", "none");
  expect(await playground.rows()).toEqual(EIGHT);
});

test("the link beside an error puts the cursor into its line", { tag: "@core" }, async ({ playground }) => {
  await playground.open("#/s/same-ns");
  await playground.retype(playground.policies, "podSelector: {}", "podselector: {}");
  await expect(playground.main.getByText(/podSelector/).first()).toBeVisible();
  await playground.main
    .getByRole("button", { name: /^line \d+$/ })
    .first()
    .click();
  expect(await playground.selection(playground.policies)).toContain("podselector: {}");
  await expect(playground.policies).toBeFocused();
});

test("nothing that was typed is lost to an error", { tag: "@core" }, async ({ playground }) => {
  await playground.open("#/s/same-ns");
  const before = await playground.textOf(playground.policies);
  await playground.retype(playground.policies, "ingress:", "ingress: }{ :");
  await expect(playground.main.getByText(/^Showing the result before/)).toBeVisible();
  await expect.poll(() => playground.textOf(playground.policies)).toBe(before.replace("ingress:", "ingress: }{ :"));
});

test("a text that comes with an error shows what can be read of it", { tag: "@core" }, async ({ playground, colleague }) => {
  await playground.open("#/s/blank");
  await playground.paste(playground.policies, HALF_BROKEN);
  await expect(playground.main.getByText(/^Incomplete: there is an error on line 1\d$/)).toBeVisible();
  await expect(playground.row("sound")).toBeVisible();

  const link = await playground.shareLink();
  const other = await colleague();
  await other.page.goto(link);
  await expect.poll(() => other.textOf(other.policies)).toBe(HALF_BROKEN);
  await expect(other.main.getByText(/^Incomplete: there is an error on line 1\d$/)).toBeVisible();
  await expect(other.row("sound")).toContainText("Allowed");
});

test("an empty text invites to paste one, and what is pasted shows its table", { tag: "@core" }, async ({ playground }) => {
  await playground.open("#/s/blank");
  await expect(playground.page.getByRole("heading", { name: "Paste a NetworkPolicy" })).toBeVisible();
  await expect(playground.table).toBeHidden();
  await playground.paste(playground.policies, STRANGER);
  await expect(playground.row("payments-in")).toContainText("Partly");
  await expect(playground.page.getByRole("heading", { name: "Your own text" })).toBeVisible();
});

test("the direction switch shows the way out, and ingress-only policies do not restrict it", { tag: "@core" }, async ({ playground }) => {
  await playground.open();
  await playground.egress.click();
  await expect(playground.table).toHaveAccessibleName(/Where the pods that each policy selects may connect to/);
  await expect(playground.page.getByText("No policy here restricts egress.")).toBeVisible();
  for (const [name, ...answers] of (await playground.rows()).map(([name, , ...answers]) => [name, ...answers])) {
    expect(answers, name).toEqual(["Not restricted", "Not restricted", "Not restricted"]);
  }
  await playground.ingress.click();
  await expect.poll(() => playground.rows()).toEqual(EIGHT);
});

test("a policy about egress alone says under ingress that it does not restrict", async ({ playground }) => {
  await playground.open("#/s/egress-deny-all");
  await expect(playground.egress).toHaveAttribute("aria-pressed", "true");
  await expect(playground.table.getByRole("button", { name: "Denied" })).toHaveCount(6);
  await playground.ingress.click();
  await expect(playground.table.getByRole("button", { name: "Not restricted" })).toHaveCount(6);
});

test("the `#?` lines say at once whether they still hold", { tag: "@core" }, async ({ playground }) => {
  await playground.open("#/s/and-labels");
  await expect(playground.page.getByText("All 4 checks hold")).toBeVisible();
  await playground.retype(playground.policies, "  podSelector:  # no dash", "- podSelector:  # one dash");
  await expect(playground.page.getByText("2 of 4 checks hold")).toBeVisible();
});
