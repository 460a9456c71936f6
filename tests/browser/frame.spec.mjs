// The widget in a frame: the table of an address, live; what it tells the page around it, and whom it listens to.
import AxeBuilder from "@axe-core/playwright";
import { createServer } from "node:http";
import { crc32, deflateRawSync } from "node:zlib";
import { expect, test } from "./fixtures.mjs";
import { SECRET } from "./texts.mjs";

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
/** What an author gives the frame who has no script on his page. */
const USUAL = { width: 700, height: 430 };

const POLICY = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: from-a-link, namespace: ai-platform}
spec: {podSelector: {}}
`;
const EXPECTING = `#? ml-ops/model-monitor -> ai-platform/rag-api:8000 allowed
${POLICY}`;
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

/** A link made without the page: raw deflate, which need not use the dictionary, and a checksum. */
function linkTo(text) {
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(text));
  return `#/p/1.${deflateRawSync(text).toString("base64url")}.${check.toString("base64url")}`;
}

/** The widget in the words of a reader; `frame` is the page or the frame that it is in. */
class Widget {
  constructor(page, frame = page) {
    this.page = page;
    this.frame = frame;
    this.text = frame.getByRole("textbox", { name: "Policies YAML" });
    this.cells = frame.getByRole("cell").getByRole("button");
    this.out = frame.getByRole("link", { name: /^Open/ });
    this.reset = frame.getByRole("button", { name: "Reset" });
    this.copy = frame.getByRole("button", { name: /Copy link|Link copied/ });
    this.notice = frame.getByRole("region", { name: "Notice" });
    this.reveal = frame.getByRole("button", { name: "Reveal" });
  }

  async open(address) {
    await this.page.goto(`./embed.html${address}`);
    await this.frame.getByRole("main").waitFor();
  }

  async retype(old, typed) {
    await this.text.focus();
    await this.text.evaluate((field, old) => {
      const at = field.value.lastIndexOf(old);
      if (at < 0) throw new Error(`the text has no ${old}`);
      field.setSelectionRange(at, at + old.length);
    }, old);
    await (typed ? this.page.keyboard.type(typed) : this.page.keyboard.press("Delete"));
  }

  guess(cell, word) {
    return this.frame.getByRole("group", { name: cell }).getByRole("radio", { name: word });
  }
}

/** An article with a frame in it. What the frame says is in `heard`; `send` talks to it. */
function article({ frame, sandbox, hello }) {
  return `<!doctype html><html lang="en"><title>An article</title><h1>An article</h1><p style="height:900px">Prose.</p>
    <iframe title="Live table" width="700" height="300" ${sandbox === undefined ? "" : `sandbox="${sandbox}"`}></iframe><p>More.</p>
    <script>
      const frame = document.querySelector("iframe");
      globalThis.heard = [];
      globalThis.send = (message) => frame.contentWindow.postMessage(message, "*");
      addEventListener("message", (event) => {
        if (event.source !== frame.contentWindow || event.data?.netpol !== 1) return;
        heard.push({ ...event.data, from: event.origin });
        if (event.data.type === "ready" && ${hello}) send({ netpol: 1, type: "hello" });
      });
      frame.src = ${JSON.stringify(frame)};
    </script>`;
}

/** Opens somebody else's page with the frame in it, at `origin` where that is not this site's. */
async function host(page, baseURL, { address = "#/s/and-trap", sandbox, origin, hello = true } = {}) {
  const frame = new URL(`./embed.html${address}`, baseURL).href;
  const body = article({ frame, sandbox, hello });
  const at = origin ? await origin(body) : new URL("/somebody/article.html", baseURL).href;
  if (!origin) await page.route(at, (route) => route.fulfill({ contentType: "text/html", body }));
  await page.goto(at);
  const inside = page.frameLocator("iframe[title]");
  await inside.getByRole("main").waitFor();
  const heard = (type) => page.evaluate((type) => globalThis.heard.filter((one) => one.type === type), type);
  return {
    widget: new Widget(page, inside),
    heard,
    last: async (type) => (await heard(type)).at(-1),
    send: (message) => page.evaluate((message) => globalThis.send(message), { netpol: 1, ...message }),
  };
}

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
  // the codec of links is here, as it soon is
  await page.evaluate(() => netpolLinks.load());
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

test("a pressed cell tells why; nothing of that is fetched before", async ({ page }) => {
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));
  const widget = new Widget(page);
  await widget.open("#/s/and-trap");
  await expect(widget.cells.nth(2)).toHaveAttribute("aria-expanded", "false");
  expect(asked.filter((url) => /advice|editor/.test(url))).toEqual([]);
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
    navigator.clipboard.writeText = () => Promise.reject(new Error("not allowed"));
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
  await expect(page.getByRole("cell")).toHaveText([
    /Denied.*wrong: you said Allowed/,
    /Partly.*ml-ops only.*right/,
    /Denied.*not guessed/,
  ]);
  await widget.retype("ml-ops", "ml-op");
  await expect(page.getByText(/you said/)).toHaveCount(0);
  await widget.reset.click();
  await expect(widget.reveal).toBeVisible();
  await expect(page.getByRole("radio", { checked: true })).toHaveCount(0);
});

for (const [name, address] of [["the AND trap", "#/s/and-trap"], ["a policy of twenty lines", linkTo(TWENTY)], ["the labelled AND", "#/s/and-labels"]]) {
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
  ["a table with its why", "#/s/and-trap", (widget) => widget.cells.nth(2).click().then(() => widget.frame.getByRole("region", { name: "Why" }).waitFor())],
  ["guessing", "?predict=1#/s/and-trap", async (widget) => widget.guess(/Cross/, "Denied").check()],
  ["compared guesses", "?predict=1#/s/and-trap", async (widget) => {
    await widget.guess(/Cross/, "Denied").check();
    await widget.guess(/Same/, "Allowed").check();
    await widget.reveal.click();
  }],
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

test("after a hello the page around it hears the height, the result and the edited text", { tag: ["@anywhere", "@core"] }, async ({ page, baseURL }) => {
  const { widget, heard, last } = await host(page, baseURL);
  await expect.poll(() => last("result")).toMatchObject({
    direction: "ingress",
    rows: [{ policy: "ai-platform/and-trap", same: "allowed", cross: "allowed", external: "denied" }],
    together: { same: "allowed", cross: "allowed", external: "denied" },
    problems: 0,
    held: 0,
    failed: 0,
  });
  await expect.poll(() => last("height")).toBeTruthy();
  const { height } = await last("height");
  expect(height).toBeLessThanOrEqual(430);
  expect(await heard("text")).toEqual([]);
  // granting the height changes nothing
  const count = (await heard("height")).length;
  await page.locator("iframe").evaluate((frame, height) => (frame.height = height), height);
  await page.waitForTimeout(300);
  expect(await heard("height")).toHaveLength(count);
  const inner = page.frames().find((frame) => frame.url().includes("embed.html"));
  expect(await inner.evaluate(() => document.documentElement.scrollHeight - innerHeight)).toBe(0);

  expect(await page.evaluate(() => scrollY)).toBe(0);
  await widget.retype("namespaceSelector: {}", "");
  await expect.poll(async () => (await last("result")).rows[0].cross).toBe("denied");
  await expect.poll(async () => (await last("text"))?.link).toMatch(/^#\/p\/1\./);
  expect((await last("text")).text).toBe(await widget.text.inputValue());
  await widget.cells.nth(2).click();
  await expect.poll(async () => (await last("height")).height).toBeGreaterThan(height + 40);
});

test("a text that the page around it puts in is shown, and `reset` brings the address's back", async ({ page, baseURL }) => {
  const { widget, send, last, heard } = await host(page, baseURL);
  await expect.poll(() => last("result")).toBeTruthy();
  await send({ type: "set", text: EXPECTING });
  await expect(widget.text).toHaveValue(EXPECTING);
  await expect.poll(() => last("result")).toMatchObject({ held: 0, failed: 1 });
  expect(await heard("solved")).toEqual([]);
  await widget.retype("allowed", "denied");
  await expect.poll(async () => (await heard("solved")).length).toBe(1);
  await widget.retype("denied", "allowed");
  await expect.poll(() => last("result")).toMatchObject({ held: 0, failed: 1 });
  await widget.retype("allowed", "denied");
  await expect.poll(() => last("result")).toMatchObject({ held: 1, failed: 0 });
  expect(await heard("solved")).toHaveLength(1);
  await send({ type: "set", text: POLICY, cluster: "apiVersion: v1\nkind: Namespace\nmetadata: {name: ai-platform}\n" });
  await expect(widget.text).toHaveValue(POLICY);
  await expect(widget.frame.getByText("Own cluster")).toBeVisible();
  await send({ type: "reset" });
  await expect(widget.text).toHaveValue(/and-trap/);
  await send({ type: "theme", theme: "dark" });
  await expect(widget.frame.locator("html")).toHaveAttribute("data-theme", "dark");
  await send({ type: "theme", theme: "system" });
  await expect(widget.frame.locator("html")).not.toHaveAttribute("data-theme");
});

test("messages that are malformed, too long or of another kind change nothing", async ({ page, baseURL }) => {
  const { widget, send, last, heard } = await host(page, baseURL);
  await expect.poll(() => last("result")).toBeTruthy();
  const text = await widget.text.inputValue();
  for (const message of [
    { type: "set" },
    { type: "set", text: 7 },
    { type: "set", text: ["# a"] },
    { type: "set", text: "# a", cluster: {} },
    { type: "set", text: "x".repeat(64 * 1024 + 1) },
    { type: "set", text: "é".repeat(32 * 1024 + 1) },
    { type: "set", text: "x".repeat(40 * 1024), cluster: "x".repeat(40 * 1024) },
  ]) {
    const before = (await heard("error")).length;
    await send(message);
    await expect.poll(async () => (await heard("error")).length).toBe(before + 1);
  }
  for (const message of [
    { netpol: 2, type: "set", text: "# a" },
    { netpol: "1", type: "set", text: "# a" },
    { type: "set2", text: "# a" },
    { type: "constructor" },
    { type: "__proto__" },
    { type: ["set"], text: "# a" },
    { type: "theme", theme: "<img src=x>" },
    { type: "hello", theme: { light: 1 } },
  ]) {
    await send(message);
  }
  await page.evaluate(() => {
    for (const message of [null, undefined, 7, "set", [], { netpol: 1 }, new Map([["netpol", 1]])]) send(message);
  });
  await send({ type: "set", text: `# the last word\n${POLICY}` });
  await expect(widget.text).toHaveValue(/the last word/);
  await expect(widget.frame.locator("html")).not.toHaveAttribute("data-theme");
  expect(text).toContain("and-trap");
});

test("nobody but the page around it is listened to, and that one only at the origin of its hello", async ({ page, baseURL, faults }) => {
  const server = createServer();
  const elsewhere = async (body) => {
    server.on("request", (request, response) => response.writeHead(200, { "content-type": "text/html" }).end(body));
    await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
    const { href } = new URL("/article", `http://127.0.0.1:${server.address().port}`);
    faults.expect(new RegExp(href));
    return href;
  };
  const { widget, last, send } = await host(page, baseURL, { origin: elsewhere });
  await expect.poll(() => last("result")).toBeTruthy();
  expect((await last("result")).from).toBe(new URL(baseURL).origin);
  const inner = page.frames().find((frame) => frame.url().includes("embed.html"));
  // from itself, and from a frame beside it
  await inner.evaluate(() => postMessage({ netpol: 1, type: "set", text: "# from itself" }, "*"));
  await page.evaluate(() => {
    const other = document.createElement("iframe");
    document.body.append(other);
    const script = other.contentDocument.createElement("script");
    script.textContent = `parent.frames[0].postMessage({ netpol: 1, type: "set", text: "# from a sibling" }, "*")`;
    other.contentDocument.body.append(script);
  });
  // as from the parent, but of another origin
  await inner.evaluate(() => {
    const data = { netpol: 1, type: "set", text: "# from another origin" };
    dispatchEvent(new MessageEvent("message", { source: parent, origin: "https://elsewhere.example", data }));
  });
  await send({ type: "theme", theme: "dark" });
  await expect(widget.frame.locator("html")).toHaveAttribute("data-theme", "dark");
  await expect(widget.text).toHaveValue(/and-trap/);
  server.close();
});

test("before a hello nothing is said but that it is ready", async ({ page, baseURL }) => {
  const { send, heard, last } = await host(page, baseURL, { hello: false });
  await expect.poll(() => last("ready")).toEqual({ netpol: 1, type: "ready", from: new URL(baseURL).origin });
  await send({ type: "set", text: POLICY });
  await page.waitForTimeout(400);
  expect(await page.evaluate(() => globalThis.heard.map(({ type }) => type))).toEqual(["ready"]);
  await send({ type: "hello", theme: "dark" });
  await expect.poll(async () => (await heard("result")).length).toBe(1);
  expect((await last("result")).rows[0].policy).toBe("ai-platform/and-trap");
});

test("a link that does not open is an error for the page around it", async ({ page, baseURL }) => {
  const { last } = await host(page, baseURL, { address: "#/p/1.AwA.AAAAAB" });
  await expect.poll(() => last("error")).toMatchObject({ message: expect.stringContaining("damaged") });
});

test("in a sandboxed frame without an origin everything works but what the sandbox forbids", { tag: ["@anywhere", "@core"] }, async ({ page, baseURL, browserName, faults }) => {
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
