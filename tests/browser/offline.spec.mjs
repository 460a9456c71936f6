// After the first visit the page works without a network, whole, wherever it is mounted; a newer one is announced and
// waits. Each test has a copy of the site to itself, on a server that it can change and switch off.
import { execFileSync } from "node:child_process";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { test as base, expect } from "./fixtures.mjs";
import { Playground } from "./playground.mjs";
import { serve } from "./serve.mjs";
import { EIGHT } from "./texts.mjs";
import { watch } from "./watch.mjs";

const at = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const NO_NETWORK = /ERR_INTERNET_DISCONNECTED|ERR_CONNECTION_REFUSED|ERR_FAILED|Failed to (load resource|fetch)/;

const test = base.extend({
  /** A site of one's own: `publish` changes a file of it as a newer build would, `goDown` takes it and the network away. */
  site: async ({ browser, baseURL }, use) => {
    const directory = await mkdtemp(join(tmpdir(), "netpol-offline-"));
    await cp(at("dist"), directory, { recursive: true });
    const server = await serve(directory);
    const address = new URL(new URL(baseURL).pathname.slice(1), server.url).href;
    const context = await browser.newContext({ baseURL: address, serviceWorkers: "allow" });
    const inSite = (file) => join(directory, file);
    const publish = async (file, change) => {
      const before = await readFile(inSite(file), "utf8");
      await writeFile(inSite(file), change(before));
      execFileSync("node", [at("web/offline/list.mjs"), directory]);
      return before;
    };
    const faults = watch(context, new URL(address).origin);
    await use({
      address,
      context,
      faults,
      open: async () => new Playground(await context.newPage()),
      publish,
      /** The list is of a newer build than the file that it is about. */
      publishHalf: async (file, change) => writeFile(inSite(file), await publish(file, change)),
      add: (file, text) => writeFile(inSite(file), text),
      /** What a server for development has in the place of the worker of a built site. */
      develop: () => cp(at("web/offline/sw.js"), inSite("sw.js")),
      goDown: async () => {
        faults.expect(NO_NETWORK);
        server.stop();
        await context.setOffline(true);
      },
    });
    await context.close();
    server.stop();
    await rm(directory, { recursive: true });
    expect(faults.findings(), "faults behind the page").toEqual([]);
  },
});

/** Opens the page for the first time, and waits until all of it is kept. */
async function visit(site) {
  const playground = await site.open();
  await playground.open();
  await playground.page.waitForFunction(() => navigator.serviceWorker.controller?.state === "activated");
  return playground;
}

const caches = (page) => page.evaluate(() => globalThis.caches.keys());

/** Looks for a newer page now, and not in an hour. */
const lookForNewer = (page) =>
  page.evaluate(async () => {
    await (await navigator.serviceWorker.getRegistration()).update();
  });

const newer = ({ page }) => page.getByRole("region", { name: "Newer version" });

test("after the first visit the page works without a network", { tag: "@anywhere" }, async ({ site }) => {
  const playground = await visit(site);
  await site.goDown();
  const { page } = playground;
  await page.goto("./?theme=dark#/s/eight");
  await playground.ready();
  expect(await playground.rows()).toEqual(EIGHT);
  await playground.retype(playground.policies, "app: model-monitor", "app: drift-detector");
  await expect(playground.cell("Specific Pod+NS", "Cross namespace")).toHaveText(/drift-detector only/);
  await playground.cell("Specific Pod+NS", "Same namespace").click();
  await expect(playground.whyTitle).toContainText("Same namespace");

  const link = await playground.shareLink();
  expect(link).toMatch(/#\/p\/1\./);
  const other = await site.open();
  await other.page.goto(link);
  await expect(other.cell("Specific Pod+NS", "Cross namespace")).toHaveText(/drift-detector only/);
  await other.page.goto("./codes.html");
  await expect(other.page.getByRole("heading", { level: 1 })).toHaveText("What the problems mean");
  await other.page.getByRole("link", { name: "NetworkPolicy Playground" }).click();
  await other.ready();
});

test("only the folder of the site is kept, and what is no file of it goes its own way", async ({ site }) => {
  const { page } = await visit(site);
  const registrations = await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).map(({ scope }) => scope));
  expect(registrations).toEqual([site.address]);
  site.faults.expect(/404/);
  expect(await page.evaluate(async () => (await fetch("no-such-file.js")).status)).toBe(404);
  const kept = await page.evaluate(async () => {
    const [name] = await caches.keys();
    const requests = await (await caches.open(name)).keys();
    return requests.map(({ url }) => url);
  });
  expect(kept).toContain(site.address);
  expect(kept.every((url) => url.startsWith(site.address))).toBe(true);
  expect(kept.some((url) => /sw\.js|no-such|[?#]/.test(url))).toBe(false);
});

test("a newer page is announced and waits; the text that is being edited outlives the change", { tag: "@anywhere" }, async ({ site }) => {
  const playground = await visit(site);
  const { page } = playground;
  await page.evaluate(() => caches.open("somebody-else's"));
  const [before] = await caches(page);
  await playground.retype(playground.policies, "name: specific-pod-ns", "name: precious");
  await expect(playground.row("precious")).toBeVisible();

  await site.publish("index.html", (text) => text.replace(/<title>[^<]*/, "<title>The newer one"));
  await lookForNewer(page);
  await expect(newer(playground)).toContainText("A newer playground is ready.");
  await expect(newer(playground)).toContainText("Your text is kept");
  await playground.screenshot("newer-version");
  await expect(playground.row("precious")).toBeVisible();
  await expect(page).toHaveTitle("NetworkPolicy Playground");

  await newer(playground).getByRole("button", { name: "Reload" }).click();
  await expect(page).toHaveTitle("The newer one");
  await playground.draft.getByRole("button", { name: "Restore my draft" }).click();
  await expect(playground.row("precious")).toBeVisible();
  const after = await caches(page);
  expect(after).toHaveLength(2);
  expect(after).toContain("somebody-else's");
  expect(after).not.toContain(before);
  await expect(newer(playground)).toBeHidden();
});

test("a newer page that is not wanted yet is offered again on the next visit", async ({ site }) => {
  const playground = await visit(site);
  const { page } = playground;
  await site.publish("codes.html", (text) => text.replace("What the problems mean", "What they mean"));
  await lookForNewer(page);
  await expect(newer(playground)).toHaveText(/^A newer playground is ready\.\s*ReloadLater$/);
  await newer(playground).getByRole("button", { name: "Later" }).click();
  await expect(newer(playground)).toBeHidden();
  // one build or the other, but never parts of both
  const other = await site.open();
  await other.page.goto("./codes.html");
  await expect(other.page).toHaveTitle(/What the problems mean/);
  await page.reload();
  await expect(newer(playground)).toBeVisible();
});

test("a window in which nobody asked for the newer page is left alone, and told", async ({ site }) => {
  const playground = await visit(site);
  const other = await site.open();
  await other.open("#/s/and-trap");
  await other.retype(other.policies, "name: and-trap", "name: precious");
  await site.publish("index.html", (text) => text.replace(/<title>[^<]*/, "<title>The newer one"));
  await lookForNewer(playground.page);
  await newer(playground).getByRole("button", { name: "Reload" }).click();
  await expect(playground.page).toHaveTitle("The newer one");
  await expect(other.row("precious")).toBeVisible();
  await expect(other.page).toHaveTitle("NetworkPolicy Playground");
  await expect(newer(other)).toContainText("Your text is kept");
});

test("half a deployment is not kept, and the build that is there stays whole", async ({ site }) => {
  const { page } = await visit(site);
  const before = await caches(page);
  await site.publishHalf("index.html", (text) => text.replace(/<title>[^<]*/, "<title>The newer one"));
  const outcome = await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    const found = new Promise((resolve) => registration.addEventListener("updatefound", () => resolve(registration.installing)));
    registration.update();
    const worker = await found;
    return new Promise((resolve) => worker.addEventListener("statechange", () => resolve(worker.state)));
  });
  expect(outcome).toBe("redundant");
  expect(await caches(page)).toEqual(before);
  await page.reload();
  await expect(page).toHaveTitle("NetworkPolicy Playground");
});

test("what another folder of the same origin writes into the cache is never run, and is made good again", async ({ site }) => {
  const { page } = await visit(site);
  await page.evaluate(async () => {
    const [name] = await caches.keys();
    const cache = await caches.open(name);
    for (const { url } of await cache.keys()) {
      const [body, type] = /\.js$/.test(url) ? ["globalThis.isPoisoned = true", "text/javascript"] : ["<title>Poisoned</title>", "text/html"];
      await cache.put(url, new Response(body, { headers: { "content-type": type, refresh: "0;url=/poisoned" } }));
    }
  });
  for (const time of ["at once", "when it is reloaded"]) {
    const playground = await site.open();
    await playground.open("#/s/eight");
    expect(await playground.rows(), time).toEqual(EIGHT);
    await expect(playground.page).toHaveTitle("NetworkPolicy Playground");
    expect(await playground.page.evaluate(() => globalThis.isPoisoned), time).toBeUndefined();
  }
  await site.goDown();
  const later = await site.open();
  await later.open("#/s/eight");
  expect(await later.rows()).toEqual(EIGHT);
});

test("header fields that somebody wrote beside the right bytes are not taken over either", async ({ site }) => {
  const { page } = await visit(site);
  const headers = await page.evaluate(async () => {
    const [name] = await caches.keys();
    const cache = await caches.open(name);
    const url = new URL("./", location.href).href;
    const bytes = await (await cache.match(url)).arrayBuffer();
    await cache.put(url, new Response(bytes, { headers: { "content-type": "text/plain", refresh: "0;url=/poisoned", link: "</poisoned>; rel=preload" } }));
    const answer = await fetch("./");
    return [answer.headers.get("content-type"), answer.headers.get("refresh"), answer.headers.get("link")];
  });
  expect(headers).toEqual(["text/html; charset=utf-8", null, null]);
});

test("a server for development takes the worker and its caches away", async ({ site }) => {
  const { page } = await visit(site);
  await page.evaluate(() => caches.open("somebody-else's"));
  await site.develop();
  await lookForNewer(page);
  await expect.poll(() => caches(page)).toEqual(["somebody-else's"]);
  await page.reload();
  await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller)).toBeNull();
});

test("a frame in another page keeps nothing", async ({ site }) => {
  await site.add("article.html", '<!doctype html><title>An article</title><link rel="icon" href="data:,"><iframe src="./"></iframe>');
  const { page } = await site.open();
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.goto("./article.html");
  const frame = page.frameLocator("iframe");
  // what comes last in a page of its own comes right after the editor
  await frame.getByRole("textbox", { name: "Policies YAML" }).and(frame.locator("[contenteditable]")).waitFor();
  await page.frames()[1].evaluate(() => new Promise((resolve) => setTimeout(() => requestIdleCallback(resolve), 500)));
  expect(asked.filter((url) => /offline\.js|sw\.js/.test(url))).toEqual([]);
  expect(await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)).toBe(0);
  expect(await caches(page)).toEqual([]);
});

test("the page can be installed as a program, with the looks of its icon", async ({ site }) => {
  const { page } = await visit(site);
  const manifest = await page.evaluate(async () => (await fetch(document.querySelector("link[rel=manifest]").href)).json());
  expect(manifest).toMatchObject({ start_url: "./", scope: "./", display: "standalone" });
  const errors = await (await site.context.newCDPSession(page)).send("Page.getInstallabilityErrors");
  expect(errors.installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== "in-incognito")).toEqual([]);
  const [drawn, ...pictures] = manifest.icons.filter(({ purpose }) => !purpose);
  expect(pictures.map(({ sizes }) => sizes)).toEqual(["192x192", "512x512"]);
  for (const { src } of pictures) expect(await difference(page, drawn.src, src), src).toBeLessThan(0.01);
});

/** How far two pictures differ, from 0 to 1, drawn at the same size. */
function difference(page, one, other) {
  return page.evaluate(
    async (sources) => {
      const [a, b] = await Promise.all(
        sources.map(async (src) => {
          const image = Object.assign(new Image(192, 192), { src });
          await image.decode();
          const canvas = new OffscreenCanvas(192, 192).getContext("2d");
          canvas.drawImage(image, 0, 0, 192, 192);
          return canvas.getImageData(0, 0, 192, 192).data;
        }),
      );
      return a.reduce((sum, value, index) => sum + Math.abs(value - b[index]), 0) / a.length / 255;
    },
    [one, other],
  );
}
