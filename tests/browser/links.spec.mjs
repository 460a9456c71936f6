// A link carries the text, the cluster and the direction; a broken one says what is wrong with it and the page goes on.
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { crc32, deflateRawSync, inflateRawSync } from "node:zlib";
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

const DICTIONARY = readFileSync(new URL("../../crates/permalink/dictionary/1.txt", import.meta.url));

/** A link made without the page: raw deflate, which need not use the dictionary, and a checksum. `\xFF` parts its fields. */
function linkTo(text) {
  const bytes = Buffer.concat(text.split("\xFF").flatMap((part, at) => (at ? [Buffer.of(0xff), Buffer.from(part)] : [Buffer.from(part)])));
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(bytes));
  return `#/p/1.${deflateRawSync(bytes).toString("base64url")}.${check.toString("base64url")}`;
}

/** What a link holds, byte for byte. */
function inflated(link) {
  const [, payload] = /#\/p\/1\.([\w-]+)\./.exec(link);
  return inflateRawSync(Buffer.from(payload, "base64url"), { dictionary: DICTIONARY }).toString("latin1");
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

test("a link opens the cell, the panel and the tab that were in sight", async ({ playground, colleague }) => {
  await playground.open("#/s/eight");
  await playground.cell("OR Logic", "External").click();
  await expect(playground.whyTitle).toContainText("External");
  const title = await playground.whyTitle.textContent();
  const why = await playground.shareLink();
  expect(why).toMatch(/#\/p\/1\./);
  await playground.tab("One edit away").click();
  await playground.tab("Cluster").click();
  const neighbours = await playground.shareLink();

  const other = await colleague();
  await other.page.goto(why);
  await expect(other.cell("OR Logic", "External")).toHaveAttribute("aria-expanded", "true");
  await expect(other.whyTitle).toHaveText(title);
  // a built-in text brings its lesson along
  await expect(other.main.getByRole("heading", { name: /eight/i }).first()).toBeVisible();
  await other.page.goto(neighbours);
  await expect(other.neighbours).toBeVisible();
  await expect(other.cluster).toBeVisible();
});

test("a link that was made when the table said something else tells what, until the text is another", async ({ playground }) => {
  // what a page would have written whose evaluator took the policy for one that lets everybody in
  await playground.open(linkTo(`${POLICY}\xFFriaaaaaa`));
  const then = playground.page.getByRole("region", { name: "Then and now" });
  await expect(then).toContainText("When this link was made, the table said something else");
  await expect(then).toContainText("from-a-link, Same namespace: Allowed then, denied today");
  await expect(playground.row("from-a-link")).toContainText("Denied");
  await playground.retype(playground.policies, "from-a-link", "mine");
  await expect(playground.row("mine")).toBeVisible();
  await expect(then).toBeHidden();
});

test("a link that says what the table says today says no more about it", async ({ playground, colleague }) => {
  await playground.open("#/s/eight");
  await playground.retype(playground.policies, "app: model-monitor", "app: drift-detector");
  await expect(playground.cell("Specific Pod+NS", "Cross namespace")).toHaveText(/drift-detector only/);
  const link = await playground.shareLink();
  expect(inflated(link)).toMatch(/\xFFri(aaa){1}ddd/);
  const other = await colleague();
  await other.page.goto(link);
  await expect(other.row("Specific Pod+NS")).toBeVisible();
  await expect(other.tab(/^Problems/)).toBeVisible();
  await expect(other.page.getByRole("region", { name: "Then and now" })).toBeHidden();
});

test("the share dialog has a QR code, Markdown, tables and files", async ({ playground, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await playground.open("#/s/and-trap");
  await playground.retype(playground.policies, "name: and-trap", "name: mine");
  await expect(playground.row("mine")).toBeVisible();
  const link = await playground.shareLink();
  const dialog = playground.page.getByRole("group", { name: "Link" });
  await expect(dialog).toContainText(`${link.length} characters: short enough for chat and mail`);
  await dialog.getByText("QR code").click();
  await expect(dialog.getByRole("img", { name: "QR code of the link" })).toBeVisible();
  await playground.screenshot("share");

  const clipboard = () => playground.page.evaluate(() => navigator.clipboard.readText());
  await dialog.getByRole("button", { name: "Markdown link" }).click();
  await expect.poll(clipboard).toBe(`[NetworkPolicy mine](${link})`);
  await expect(dialog.getByRole("button", { name: "Copied" })).toBeVisible();
  await dialog.getByRole("button", { name: "Markdown table" }).click();
  await expect.poll(clipboard).toMatch(/^\| Policy \|.*\n\| --- \|.*\n\| ai-platform\/mine \|.*✅ Allowed/);
  await dialog.getByRole("button", { name: "Plain table" }).click();
  await expect.poll(clipboard).toMatch(/ai-platform\/mine .*✓ Allowed/);

  const saved = async (name) => {
    const [download] = await Promise.all([playground.page.waitForEvent("download"), dialog.getByRole("button", { name, exact: true }).click()]);
    return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
  };
  const yaml = await saved("YAML");
  expect(yaml.name).toBe("mine.yaml");
  expect(yaml.bytes.toString()).toBe(await playground.textOf(playground.policies));
  const svg = await saved("SVG");
  expect(svg.name).toBe("mine.svg");
  expect(svg.bytes.toString()).toMatch(/^<svg[\s\S]*mine[\s\S]*Allowed/);
  const png = await saved("PNG");
  expect(png.name).toBe("mine.png");
  expect(png.bytes.subarray(1, 4).toString()).toBe("PNG");
  expect(png.bytes.readUInt32BE(16), "pixels wide").toBeGreaterThan(800);
});

test("a press beside the share dialog puts it away", async ({ playground }) => {
  await playground.open("#/s/and-trap");
  await playground.shareLink();
  const dialog = playground.page.getByRole("group", { name: "Link" });
  await dialog.getByText("QR code").click();
  await expect(dialog).toBeVisible();
  await playground.main.click({ position: { x: 5, y: 5 } });
  await expect(dialog).toBeHidden();
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
  await expect(playground.page.getByText("A short link to this example.")).toBeVisible();
  expect(await playground.page.evaluate(() => navigator.clipboard.readText())).toBe(link);
});

test("what is said of a link is true of it: a built-in text is named, any other is inside", async ({ playground }) => {
  await playground.open("#/s/and-trap");
  expect(await playground.shareLink()).toMatch(/#\/s\/and-trap$/);
  const link = playground.page.getByRole("group", { name: "Link" });
  await expect(link).toContainText("A short link to this example");
  await expect(link).not.toContainText("inside the link");
  await playground.retype(playground.policies, "name: and-trap", "name: mine");
  expect(await playground.shareLink()).toMatch(/#\/p\//);
  await expect(link).toContainText("The policy is inside the link; nothing is uploaded; anyone with the link can read it.");
});

test("where the clipboard is closed, the link stands ready to be copied by hand", { tag: "@core" }, async ({ playground }) => {
  await playground.page.addInitScript(() => {
    if (!navigator.clipboard) return; // an empty page on the way has none
    navigator.clipboard.write = navigator.clipboard.writeText = () => Promise.reject(new Error("not allowed"));
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
