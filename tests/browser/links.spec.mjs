// A link carries the text, the cluster and the direction; a broken one says what is wrong with it and the page goes on.
import { crc32, deflateRawSync } from "node:zlib";
import { expect, test } from "./fixtures.mjs";
import { DASH, EIGHT, NO_DASH, SECRET } from "./texts.mjs";

const LONGEST_OF_ONE = 250;
const LONGEST_OF_EIGHT = 800;
const EACH = ["allow-all", "deny-all", "same-ns", "cluster-internal", "and-trap", "or-logic", "specific-ns", "specific-pod-ns"];

const POLICY = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: from-a-link, namespace: ai-platform}
spec: {podSelector: {}}
`;

/** A link made without the page: raw deflate, which need not use the dictionary, and a checksum. */
function linkTo(text) {
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(text));
  return `#/p/1.${deflateRawSync(text).toString("base64url")}.${check.toString("base64url")}`;
}

test("a shared link shows a colleague the same text, table and direction", { tag: ["@anywhere", "@core"] }, async ({ playground, colleague }) => {
  await playground.open();
  await playground.retype(playground.policies, NO_DASH, DASH);
  await expect(playground.row("Specific Pod+NS")).toContainText("separate items");
  await playground.egress.click();
  await expect(playground.table.getByRole("button", { name: "Not restricted" })).toHaveCount(27);
  const link = await playground.shareLink();
  await expect(playground.page).toHaveURL(link);

  const other = await colleague();
  await other.page.goto(link);
  await expect.poll(() => other.textOf(other.policies)).toBe(await playground.textOf(playground.policies));
  await expect(other.egress).toHaveAttribute("aria-pressed", "true");
  expect(await other.rows()).toEqual(await playground.rows());
  for (const { ingress } of [playground, other]) await ingress.click();
  await expect(other.cell("Specific Pod+NS", "Cross namespace")).toHaveText(/Partly.*ml-ops only/);
  expect(await other.rows()).toEqual(await playground.rows());
});

test("a link carries the cluster where it was changed", { tag: "@core" }, async ({ playground, colleague }) => {
  await playground.open("#/s/specific-ns");
  await playground.tab("Cluster").click();
  await playground.retype(playground.cluster, "purpose: ml-ops, name: ml-ops", "purpose: ml-ops");
  await expect(playground.cell("Specific NS", "Cross namespace")).not.toHaveText(/ml-ops only/);
  const link = await playground.shareLink();
  const other = await colleague();
  await other.page.goto(link);
  await expect(other.row("Specific NS")).toBeVisible();
  expect(await other.rows()).toEqual(await playground.rows());
  await other.tab("Cluster").click();
  await expect.poll(() => other.textOf(other.cluster)).toBe(await playground.textOf(playground.cluster));
});

test("Share puts the link into the clipboard and says so", { tag: "@core" }, async ({ playground, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await playground.open("#/s/and-trap");
  const link = await playground.shareLink();
  await expect(playground.page.getByRole("group", { name: "Link" }).getByText("Link copied")).toBeVisible();
  await expect(playground.page.getByText(/anyone with the link can read it/)).toBeVisible();
  expect(await playground.page.evaluate(() => navigator.clipboard.readText())).toBe(link);
});

test("what is said of a link is true of it: a built-in text is named, any other is inside", async ({ playground }) => {
  await playground.open("#/s/and-trap");
  expect(await playground.shareLink()).toMatch(/#\/s\/and-trap$/);
  const link = playground.page.getByRole("group", { name: "Link" });
  await expect(link).toContainText("The link names this built-in text and holds nothing else");
  await expect(link).not.toContainText("inside the link");
  await playground.retype(playground.policies, "name: and-trap", "name: mine");
  expect(await playground.shareLink()).toMatch(/#\/p\//);
  await expect(link).toContainText("The policy is inside the link; nothing is uploaded; anyone with the link can read it.");
});

test("where the clipboard is closed, the link stands ready to be copied by hand", { tag: "@core" }, async ({ playground }) => {
  await playground.page.addInitScript(() => {
    if (!navigator.clipboard) return; // an empty page on the way has none
    navigator.clipboard.writeText = () => Promise.reject(new Error("not allowed"));
  });
  await playground.open("#/s/and-trap");
  const link = await playground.shareLink();
  await expect(playground.page.getByText("Copy this link")).toBeVisible();
  await expect(playground.link).toBeFocused();
  expect(await playground.selection(playground.link)).toBe(link);
  await playground.page.keyboard.press("Escape");
  await expect(playground.link).toBeHidden();
});

test("a link to any one of the eight, edited, has 250 characters at most", async ({ playground }) => {
  for (const slug of EACH) {
    await playground.open(`#/s/${slug}`);
    await playground.retype(playground.policies, `name: ${slug}`, "name: mine");
    await expect(playground.row("mine")).toBeVisible();
    const link = await playground.shareLink();
    expect(link, slug).toMatch(/#\/p\/1\./);
    expect(link.length, slug).toBeLessThanOrEqual(LONGEST_OF_ONE);
  }
});

test("a link to all eight in one text, edited, has 800 characters at most", async ({ playground }) => {
  await playground.open();
  await playground.retype(playground.policies, "app: model-monitor", "app: drift-detector");
  await expect(playground.cell("Specific Pod+NS", "Cross namespace")).toHaveText(/drift-detector only/);
  const link = await playground.shareLink();
  expect(link).toMatch(/#\/p\/1\./);
  expect(link.length).toBeLessThanOrEqual(LONGEST_OF_EIGHT);
});

test.describe("a link that does not open", () => {
  const SOUND = linkTo(`${POLICY}# ${"the end of the text; ".repeat(20)}`);
  const flipped = (link, at) => link.slice(0, at) + (link[at] === "A" ? "B" : "A") + link.slice(at + 1);

  test("…is told from one that opens, made in the same way", async ({ playground }) => {
    await playground.open(SOUND);
    await expect(playground.row("from-a-link")).toContainText("Denied");
    await expect(playground.notice).toBeHidden();
  });

  for (const [name, address, words] of [
    ["one changed character", flipped(SOUND, 30), /The link is damaged/],
    ["a missing end", SOUND.slice(0, -9), /The link is truncated/],
    ["a later version", SOUND.replace("/p/1.", "/p/2."), /The link is newer than this playground/],
    ["too many characters", `#/p/1.${"A".repeat(40_000)}.AAAAAA`, /The link is too large/],
    ["text that unfolds to more than is allowed", linkTo("a: b\n".repeat(20_000)), /The link is too large/],
    ["a name that no built-in text has", "#/s/no-such-text", /There is no built-in text called no-such-text/],
    ["an address that leads nowhere", "#/somewhere/else", /leads nowhere/],
  ]) {
    test(`${name}: the page says so and works on`, { tag: "@core" }, async ({ playground }) => {
      await playground.open(address);
      await expect(playground.notice).toContainText(words);
      expect(await playground.rows()).toEqual(EIGHT);
      await playground.retype(playground.policies, "app: model-monitor", "app: web");
      await expect(playground.cell("Specific Pod+NS", "Cross namespace")).not.toHaveText(/model-monitor/);
      await playground.notice.getByRole("button", { name: "Dismiss" }).click();
      await expect(playground.notice).toBeHidden();
    });
  }

  test("what is left of a truncated link can be looked at", { tag: "@core" }, async ({ playground }) => {
    await playground.open(SOUND.slice(0, -60));
    await playground.notice.getByRole("button", { name: "Show what is left of it" }).click();
    await expect.poll(() => playground.textOf(playground.policies)).toMatch(/^apiVersion: networking\.k8s\.io\/v1\nkind: NetworkPolicy\n/);
    await expect(playground.notice).toBeHidden();
  });
});

test("an address that changes opens another text, and Back returns", { tag: "@core" }, async ({ playground }) => {
  const { page } = playground;
  await playground.open("#/s/and-trap");
  await expect(playground.row("AND Trap ⚠")).toBeVisible();
  await page.evaluate(() => location.assign("#/s/or-logic"));
  await expect(playground.row("OR Logic")).toBeVisible();
  await page.getByRole("navigation").getByRole("link", { name: "Egress and DNS" }).click();
  await expect(page).toHaveURL(/#\/s\/egress-deny-all$/);
  await expect(playground.egress).toHaveAttribute("aria-pressed", "true");
  await page.goBack();
  await expect(playground.row("OR Logic")).toBeVisible();
  await expect(playground.ingress).toHaveAttribute("aria-pressed", "true");
  await page.goBack();
  await expect(playground.row("AND Trap ⚠")).toBeVisible();
  await page.goForward();
  await expect(playground.row("OR Logic")).toBeVisible();
});

test("the first edit takes the stale address out of the bar", { tag: "@core" }, async ({ playground, baseURL }) => {
  await playground.open("#/s/and-trap");
  await playground.retype(playground.policies, "name: and-trap", "name: mine");
  await expect(playground.row("mine")).toBeVisible();
  await expect(playground.page).toHaveURL(baseURL);
});

test("a text that was being edited is kept when a link is opened, and can be restored", { tag: "@core" }, async ({ playground }) => {
  await playground.open("#/s/and-trap");
  await playground.retype(playground.policies, "name: and-trap", "name: precious");
  await expect(playground.row("precious")).toBeVisible();
  await playground.page.getByRole("navigation").getByRole("link", { name: "Ports" }).click();
  await expect(playground.row("precious")).toBeHidden();
  await expect(playground.draft).toContainText("The text that you were editing is kept.");
  await playground.draft.getByRole("button", { name: "Restore my draft" }).click();
  await expect.poll(() => playground.textOf(playground.policies)).toMatch(/name: precious/);
  await expect(playground.row("precious")).toBeVisible();
  await expect(playground.draft).toBeHidden();
});

test("a text that was being edited is still there on the next visit, also beside a link", { tag: "@core" }, async ({ playground }) => {
  const { page } = playground;
  await playground.open("#/s/and-trap");
  await playground.retype(playground.policies, "name: and-trap", "name: precious");
  await expect(playground.row("precious")).toBeVisible();
  // it is stored when typing pauses
  await expect.poll(() => page.evaluate(() => localStorage.getItem("netpol.draft"))).toContain("precious");
  await page.reload();
  await expect(playground.draft).toBeVisible();
  await page.goto("about:blank");
  await playground.open("#/s/or-logic");
  await expect(playground.row("OR Logic")).toBeVisible();
  await playground.draft.getByRole("button", { name: "Restore my draft" }).click();
  await expect(playground.row("precious")).toBeVisible();
});

test("a text with a Secret is not put into a link", { tag: "@core" }, async ({ playground, baseURL }) => {
  await playground.open("#/s/blank");
  await playground.paste(playground.policies, SECRET);
  await playground.share.click();
  const answer = playground.page.getByRole("group", { name: "Link" });
  await expect(answer).toContainText("No link for this text");
  await expect(answer).toContainText("Secret");
  await expect(playground.link).toBeHidden();
  await expect(playground.page).toHaveURL(baseURL);
});
