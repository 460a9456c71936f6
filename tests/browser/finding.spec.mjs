// The table is the navigator: rows, cells, reasons and lines lead to each other, by mouse and by keyboard.
import { expect, test } from "./fixtures.mjs";

test("a row's name scrolls the editor to its policy", { tag: "@core" }, async ({ playground }) => {
  const { page } = playground;
  await playground.open("#/s/eight");
  const first = page.getByText("name: allow-all");
  const seventh = page.getByText("name: specific-ns");
  await playground.row("Allow All").getByRole("button", { name: "Allow All" }).click();
  await expect(first).toBeInViewport();
  await expect(seventh).not.toBeInViewport();
  await playground.row("Specific NS").getByRole("button", { name: "Specific NS" }).click();
  await expect(seventh).toBeInViewport();
  await expect(first).not.toBeInViewport();
});

test("the cursor in a policy marks its row", async ({ playground }) => {
  const { page, policies } = playground;
  await playground.open("#/s/eight");
  await playground.placeCaret(policies, "name: cluster-internal");
  await page.keyboard.press("ArrowRight");
  await expect(page.getByText("policy 4 of 8")).toBeVisible();
  await playground.placeCaret(policies, "name: deny-all");
  await page.keyboard.press("ArrowRight");
  await expect(page.getByText("policy 2 of 8")).toBeVisible();
});

test("…and says so to those who do not see the mark", async ({ playground }) => {
  const { page, policies } = playground;
  await playground.open("#/s/eight");
  await playground.placeCaret(policies, "name: cluster-internal");
  await page.keyboard.press("ArrowRight");
  await expect(playground.row("Cluster Internal")).toHaveAttribute("aria-current", "true");
  await expect(playground.table.locator("[aria-current]")).toHaveCount(1);
});

test("a cell is called by its answer and its reason, as one writes them", async ({ playground }) => {
  await playground.open("#/s/eight");
  await expect(playground.cell("Specific NS", "Cross namespace")).toHaveAccessibleName("Partly: ml-ops only");
  await expect(playground.cell("Deny All", "External")).toHaveAccessibleName("Denied");
});

test("every row has as many cells as there are columns, for everybody", async ({ playground }) => {
  await playground.open("#/s/eight");
  const counts = await playground.table
    .getByRole("row")
    .evaluateAll((rows) => rows.map((row) => [...row.cells].filter((cell) => !cell.closest("[aria-hidden=true]")).length));
  expect(counts).toEqual(Array(10).fill(5));
});

test("a line link in the why selects its lines", { tag: "@core" }, async ({ playground }) => {
  await playground.open("#/s/eight");
  await playground.cell("Specific NS", "Cross namespace").click();
  await expect(playground.why).toContainText("name=ml-ops");
  await playground.why
    .getByRole("listitem")
    .nth(2)
    .getByRole("button", { name: /^lines? \d+/ })
    .first()
    .click();
  const selected = await playground.selection(playground.policies);
  expect(selected).toContain("namespaceSelector");
  expect(selected).toContain("name: ml-ops");
  expect(selected).not.toContain("podSelector");
  await expect(playground.policies).toBeFocused();
});

test("a reason that lies in the cluster leads to the cluster's tab", async ({ playground }) => {
  await playground.open("#/s/eight");
  await playground.cell("Specific NS", "Same namespace").click();
  await expect(playground.whyTitle).toHaveText("Why is Same namespace denied?");
  await expect(playground.why).toContainText("ai-platform");
});

test("a cell opens and closes its why with Enter", { tag: "@core" }, async ({ playground }) => {
  const { page } = playground;
  await playground.open("#/s/eight");
  const cell = playground.cell("Deny All", "External");
  await cell.focus();
  await expect(cell).toHaveAttribute("aria-expanded", "false");
  await page.keyboard.press("Enter");
  await expect(cell).toHaveAttribute("aria-expanded", "true");
  await expect(playground.whyTitle).toHaveText("Why is External denied?");
  await expect(playground.table.locator("[aria-expanded=true]")).toHaveCount(1);
  await page.keyboard.press("Enter");
  await expect(cell).toHaveAttribute("aria-expanded", "false");
  await expect(playground.why).toContainText("Choose a cell of the table");
});

test("every cell of the table has a why with a place in the text", async ({ playground }) => {
  await playground.open("#/s/eight");
  await playground.cell("Specific Pod+NS", "Cross namespace").click(); // closes the one that is open
  await expect(playground.why).toContainText("Choose a cell of the table");
  const steps = await playground.table
    .getByRole("cell")
    .getByRole("button")
    .evaluateAll(async (cells) => {
      const why = document.getElementById(cells[0].getAttribute("aria-controls"));
      const counts = [];
      const places = () => why.querySelectorAll("li button").length;
      /** Counts once they are there, or gone; a second is ample. */
      const settled = async (isThere) => {
        for (let frame = 0; frame < 60 && places() > 0 !== isThere; frame += 1) await new Promise(requestAnimationFrame);
        return places();
      };
      for (const cell of cells) {
        cell.click();
        const count = await settled(true);
        counts.push(cell.getAttribute("aria-expanded") === "true" ? count : 0);
        cell.click();
        await settled(false);
      }
      return counts;
    });
  expect(steps).toHaveLength(27);
  expect(steps.filter((places) => places === 0)).toEqual([]);
});

test("Tab leaves the editor and types nothing", { tag: "@core" }, async ({ playground }) => {
  await playground.open("#/s/eight");
  const text = await playground.textOf(playground.policies);
  await playground.policies.focus();
  await playground.page.keyboard.press("Tab");
  await expect(playground.policies).not.toBeFocused();
  await playground.page.keyboard.press("Shift+Tab");
  await expect(playground.policies).toBeFocused();
  await playground.page.keyboard.press("Shift+Tab");
  await expect(playground.policies).not.toBeFocused();
  await expect.poll(() => playground.textOf(playground.policies)).toBe(text);
});

test("arrow keys, Home and End move between the tabs below the table", { tag: "@core" }, async ({ playground }) => {
  const { page } = playground;
  await playground.open("#/s/eight");
  await playground.tab("Why").focus();
  for (const [key, tab] of [
    ["ArrowRight", "Problems"],
    ["ArrowRight", "One edit away"],
    ["ArrowRight", "Why"],
    ["ArrowLeft", "One edit away"],
    ["Home", "Why"],
    ["End", "One edit away"],
    ["ArrowLeft", "Problems"],
  ]) {
    await page.keyboard.press(key);
    await expect(playground.tab(tab)).toBeFocused();
    await expect(playground.tab(tab)).toHaveAttribute("aria-selected", "true");
    await expect(page.getByRole("tabpanel", { name: tab })).toBeVisible();
    await expect(page.getByRole("tabpanel")).toHaveCount(2); // this one, and a text
  }
});

test("arrow keys move between the two texts, too", async ({ playground }) => {
  const { page } = playground;
  await playground.open("#/s/eight");
  await playground.tab("Policies").focus();
  for (const [key, tab] of [
    ["ArrowRight", "Cluster"],
    ["ArrowRight", "Policies"],
    ["ArrowLeft", "Cluster"],
  ]) {
    await page.keyboard.press(key);
    await expect(playground.tab(tab)).toBeFocused();
    await expect(page.getByRole("tabpanel", { name: tab })).toBeVisible();
  }
});

test("everything can be reached with Tab alone, from the top of the page to its end", async ({ playground }) => {
  const { page } = playground;
  await playground.open("#/s/and-trap");
  const met = [];
  for (let step = 0; step < 60 && !met.includes("Edit the cluster"); step += 1) {
    await page.keyboard.press("Tab");
    met.push(
      await page.evaluate(() => {
        const outside = document.activeElement;
        const at = outside.shadowRoot?.activeElement ?? outside;
        return at.getAttribute("aria-label") ?? (at.labels?.[0] ?? at).textContent.trim();
      }),
    );
  }
  for (const name of ["Ingress", "Egress", "Share", "AND Trap ⚠", "Policies", "Policies YAML", "Edit the cluster"]) {
    expect(met, "what Tab has reached").toContain(name);
  }
});
