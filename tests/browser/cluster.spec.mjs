// The world behind the table is a text like any other: shown, edited, filled up for a stranger's policy.
import { expect, test } from "./fixtures.mjs";
import { DASH, EIGHT, NO_DASH, STRANGER } from "./texts.mjs";

const added = (playground) => playground.page.getByRole("region", { name: "Added for your policies" });

test("without its label a namespace loses its badge", { tag: "@core" }, async ({ playground }) => {
  await playground.open();
  await playground.tab("Cluster").click();
  await playground.retype(playground.cluster, ", name: ml-ops", "");
  await expect.poll(() => playground.answers("Specific NS")).toEqual(["Denied", "Denied", "Denied"]);
  expect(await playground.answers("Cluster Internal")).toEqual(["Allowed", "Allowed", "Denied"]);

  await playground.page.getByRole("button", { name: "Reset to the built-in cluster" }).click();
  await expect.poll(() => playground.rows()).toEqual(EIGHT);
});

test("with witnesses, the namespace that was robbed of its label does not count any more", async ({ playground }) => {
  await playground.open("#/s/specific-ns");
  await playground.tab("Cluster").click();
  await playground.retype(playground.cluster, ", name: ml-ops", "");
  await added(playground).getByRole("switch").click();
  await expect(playground.cell("Specific NS", "Cross namespace")).not.toHaveText(/ml-ops only/);
});

test("a stranger's policy gets a world of its own, marked as added, and it can be switched off", { tag: "@core" }, async ({ playground }) => {
  const { page } = playground;
  await playground.open("#/s/blank");
  await playground.paste(playground.policies, STRANGER);
  await expect(playground.cell("payments-in", "Same namespace")).toHaveText(/Denied/);
  await expect(playground.cell("payments-in", "Cross namespace")).toHaveText(/Partly/);
  await expect(playground.cell("payments-in", "External")).toHaveText(/Denied/);
  await expect(page.getByText(/added for your policies/)).toBeVisible();

  await page.getByRole("button", { name: "Edit the cluster" }).click();
  await expect(playground.tab("Cluster")).toHaveAttribute("aria-selected", "true");
  const objects = added(playground).getByLabel("Added objects");
  await expect(objects).toContainText("name: shop");
  await expect(objects).toContainText("team: payments");
  await expect(objects).toContainText("app: gateway");
  expect(await playground.textOf(playground.cluster)).not.toMatch(/payments/);

  const on = added(playground).getByRole("switch");
  await on.click();
  await expect(on).not.toBeChecked();
  await expect(objects).toBeHidden();
  await expect(playground.cell("payments-in", "Cross namespace")).not.toHaveText(/Partly/);
  await on.click();
  await expect(playground.cell("payments-in", "Cross namespace")).toHaveText(/Partly/);
});

test("what was added can be kept, and then it is part of the cluster", async ({ playground }) => {
  await playground.open("#/s/blank");
  await playground.paste(playground.policies, STRANGER);
  await expect(playground.row("payments-in")).toContainText("Partly");
  const before = await playground.rows();
  await playground.tab("Cluster").click();
  await added(playground).getByRole("button", { name: "Keep in the cluster" }).click();
  await expect.poll(() => playground.textOf(playground.cluster)).toMatch(/team: payments/);
  await expect(added(playground)).toContainText("the cluster has all that your policies name");
  expect(await playground.rows()).toEqual(before);
});

test("policies that bring their own pods let the cluster's tab rest", async ({ playground }) => {
  await playground.open("#/s/same-ns");
  const policies = await playground.textOf(playground.policies);
  await playground.paste(
    playground.policies,
    `${policies}---\napiVersion: v1\nkind: Pod\nmetadata: {name: alone, namespace: ai-platform}\n`,
  );
  await playground.tab("Cluster").click();
  await expect(playground.page.getByText("Your policies bring a cluster of their own, so this one rests.")).toBeVisible();
  await expect(playground.cluster).not.toBeEditable();
});

test("an error in the cluster is told as one of the cluster, and the table stays", { tag: "@core" }, async ({ playground }) => {
  await playground.open();
  await playground.tab("Cluster").click();
  await playground.retype(playground.cluster, "{purpose: ml-ops, name: ml-ops}", "{purpose: ml-ops");
  await expect(playground.main.getByText(/^Showing the result before the error on line \d+ of the cluster$/)).toBeVisible();
  expect(await playground.rows()).toEqual(EIGHT);
});

test("nothing is invented beside a cluster that somebody has edited, and the switch says so", async ({ playground }) => {
  await playground.open("#/s/specific-pod-ns");
  // the second item looks for model-monitor in ai-platform, which has none: one is added
  await playground.retype(playground.policies, NO_DASH, DASH);
  await expect(playground.cell("Specific Pod+NS", "Cross namespace")).toHaveText(/ml-ops only/);
  await playground.tab("Cluster").click();
  await expect(added(playground).getByRole("switch")).toBeChecked();

  await playground.retype(playground.cluster, ", name: ml-ops", "");
  await expect.poll(() => playground.answers("Specific Pod+NS")).toEqual(["Denied", "Denied", "Denied"]);
  await expect(added(playground).getByRole("switch")).not.toBeChecked();
  await expect(added(playground)).toContainText("this cluster is your own: it counts as it stands");

  // asked for, they come, and typing on does not send them away
  await added(playground).getByRole("switch").click();
  await expect(playground.cell("Specific Pod+NS", "Cross namespace")).toHaveText(/Partly/);
  await playground.retype(playground.cluster, "app: drift-detector", "app: drift");
  await expect(added(playground).getByRole("switch")).toBeChecked();
});

test("nothing is invented beside pods that were pasted with the policies", async ({ playground }) => {
  await playground.open("#/s/blank");
  await playground.paste(
    playground.policies,
    `${STRANGER}---\napiVersion: v1\nkind: Pod\nmetadata: {name: checkout, namespace: shop, labels: {app: checkout}}\n`,
  );
  await expect(playground.cell("payments-in", "Cross namespace")).toHaveText(/Denied/);
  await playground.tab("Cluster").click();
  await expect(added(playground).getByRole("switch")).not.toBeChecked();
});
