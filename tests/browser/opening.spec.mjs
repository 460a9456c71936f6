// What a stranger sees first, wherever the site is mounted, and what they see when it cannot start.
import { expect, test } from "./fixtures.mjs";
import { EIGHT } from "./texts.mjs";

test("the page opens with the article's scoreboard, row for row", { tag: ["@anywhere", "@core"] }, async ({ playground }) => {
  await playground.open();
  await expect(playground.page).toHaveTitle("NetworkPolicy Playground");
  await expect(playground.table).toHaveAccessibleName(/Who may connect to the pods/);
  expect(await playground.rows()).toEqual(EIGHT);
  await expect(playground.boot).toBeHidden();
});

test("the columns are the three places a caller can be in", async ({ playground }) => {
  await playground.open();
  const columns = playground.table.getByRole("columnheader");
  await expect(columns).toHaveText(["#", "Policy", "Same namespace", "Cross namespace", "External"]);
});

test("a first visit finds one cell already explained, with the sentence that sums it up", { tag: "@core" }, async ({ playground }) => {
  await playground.open();
  await expect(playground.cell("Specific Pod+NS", "Cross namespace")).toHaveAttribute("aria-expanded", "true");
  await expect(playground.main.getByText("Only model-monitor of ml-ops gets in.")).toBeVisible();
  await expect(playground.whyTitle).toHaveText("Why is Cross namespace partly allowed?");
  await expect(playground.why.locator(".steps").first().locator("> li")).toHaveCount(4);
});

test("a built-in text, its rail and its link work in any folder", { tag: ["@anywhere", "@core"] }, async ({ playground, colleague, baseURL }) => {
  await playground.open("#/s/eight");
  await playground.page.getByRole("navigation").getByRole("link", { name: "OR Logic" }).click();
  await expect.poll(() => playground.rows()).toEqual([EIGHT[5], ["All together", "policies add up", ...EIGHT[5].slice(2)]]);
  const link = await playground.shareLink();
  expect(link).toBe(`${baseURL}#/s/or-logic`);
  const other = await colleague();
  await other.page.goto(link);
  await expect(other.cell("OR Logic", "External")).toHaveText(/Denied/);
});

test("the page works where the browser refuses to store anything", { tag: "@core" }, async ({ playground }) => {
  await playground.page.addInitScript(() => {
    Object.defineProperty(globalThis, "localStorage", {
      get() {
        throw new DOMException("storage is blocked", "SecurityError");
      },
    });
  });
  await playground.open();
  await playground.theme.click();
  await playground.retype(playground.policies, "name: specific-pod-ns", "name: mine");
  await expect(playground.row("mine")).toBeVisible();
});

test("where WebAssembly is switched off, the page says so instead of loading for ever", async ({ playground }) => {
  await playground.page.addInitScript(() => delete globalThis.WebAssembly);
  await playground.page.goto("./");
  const alert = playground.page.getByRole("alert");
  await expect(alert).toContainText("The playground could not start.");
  await expect(alert).toContainText("WebAssembly, which is missing or switched off here");
});

for (const [what, answer] of [
  ["is not there", (route) => route.fulfill({ status: 404, body: "no such file" })],
  ["is blocked on the way", (route) => route.abort("blockedbyclient")],
  [
    "arrives cut off",
    async (route) => {
      const response = await route.fetch();
      const body = await response.body();
      await route.fulfill({ response, body: body.subarray(0, body.length >> 1) });
    },
  ],
]) {
  test(`where the wasm file ${what}, the page says so instead of loading for ever`, async ({ playground, faults }) => {
    faults.expect(/\.wasm/, /Failed to load resource/, /WebAssembly/);
    await playground.page.route("**/playground-*.wasm", answer);
    await playground.page.goto("./");
    const alert = playground.page.getByRole("alert");
    await expect(alert).toContainText("The playground could not start.");
    await expect(alert).toContainText("Reloading often helps");
    await expect(alert).toContainText("What the browser said:");
    await expect(alert).not.toContainText("Loading");
  });
}
