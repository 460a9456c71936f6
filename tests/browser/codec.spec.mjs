// What reads and writes links is fetched apart from the page: before it where the address holds a text, else after the
// first table. However late it comes, nothing is lost by it.
import { crc32, deflateRawSync } from "node:zlib";
import { expect, test } from "./fixtures.mjs";
import { EIGHT } from "./texts.mjs";

const CODEC = "**/links-*";
const check = Buffer.alloc(4);
const POLICY = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: from-a-link, namespace: ai-platform}
spec: {podSelector: {}}
`;
check.writeUInt32BE(crc32(POLICY));
const LINK = `#/p/1.${deflateRawSync(POLICY).toString("base64url")}.${check.toString("base64url")}`;

/** Holds the codec back until it is let go. */
async function holdBack(page) {
  const { promise, resolve } = Promise.withResolvers?.() ?? later();
  await page.route(CODEC, async (route) => {
    await promise;
    await route.continue();
  });
  return resolve;
}
function later() {
  const made = {};
  made.promise = new Promise((resolve) => (made.resolve = resolve));
  return made;
}

test("the first table does not wait for it, and then it is fetched without being asked for", async ({ playground }) => {
  const letGo = await holdBack(playground.page);
  const asked = playground.page.waitForRequest(/links-.*\.js$/);
  await playground.open();
  expect(await playground.rows()).toEqual(EIGHT);
  await asked;
  const fetched = playground.page.waitForResponse(/links-.*\.wasm$/);
  letGo();
  expect((await fetched).ok()).toBe(true);
});

test("a link opens as soon as it is there, without another text before", async ({ playground }) => {
  const letGo = await holdBack(playground.page);
  await playground.page.goto(`./${LINK}`);
  await expect(playground.boot).toContainText("Loading");
  letGo();
  await expect(playground.row("from-a-link")).toContainText("Denied");
  await expect(playground.notice).toBeHidden();
});

test("an address that changes to a link before it is there leads on to the text", async ({ playground }) => {
  const letGo = await holdBack(playground.page);
  await playground.open("#/s/eight");
  await playground.page.evaluate((link) => (location.hash = link), LINK);
  letGo();
  await expect(playground.row("from-a-link")).toContainText("Denied");
});

test("Share, pressed before it is there, shows the link when it is", { tag: "@core" }, async ({ playground }) => {
  const letGo = await holdBack(playground.page);
  await playground.open("#/s/and-trap");
  await playground.retype(playground.policies, "name: and-trap", "name: mine");
  await expect(playground.row("mine")).toBeVisible();
  await playground.share.click();
  letGo();
  await expect(playground.link).toHaveValue(/#\/p\/1\./);
});

test("where it cannot be fetched, the page says so and all else works", async ({ playground, faults }) => {
  faults.expect(/links-/, /Failed to load resource/);
  await playground.page.route(CODEC, (route) => route.abort("internetdisconnected"));
  await playground.open(LINK);
  await expect(playground.notice).toContainText("could not be fetched");
  expect(await playground.rows()).toEqual(EIGHT);
  await playground.retype(playground.policies, "name: specific-pod-ns", "name: mine");
  await expect(playground.row("mine")).toBeVisible();
  await playground.share.click();
  await expect(playground.page.getByRole("group", { name: "Link" })).toContainText("could not be fetched");
});
