// The playground in one file, opened from the disk of a laptop without a network, as in a workshop.
import { execFileSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { test as base, expect } from "./fixtures.mjs";
import { Playground } from "./playground.mjs";
import { EIGHT } from "./texts.mjs";
import { watch } from "./watch.mjs";

const at = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

const test = base.extend({
  /** The address of the file, made of the site under test. */
  file: [
    async ({}, use) => {
      const folder = await mkdtemp(join(tmpdir(), "netpol-single-"));
      const file = join(folder, "netpol-playground.html");
      execFileSync("node", [at("web/single/build.mjs"), at("dist"), file]);
      await use(pathToFileURL(file).href);
      await rm(folder, { recursive: true });
    },
    { scope: "worker" },
  ],

  /** Opens the file at what follows its name, on a machine without a network, and listens to all that it asks for. */
  laptop: async ({ browser, file }, use) => {
    const context = await browser.newContext({ offline: true });
    const faults = watch(context, "null");
    const asked = [];
    context.on("request", (request) => asked.push(request.url()));
    await use(async (address = "") => {
      const playground = new Playground(await context.newPage());
      await playground.page.goto(file + address);
      await playground.ready();
      return playground;
    });
    await context.close();
    expect(faults.findings(), "faults behind the page").toEqual([]);
    // icons and the like are in the file, too
    expect(asked.filter((url) => !url.startsWith(file) && !url.startsWith("data:"))).toEqual([]);
  },
});

test("the file shows the eight, and the why of a cell, and follows what is typed", async ({ laptop }) => {
  const playground = await laptop("#/s/eight");
  expect(await playground.rows()).toEqual(EIGHT);
  await playground.retype(playground.policies, "app: model-monitor", "app: drift-detector");
  await expect(playground.cell("Specific Pod+NS", "Cross namespace")).toHaveText(/drift-detector only/);
  await playground.cell("Specific Pod+NS", "Same namespace").click();
  await expect(playground.whyTitle).toContainText("Same namespace");
  await playground.screenshot("single-file", { fullPage: true });
});

test("a link from the file opens the same text in it, and the page says where such a link leads", async ({ laptop, file, playground }) => {
  const one = await laptop("#/s/and-trap");
  await one.retype(one.policies, "name: and-trap", "name: mine");
  await expect(one.row("mine")).toBeVisible();
  const link = await one.shareLink();
  expect(link.startsWith(`${file}#/p/1.`)).toBe(true);
  await expect(one.page).toHaveURL(link);
  await expect(one.page.getByText("A link made here opens it where this file lies")).toBeVisible();
  const other = await laptop(link.slice(file.length));
  await expect(other.row("mine")).toBeVisible();
  // what the share dialog gives away needs nobody either
  const saved = one.page.waitForEvent("download");
  await one.page.locator("[data-save]").first().click();
  expect((await saved).suggestedFilename()).not.toBe("");
  // what follows the # is the same everywhere
  await playground.open(link.slice(file.length));
  await expect(playground.row("mine")).toBeVisible();
});

test("what was typed into the file is offered on the next visit", async ({ laptop }) => {
  const playground = await laptop("#/s/and-trap");
  await playground.retype(playground.policies, "name: and-trap", "name: precious");
  await expect(playground.row("precious")).toBeVisible();
  await playground.page.reload();
  await playground.draft.getByRole("button", { name: "Restore my draft" }).click();
  await expect(playground.row("precious")).toBeVisible();
});

test("a problem's code opens its explanation over the page", async ({ laptop }) => {
  const playground = await laptop("#/s/blank");
  await playground.policies.click();
  await playground.page.keyboard.type("kind: NetworkPolice\napiVersion: networking.k8s.io/v1\n");
  await playground.tab("Problems").click();
  const code = playground.problems.locator(".code-link").first();
  const name = await code.textContent();
  await code.click();
  const codes = playground.page.getByRole("dialog", { name: "What the problems mean" });
  await expect(codes.getByRole("heading", { name, exact: true })).toBeInViewport();
  await playground.screenshot("single-file-codes");
  await codes.getByRole("button", { name: "Close" }).click();
  await expect(codes).toBeHidden();
});

test("the file's policy knows its scripts by their hashes and lets nothing out", async ({ laptop }) => {
  const { page } = await laptop();
  const content = await page.locator("meta[http-equiv='Content-Security-Policy']").getAttribute("content");
  expect(content).toContain("connect-src 'none'");
  expect(content).toContain("require-trusted-types-for 'script'");
  expect(content).not.toMatch(/unsafe-inline|'unsafe-eval'|https?:|'self'|\*/);
});
