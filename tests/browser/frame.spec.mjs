// The widget in a frame: the table of an address, live; in a sandbox and without storage as well.
import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "./fixtures.mjs";
import { SECRET } from "./texts.mjs";
import { host, linkTo, POLICY, Widget } from "./widget.mjs";

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
/** What an author gives the frame who has no script on his page. */
const USUAL = { width: 700, height: 430 };

/** Twenty lines, as policies in articles have them. */
const TWENTY = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: twenty-lines
  namespace: ai-platform
spec:
  podSelector:
    matchLabels:
      app: rag-api
  policyTypes:
  - Ingress
  ingress:
  - from:
    - namespaceSelector: {}
      podSelector:
        matchLabels:
          app: web
    ports:
    - protocol: TCP
      port: 8000
`;

test("an address of a built-in text shows its table, and typing changes it", { tag: ["@anywhere", "@core"] }, async ({ page }) => {
  const widget = new Widget(page);
  await widget.open("#/s/and-trap");
  await expect(widget.cells).toHaveText([/Allowed/, /Allowed/, /Denied/]);
  await expect(page.getByText("Every pod of every other namespace gets in.")).toBeVisible();
  expect(await page.evaluate(() => document.activeElement.tagName)).toBe("BODY");
  await widget.retype("namespaceSelector: {}", "");
  await expect(widget.cells).toHaveText([/Allowed/, /Denied/, /Denied/]);
});

test("Open leads to the whole playground with the text as it was edited", { tag: ["@anywhere", "@core"] }, async ({ page, context }) => {
  const widget = new Widget(page);
  await widget.open("#/s/and-trap");
  await expect(widget.out).toHaveAttribute("href", "./#/s/and-trap");
  await expect(widget.out).toHaveAttribute("rel", "noopener noreferrer");
  await widget.retype("name: and-trap", "name: mine");
  // at once, faster than typing pauses
  const [opened] = await Promise.all([context.waitForEvent("page"), widget.out.click()]);
  await expect(opened.getByRole("table").getByText("mine", { exact: true })).toBeVisible();
  await expect(widget.out).toHaveAttribute("href", `./${new URL(opened.url()).hash}`);
});

test("a link to any text opens, and Reset brings its text back", { tag: "@anywhere" }, async ({ page }) => {
  const widget = new Widget(page);
  await widget.open(linkTo(POLICY));
  await expect(widget.frame.getByRole("rowheader")).toContainText("from-a-link");
  await expect(widget.reset).toBeDisabled();
  await widget.retype("from-a-link", "another");
  await expect(widget.frame.getByRole("rowheader")).toContainText("another");
  await widget.reset.click();
  await expect(widget.text).toHaveValue(POLICY);
  await expect(widget.frame.getByRole("rowheader")).toContainText("from-a-link");
});

test("a pressed cell tells why; no editor is fetched for it", async ({ page }) => {
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));
  const widget = new Widget(page);
  await widget.open("#/s/and-trap");
  await expect(widget.cells.nth(2)).toHaveAttribute("aria-expanded", "false");
  expect(asked.filter((url) => /editor/.test(url))).toEqual([]);
  await widget.cells.nth(2).click();
  await expect(widget.frame.getByRole("heading", { name: "Why is External denied?" })).toBeVisible();
  await expect(widget.frame.locator(".line.behind").first()).toBeVisible();
  await widget.frame.getByRole("button", { name: /^line/ }).first().click();
  await expect(widget.text).toBeFocused();
  await widget.cells.nth(2).click();
  await expect(widget.frame.getByRole("region", { name: "Why" })).toBeHidden();
  expect(asked.filter((url) => /editor/.test(url))).toEqual([]);
});

test("while the YAML is broken the last table stays, with the line of the error", async ({ page }) => {
  const widget = new Widget(page);
  await widget.open("#/s/and-trap");
  await widget.retype("podSelector: {}\n  policyTypes", "podSelector: {\n  policyTypes");
  await expect(page.getByText(/^Showing the result before the error on line \d+/)).toBeVisible();
  await expect(widget.cells).toHaveText([/Allowed/, /Allowed/, /Denied/]);
});

test("a link that does not open says so, with a way on, and no other text stands in for it", async ({ page, baseURL }) => {
  const widget = new Widget(page);
  await widget.open("#/p/1.AwA.AAAAAB");
  await expect(widget.notice).toContainText(/The link is damaged/);
  await expect(page.getByRole("table")).toHaveCount(0);
  expect(new URL(await widget.out.getAttribute("href"), page.url()).href).toBe(new URL("./", baseURL).href);
  await widget.open("#/s/no-such-text");
  await page.reload();
  await expect(widget.notice).toContainText(/no built-in text/);
});

test("where the clipboard is closed, the link stands there to be copied by hand", async ({ page, baseURL }) => {
  await page.addInitScript(() => {
    navigator.clipboard.write = navigator.clipboard.writeText = () => Promise.reject(new Error("not allowed"));
  });
  const widget = new Widget(page);
  await widget.open("#/s/and-trap");
  await widget.copy.click();
  const link = page.getByRole("textbox", { name: "Link to this text" });
  await expect(link).toBeFocused();
  await expect(link).toHaveValue(new URL("./#/s/and-trap", baseURL).href);
  expect(await link.evaluate((field) => field.selectionEnd - field.selectionStart)).toBeGreaterThan(20);
});

test("Copy link copies the edited text and says so", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const widget = new Widget(page);
  await widget.open("#/s/and-trap");
  await widget.retype("name: and-trap", "name: mine");
  await widget.copy.click();
  await expect(page.getByRole("button", { name: "Link copied" })).toBeVisible();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toMatch(/\/#\/p\/1\./);
  expect(copied).not.toContain("embed.html");
});

test("a text with a Secret gets no link, and the widget says why", async ({ page }) => {
  const widget = new Widget(page);
  await widget.open("#/s/and-trap");
  await widget.text.fill(SECRET);
  await expect(page.getByText("No link for this text")).toBeVisible();
  await expect(widget.out).toHaveCount(0);
  await expect(widget.copy).toHaveCount(0);
  await widget.reset.click();
  await expect(widget.out).toHaveAttribute("href", "./#/s/and-trap");
});

test("a view shows the YAML on request, or first; a direction is the author's to choose", async ({ page }) => {
  const widget = new Widget(page);
  await widget.open("?view=table&direction=egress#/s/and-trap");
  await expect(widget.text).toHaveCount(0);
  await expect(widget.cells).toHaveText([/Not restricted/, /Not restricted/, /Not restricted/]);
  await page.getByRole("button", { name: "Show the YAML" }).click();
  await expect(widget.text).toBeVisible();
  await page.getByRole("button", { name: "Ingress" }).click();
  await expect(widget.cells).toHaveText([/Allowed/, /Allowed/, /Denied/]);
  await widget.open("?view=yaml#/s/and-trap");
  await expect(widget.text).toBeVisible();
  const top = async (locator) => (await locator.boundingBox()).y;
  expect(await top(widget.text)).toBeLessThan(await top(page.getByRole("table")));
});

test("a theme in the address decides, and nothing else does", async ({ page }) => {
  const paper = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  await page.addInitScript(() => localStorage.setItem("netpol.theme", "light"));
  await page.emulateMedia({ colorScheme: "dark" });
  const widget = new Widget(page);
  await widget.open("#/s/and-trap");
  const dark = await paper();
  await widget.open("?theme=light#/s/and-trap");
  expect(await paper()).not.toBe(dark);
  await page.emulateMedia({ colorScheme: "light" });
  await widget.open("?theme=dark#/s/and-trap");
  expect(await paper()).toBe(dark);
  expect(await page.evaluate(() => Object.keys(localStorage))).toEqual(["netpol.theme"]);
});

test("guessing goes by keyboard, and then right and wrong are said in words", { tag: "@core" }, async ({ page }) => {
  const widget = new Widget(page);
  await widget.open("?predict=1#/s/specific-ns");
  await expect(page.getByRole("table")).not.toContainText("ml-ops");
  await expect(page.getByText("What will the table say?")).toBeVisible();
  for (let presses = 0; presses < 9; presses += 1) {
    await page.keyboard.press("Tab");
    if (await widget.guess(/Same namespace/, "Allowed").evaluate((radio) => radio === document.activeElement)) break;
  }
  await page.keyboard.press("Space");
  await expect(widget.guess(/Same namespace/, "Allowed")).toBeChecked();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Space");
  await page.keyboard.press("ArrowRight");
  await expect(widget.guess(/Cross namespace/, "Partly")).toBeChecked();
  await expect(page.getByText("2 of 3 guessed")).toBeVisible();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page.getByText(/^1 of 3 right/)).toBeFocused();
  await expect(page.getByRole("cell")).toHaveText([/Denied.*wrong: you said Allowed/, /Partly.*ml-ops only.*right/, /Denied.*not guessed/]);
  await widget.retype("ml-ops", "ml-op");
  await expect(page.getByText(/you said/)).toHaveCount(0);
  await widget.reset.click();
  await expect(widget.reveal).toBeVisible();
  await expect(page.getByRole("radio", { checked: true })).toHaveCount(0);
});

for (const [name, address] of [
  ["the AND trap", "#/s/and-trap"],
  ["a policy of twenty lines", linkTo(TWENTY)],
  ["the labelled AND", "#/s/and-labels"],
]) {
  test(`${name} fits into the usual frame, and nothing is wider than 320 px`, async ({ page }) => {
    await page.setViewportSize(USUAL);
    const widget = new Widget(page);
    await widget.open(address);
    await expect(widget.cells.first()).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBeLessThanOrEqual(USUAL.height);
    await page.setViewportSize({ width: 320, height: 430 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  });
}

for (const [name, address, arrive] of [
  ["a table", "#/s/and-labels", async () => {}],
  [
    "a table with its why",
    "#/s/and-trap",
    (widget) =>
      widget.cells
        .nth(2)
        .click()
        .then(() => widget.frame.getByRole("region", { name: "Why" }).waitFor()),
  ],
  ["guessing", "?predict=1#/s/and-trap", async (widget) => widget.guess(/Cross/, "Denied").check()],
  [
    "compared guesses",
    "?predict=1#/s/and-trap",
    async (widget) => {
      await widget.guess(/Cross/, "Denied").check();
      await widget.guess(/Same/, "Allowed").check();
      await widget.reveal.click();
    },
  ],
  ["an error", "#/s/and-trap", (widget) => widget.retype("spec:", "spec: [")],
  ["a broken link", "#/p/1.AwA.AAAAAB", async () => {}],
]) {
  test(`axe finds nothing in the frame: ${name}, light and dark`, async ({ page }) => {
    const widget = new Widget(page);
    await page.setViewportSize(USUAL);
    await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
    await widget.open(address);
    await arrive(widget);
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
      expect(violations.map(({ id, nodes }) => `${colorScheme}: ${id}: ${nodes.map((node) => node.target.join(" "))}`)).toEqual([]);
    }
  });
}

test("in a sandboxed frame without an origin everything works but what the sandbox forbids", { tag: ["@anywhere", "@core"] }, async ({
  page,
  baseURL,
  browserName,
  faults,
}) => {
  faults.expect(/Clipboard API has been blocked/);
  const { widget, last, send } = await host(page, baseURL, { sandbox: "allow-scripts" });
  await expect.poll(() => last("result")).toMatchObject({ from: "null" });
  await widget.retype("namespaceSelector: {}", "");
  await expect(widget.cells).toHaveText([/Allowed/, /Denied/, /Denied/]);
  await expect(widget.out).toHaveAttribute("href", /^\.\/#\/p\/1\./);
  await widget.cells.nth(2).click();
  await expect(widget.frame.getByRole("heading", { name: "Why is External denied?" })).toBeVisible();
  await widget.copy.click();
  // Firefox leaves the clipboard open to a press of a button, Chromium does not
  if (browserName === "firefox") {
    await expect(widget.copy).toHaveText("Link copied");
  } else {
    const link = widget.frame.getByRole("textbox", { name: "Link to this text" });
    await expect(link).toBeFocused();
    expect(await link.inputValue()).toContain(new URL("./#/p/1.", baseURL).href);
  }
  await send({ type: "set", text: POLICY });
  await expect(widget.text).toHaveValue(POLICY);
});

test("where storage is blocked the widget works all the same", async ({ page }) => {
  await page.addInitScript(() => {
    for (const name of ["localStorage", "sessionStorage", "indexedDB"]) {
      Object.defineProperty(globalThis, name, {
        get() {
          throw new DOMException("blocked", "SecurityError");
        },
      });
    }
  });
  const widget = new Widget(page);
  await widget.open("#/s/and-trap");
  await widget.retype("namespaceSelector: {}", "");
  await expect(widget.cells).toHaveText([/Allowed/, /Denied/, /Denied/]);
  await widget.reset.click();
  await expect(widget.cells).toHaveText([/Allowed/, /Allowed/, /Denied/]);
});

test("the frame states the rules of the page: no inline script or style, nothing from elsewhere", async ({ page, context }) => {
  const rules = (of) => of.locator("meta[http-equiv='Content-Security-Policy']").getAttribute("content");
  const widget = new Widget(page);
  await widget.open("#/s/and-trap");
  const ofFrame = await rules(page);
  expect(ofFrame).toContain("default-src 'none'");
  const inline = () => document.querySelectorAll("script:not([src]), style, [onclick], [style]").length;
  expect(await page.evaluate(inline)).toBe(0);
  const whole = await context.newPage();
  await whole.goto("./");
  expect(await rules(whole)).toBe(ofFrame);
});
