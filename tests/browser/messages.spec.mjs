// What the widget tells the page around its frame, and whom it listens to.
import { createServer } from "node:http";
import { expect, test } from "./fixtures.mjs";
import { SECRET } from "./texts.mjs";
import { host, POLICY } from "./widget.mjs";

const EXPECTING = `#? ml-ops/model-monitor -> ai-platform/rag-api:8000 allowed
${POLICY}`;

test("after a hello the page around it hears the height, the result and the edited text", { tag: ["@anywhere", "@core"] }, async ({ page, baseURL }) => {
  const { widget, heard, last } = await host(page, baseURL);
  await expect
    .poll(() => last("result"))
    .toMatchObject({
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

test("a text that no link may hold is not told to the page around it", async ({ page, baseURL }) => {
  const { widget, heard, last } = await host(page, baseURL);
  await widget.retype("namespaceSelector: {}", "");
  await expect.poll(async () => (await heard("text")).length).toBe(1);
  await widget.text.fill(`${POLICY}---\n${SECRET}`);
  await expect(widget.frame.getByText("No link for this text")).toBeVisible();
  // the table is told: it has names and answers, and nothing of a Secret
  await expect.poll(async () => (await last("result")).rows[0].policy).toBe("ai-platform/from-a-link");
  await widget.text.fill(POLICY);
  await expect.poll(async () => (await last("text")).text).toBe(POLICY);
  expect(await heard("text")).toHaveLength(2);
  expect(JSON.stringify(await page.evaluate(() => globalThis.heard))).not.toContain("stringData");
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
    server.on("request", (_request, response) => response.writeHead(200, { "content-type": "text/html" }).end(body));
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
