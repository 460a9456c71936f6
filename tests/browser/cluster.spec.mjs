// The world behind the table is a text like any other: shown, edited, filled up for a stranger's policy.
import { expect, test } from "./fixtures.mjs";
import { DASH, EIGHT, NO_DASH, STRANGER } from "./texts.mjs";

const added = (playground) => playground.page.getByRole("region", { name: "Assumed, because your policies name them" });

test("without its label a namespace loses its badge", { tag: "@core" }, async ({ playground }) => {
  await playground.open();
  await playground.tab("Cluster").click();
  await playground.retype(playground.cluster, ", name: ml-ops", "");
  await expect.poll(() => playground.answers("Specific NS")).toEqual(["Denied", "Denied: no pod here has name=ml-ops", "Denied"]);
  expect(await playground.answers("Cluster Internal")).toEqual(["Allowed", "Allowed", "Denied"]);

  await playground.page.getByRole("button", { name: "Reset to the example cluster" }).click();
  await expect.poll(() => playground.rows()).toEqual(EIGHT);
});

test("the namespace that was robbed of its label is meant, and no other one comes up for it", async ({ playground }) => {
  await playground.open("#/s/specific-ns");
  await playground.tab("Cluster").click();
  await playground.retype(playground.cluster, ", name: ml-ops", "");
  await expect(playground.cell("Specific NS", "Cross namespace")).toHaveText(/Denied.*no pod here has name=ml-ops/);
  await expect(added(playground).getByRole("switch")).toBeChecked();
});

test("a stranger's policy gets a world of its own, marked as added, and it can be switched off", { tag: "@core" }, async ({ playground }) => {
  const { page } = playground;
  await playground.open("#/s/blank");
  await playground.paste(playground.policies, STRANGER);
  await expect(playground.cell("payments-in", "Same namespace")).toHaveText(/Denied/);
  await expect(playground.cell("payments-in", "Cross namespace")).toHaveText(/Partly/);
  await expect(playground.cell("payments-in", "External")).toHaveText(/Denied/);
  await expect(page.getByText(/assumed; not in your files/)).toBeVisible();

  await page.getByRole("button", { name: "Edit the cluster" }).click();
  await expect(playground.tab("Cluster")).toHaveAttribute("aria-selected", "true");
  const objects = added(playground).getByLabel("Assumed objects");
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
  const before = JSON.parse(JSON.stringify(await playground.rows()).replaceAll(" (assumed)", ""));
  await playground.tab("Cluster").click();
  await added(playground).getByRole("button", { name: "Keep in the cluster" }).click();
  await expect.poll(() => playground.textOf(playground.cluster)).toMatch(/team: payments/);
  await expect(added(playground)).toContainText("all whom your policies name are there");
  expect(await playground.rows()).toEqual(before);
});

test("policies that bring their own pods let the cluster's tab rest", async ({ playground }) => {
  await playground.open("#/s/same-ns");
  const policies = await playground.textOf(playground.policies);
  await playground.paste(playground.policies, `${policies}---\napiVersion: v1\nkind: Pod\nmetadata: {name: alone, namespace: ai-platform}\n`);
  await playground.tab("Cluster").click();
  await expect(playground.page.getByText("Your text holds pods of its own, so this example does not stand around it.")).toBeVisible();
  await expect(playground.cluster).not.toBeEditable();
});

test("an error in the cluster is told as one of the cluster, and the table stays", { tag: "@core" }, async ({ playground }) => {
  await playground.open();
  await playground.tab("Cluster").click();
  await playground.retype(playground.cluster, "{purpose: ml-ops, name: ml-ops}", "{purpose: ml-ops");
  await expect(playground.main.getByText(/^Showing the result before the error on line \d+ of the cluster$/)).toBeVisible();
  expect(await playground.rows()).toEqual(EIGHT);
});

test("who is assumed is marked where a cell rests on them, and the switch is the reader's", async ({ playground }) => {
  await playground.open("#/s/specific-pod-ns");
  // the second item looks for model-monitor in ai-platform, which has none: one is assumed
  await playground.retype(playground.policies, NO_DASH, DASH);
  const same = playground.cell("specific-pod-ns", "Same namespace");
  await expect(same).toHaveText(/model-monitor \(assumed\) only/);
  await expect(same).toHaveClass(/assumed/);
  await expect(playground.cell("specific-pod-ns", "Cross namespace")).not.toHaveClass(/assumed/);
  await playground.tab("Cluster").click();
  await added(playground).getByRole("switch").click();
  await expect(same).toHaveText(/Denied/);
  // typing on does not switch it on again
  await playground.retype(playground.cluster, "app: drift-detector", "app: drift");
  await expect(added(playground).getByRole("switch")).not.toBeChecked();
});

test("beside pods that were pasted with the policies only whom they name is assumed", async ({ playground }) => {
  await playground.open("#/s/blank");
  await playground.paste(
    playground.policies,
    `${STRANGER}---\napiVersion: v1\nkind: Pod\nmetadata: {name: checkout, namespace: shop, labels: {app: checkout}}\n`,
  );
  await expect(playground.cell("payments-in", "Cross namespace")).toHaveText(/Partly.*gateway \(assumed\) only/);
  await expect(playground.main.getByText("Cluster:")).not.toContainText("ai-platform");
});

test("a policy of the other direction leads to the table that tells of it", { tag: "@core" }, async ({ playground }) => {
  const egress =
    "---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: lock, namespace: shop}\nspec: {podSelector: {}, policyTypes: [Egress]}\n";
  await playground.open("#/s/blank");
  await playground.paste(playground.policies, egress);
  // about egress alone: shown so by itself
  await expect.poll(() => playground.answers("lock")).toEqual(["Denied", "Denied", "Denied"]);
  await playground.paste(playground.policies, STRANGER + egress);
  await expect(playground.cell("lock", "External")).toHaveText(/Not restricted/);
  await playground.row("lock").getByRole("button", { name: "Show egress" }).click();
  await expect.poll(() => playground.answers("lock")).toEqual(["Denied", "Denied", "Denied"]);
});

test("policies that are not evaluated are named in the table's head", async ({ playground }) => {
  const istio = "---\napiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: {name: deny, namespace: shop}\nspec: {}\n";
  await playground.open("#/s/blank");
  await playground.paste(playground.policies, STRANGER + istio);
  const told = playground.page.getByText("Not evaluated, and may deny what is allowed here: 1 AuthorizationPolicy.");
  await expect(told).toBeVisible();
  await playground.paste(playground.policies, istio);
  await expect(playground.page.getByRole("heading", { name: "No NetworkPolicy here" })).toBeVisible();
  await expect(told).toBeVisible();
});
