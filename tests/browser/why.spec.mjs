// The why: one connection followed question by question, and which cells hang on a line.
import { expect, test } from "./fixtures.mjs";

const TAKEN = ".way.taken";

test("the first visit has one cell explained, with its picture", { tag: ["@anywhere", "@core"] }, async ({ playground }) => {
  await playground.open("");
  const { why } = playground;
  await expect(playground.whyTitle).toHaveText("Why is Cross namespace partly allowed?");
  await expect(why.getByRole("button", { name: "allowed ml-ops/model-monitor -> ai-platform/chat-ui:80/TCP" })).toHaveAttribute("aria-pressed", "true");
  await expect(why.locator(".gate")).toHaveCount(4);
  await expect(why.locator(TAKEN)).toHaveText(["yes → allowed"]);
});

test("a neighbour of the allowed pod is followed to the question that stops it", async ({ playground }) => {
  await playground.open("#/s/specific-pod-ns");
  const { why } = playground;
  await why.getByRole("button", { name: /^denied ml-ops\/drift-detector -> / }).click();
  await expect(why.locator(TAKEN).first()).toHaveText("no → denied");
  const question = why.locator(".gate", { has: why.page().locator(TAKEN) }).first();
  await expect(question).toContainText("A pod with app=model-monitor?");
  await expect(question).toContainText("has app=drift-detector instead of app=model-monitor");
  await expect(why.getByText(/^With all policies, .* is denied\.$/)).toBeVisible();
  await question
    .getByRole("button", { name: /^line \d+$/ })
    .first()
    .click();
  expect(await playground.selection(playground.policies)).toContain("model-monitor");
});

test("any connection can be typed, to a Service too", { tag: "@core" }, async ({ playground }) => {
  await playground.open("#/s/eight");
  const { page, why } = playground;
  const field = why.getByRole("textbox", { name: "Any other connection" });
  await field.fill("default/web -> ai-platform/vector-db:6333");
  await page.keyboard.press("Enter");
  await expect(why.getByText("With all policies, default/web to ai-platform/vector-db on TCP 6333 is allowed.")).toBeVisible();
  await expect(field).toHaveValue("default/web -> ai-platform/vector-db:6333");
  await expect(field).toBeFocused();
  await field.fill("default/web -> svc:ai-platform/chat-ui:3000");
  await page.keyboard.press("Enter");
  await expect(why).toContainText("Policies never see a Service, only the pod and the pod's own port.");
});

test("what is typed into the field is not lost while the pointer passes over the text", async ({ playground }) => {
  await playground.open("#/s/eight");
  const { page, why, policies } = playground;
  const field = why.getByRole("textbox", { name: "Any other connection" });
  await field.focus();
  await page.keyboard.type("default/web -> ai-plat");
  await policies.hover({ position: { x: 120, y: 60 } });
  await policies.hover({ position: { x: 120, y: 160 } });
  await expect(field).toHaveValue("default/web -> ai-plat");
  await expect(field).toBeFocused();
  await page.keyboard.type("form/rag-api:8000");
  await page.keyboard.press("Enter");
  await expect(why.getByText("With all policies, default/web to ai-platform/rag-api on TCP 8000 is allowed.")).toBeVisible();
});

test("another text has its own why at once", { tag: "@core" }, async ({ playground }) => {
  await playground.open("#/s/or-labels");
  await expect(playground.whyTitle).toHaveText("Why is Same namespace partly allowed?");
  await playground.page.clock.install();
  await playground.page.clock.pauseAt(Date.now() + 60_000); // so no pause in typing comes to pass
  await playground.page.evaluate(() => (location.hash = "#/s/deny-all"));
  await expect(playground.whyTitle).toHaveText("Why is Same namespace denied?", { timeout: 1000 });
});

test("a cell is not said to be explained while its why is out of sight", async ({ playground }) => {
  await playground.open("#/s/eight");
  await expect(playground.table.locator("[aria-expanded=true]")).toHaveCount(1);
  await playground.tab("Problems").click();
  await expect(playground.table.locator("[aria-expanded=true]")).toHaveCount(0);
});

test("a connection that cannot be followed says what is wrong with it", async ({ playground }) => {
  await playground.open("#/s/eight");
  const { page, why } = playground;
  const field = why.getByRole("textbox", { name: "Any other connection" });
  for (const [typed, words] of [
    ["default/web", "->"],
    ["nowhere/web -> ai-platform/rag-api:8000", "nowhere/web"],
    ["<img src=x onerror=alert(1)> -> ai-platform/rag-api:8000", "<img"],
  ]) {
    await field.fill(typed);
    await page.keyboard.press("Enter");
    await expect(why.getByRole("alert")).toContainText(words);
    await expect(field).toHaveValue(typed);
  }
  await field.fill("");
  await page.keyboard.press("Enter");
  await expect(why.getByRole("alert")).toHaveCount(0);
  await expect(why.locator(".gate")).not.toHaveCount(0);
});

test("the cells that hang on the line of the cursor are marked", async ({ playground }) => {
  await playground.open("#/s/or-labels");
  const { table, policies } = playground;
  const hanging = table.locator(".hangs");
  await expect(hanging).toHaveCount(0);
  await playground.select(policies, "app: model-monitor", 0);
  await expect(hanging).not.toHaveCount(0);
  await expect(playground.cell("or-labels", "Same namespace")).toHaveClass(/\bhangs\b/);
  await playground.select(policies, "kind: NetworkPolicy", 0);
  await expect(hanging).toHaveCount(0);
});

test("the cells that hang on the line of the pointer are marked", async ({ playground }) => {
  await playground.open("#/s/or-labels");
  const line = playground.page.getByText("podSelector:").last();
  await line.hover();
  await expect(playground.cell("or-labels", "Same namespace")).toHaveClass(/\bhangs\b/);
  await playground.table.hover();
  await expect(playground.table.locator(".hangs")).toHaveCount(0);
});
