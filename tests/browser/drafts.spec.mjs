// What was typed is there on the next visit, whole, however the page was left and however it is come back to.
import { expect, test } from "./fixtures.mjs";
import { EIGHT, STRANGER } from "./texts.mjs";

/** From the very beginning, on every page that is opened from now on. */
async function standStill(page) {
  await page.clock.install({ time: 0 });
  await page.clock.pauseAt(1_000);
}

const stored = (page) => page.evaluate(() => localStorage.getItem("netpol.draft"));

test("what was typed in the last moment before the page is left is kept", { tag: "@core" }, async ({ playground }) => {
  const { page } = playground;
  await standStill(page); // no pause in typing comes to pass
  playground.editor = "plain"; // it does not come while time stands still
  await playground.open("#/s/and-trap");
  await playground.retype(playground.policies, "name: and-trap", "name: precious");
  await expect(playground.row("precious")).toBeVisible();
  expect(await stored(page)).toBeNull();
  await page.reload();
  await playground.draft.getByRole("button", { name: "Restore my draft" }).click();
  await expect(playground.row("precious")).toBeVisible();
});

test("what was typed before a phone puts the page out of sight is kept", async ({ playground }) => {
  const { page } = playground;
  await standStill(page);
  playground.editor = "plain"; // it does not come while time stands still
  await playground.open("#/s/and-trap");
  await playground.retype(playground.policies, "name: and-trap", "name: precious");
  await expect(playground.row("precious")).toBeVisible();
  await page.evaluate(() => {
    Object.defineProperty(document, "hidden", { get: () => true });
    document.dispatchEvent(new Event("visibilitychange"));
  });
  expect(await stored(page)).toContain("precious");
});

test("a page that was only looked at takes nobody's draft away when it is left", async ({ playground }) => {
  const { page } = playground;
  await playground.open("#/s/and-trap");
  await page.evaluate(() => localStorage.setItem("netpol.draft", "# of another tab\0# its cluster"));
  await page.goto("about:blank");
  await playground.open("#/s/or-logic");
  expect(await stored(page)).toContain("of another tab");
});

for (const [how, arrive] of [
  ["gone back to", (page) => page.evaluate(() => (location.hash = "#/"))],
  [
    "loaded again",
    async (page) => {
      await expect.poll(() => stored(page)).toContain("precious");
      await page.goto("about:blank");
      await page.goto("./");
    },
  ],
]) {
  test(`the start page, ${how}, shows the eight and offers the draft`, { tag: "@core" }, async ({ playground }) => {
    await playground.open("#/s/and-trap");
    await playground.retype(playground.policies, "name: and-trap", "name: precious");
    await expect(playground.row("precious")).toBeVisible();
    await arrive(playground.page);
    await expect.poll(() => playground.rows()).toEqual(EIGHT);
    await playground.draft.getByRole("button", { name: "Restore my draft" }).click();
    await expect(playground.row("precious")).toBeVisible();
  });
}

test("a cluster that was edited beside an untouched text is a draft, too", { tag: "@core" }, async ({ playground }) => {
  const { page } = playground;
  await playground.open();
  await playground.tab("Cluster").click();
  await playground.retype(playground.cluster, ", name: ml-ops", "");
  await expect.poll(() => stored(page)).toContain("model-monitor");
  await page.reload();
  await playground.draft.getByRole("button", { name: "Restore my draft" }).click();
  await expect.poll(() => playground.answers("Specific NS")).toEqual(["Denied", "Denied: no pod here has name=ml-ops", "Denied"]);
});

test("a draft comes back without witnesses where they were switched off", async ({ playground }) => {
  const { page } = playground;
  await playground.open("#/s/blank");
  await playground.paste(playground.policies, STRANGER);
  await expect(playground.cell("payments-in", "Cross namespace")).toHaveText(/Partly/);
  await playground.tab("Cluster").click();
  const witnesses = page.getByRole("switch");
  await witnesses.click();
  await expect(playground.cell("payments-in", "Cross namespace")).not.toHaveText(/Partly/);
  const before = await playground.rows();
  await page.reload();
  await playground.draft.getByRole("button", { name: "Restore my draft" }).click();
  await expect.poll(() => playground.rows()).toEqual(before);
  await playground.tab("Cluster").click();
  await expect(witnesses).not.toBeChecked();
});

test("a kept draft stays kept while another text is edited, and the two change places", { tag: "@core" }, async ({ playground }) => {
  const { page } = playground;
  await playground.open("#/s/and-trap");
  await playground.retype(playground.policies, "name: and-trap", "name: first");
  await expect(playground.row("first")).toBeVisible();
  await page.evaluate(() => location.assign("#/s/or-logic"));
  await expect(playground.draft).toBeVisible();
  await playground.retype(playground.policies, "name: or-logic", "name: second");
  await expect(playground.row("second")).toBeVisible();
  await expect.poll(() => stored(page)).toContain("second");
  expect(await stored(page), "the promised one").toContain("first");

  const restore = playground.draft.getByRole("button", { name: "Restore my draft" });
  await restore.click();
  await expect(playground.row("first")).toBeVisible();
  await restore.click();
  await expect(playground.row("second")).toBeVisible();
});

test("Back leads to the text that was being edited, and not to the start page", async ({ playground }) => {
  const { page } = playground;
  await playground.open("#/s/and-trap");
  await playground.retype(playground.policies, "name: and-trap", "name: precious");
  await expect(playground.row("precious")).toBeVisible();
  await page.getByRole("navigation").getByRole("link", { name: "Ports" }).click();
  await expect(playground.row("precious")).toBeHidden();
  await page.goBack();
  await expect(playground.row("precious")).toBeVisible();
  await expect(playground.draft).toBeHidden();
});
