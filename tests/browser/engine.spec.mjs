// The engine is fetched beside the page. However late it comes, nothing of another text is seen before, and nothing is lost by it;
// where it takes too long, or dies, it is ended, and the text and the last table stay.
import { crc32, deflateRawSync } from "node:zlib";
import { expect, test } from "./fixtures.mjs";
import { Playground } from "./playground.mjs";
import { EIGHT } from "./texts.mjs";

const ENGINE = "**/engine-*";
const check = Buffer.alloc(4);
const POLICY = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: from-a-link, namespace: ai-platform}
spec: {podSelector: {}}
`;
check.writeUInt32BE(crc32(POLICY));
const LINK = `#/p/1.${deflateRawSync(POLICY).toString("base64url")}.${check.toString("base64url")}`;

/** Holds the engine back until it is let go. */
async function holdBack(page) {
  const { promise, resolve } = Promise.withResolvers?.() ?? later();
  await page.route(ENGINE, async (route) => {
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

test("a link opens as soon as the engine is there, without another text before", async ({ playground }) => {
  const letGo = await holdBack(playground.page);
  await playground.page.goto(`./${LINK}`);
  await expect(playground.boot).toContainText("Loading");
  letGo();
  await expect(playground.row("from-a-link")).toContainText("Denied");
  await expect(playground.notice).toBeHidden();
  await expect(playground.boot).toBeHidden();
});

test("an address that changes before the engine is there leads on to its text", async ({ playground }) => {
  const letGo = await holdBack(playground.page);
  await playground.page.goto("./#/s/eight");
  await playground.page.evaluate((link) => (location.hash = link), LINK);
  letGo();
  await expect(playground.row("from-a-link")).toContainText("Denied");
});

test("each module is fetched once", async ({ playground }) => {
  const fetched = [];
  playground.page.on("request", (request) => request.url().endsWith(".wasm") && fetched.push(request.url().replace(/.*\/(\w+)-.*/, "$1")));
  await playground.open(LINK);
  expect(fetched.sort()).toEqual(["engine", "playground"]);
});

test("where the engine cannot be fetched, the page says so", async ({ playground, faults }) => {
  faults.expect(/engine-/, /Failed to load resource/);
  await playground.page.route(ENGINE, (route) => route.abort("internetdisconnected"));
  await playground.page.goto(`./${LINK}`);
  await expect(playground.page.getByRole("alert")).toContainText("could not be fetched");
});

const TYPED = "# typed while the engine was at it\n";
/** The worker with an engine that answers the page's beginning, and then whatever `then` does. */
const workerThat = (then) => `let answer, asked = 0;
addEventListener("message", async ({ data }) => {
  if (!data.question) {
    const engine = await import(data.script);
    await engine.default({ module_or_path: data.module });
    answer = engine.answer;
    return postMessage({ isReady: true });
  }
  asked += 1;
  if (data.question.length > 3000 && new TextDecoder().decode(data.question).includes(${JSON.stringify(TYPED.trim())})) { ${then} }
  const bytes = answer(data.question);
  postMessage({ answer: bytes }, [bytes.buffer]);
});`;

async function withWorker(page, then) {
  await page.route("**/worker.js", (route) => route.fulfill({ contentType: "text/javascript", body: workerThat(then) }));
}

async function typeAtTheTop(playground) {
  await playground.policies.press("ControlOrMeta+Home");
  await playground.page.keyboard.insertText(TYPED);
}

test("what takes longer than a second says so, and can be stopped", { tag: "@core" }, async ({ playground }) => {
  await withWorker(playground.page, "for (;;) {}");
  await playground.open();
  await typeAtTheTop(playground);
  const stop = playground.page.getByRole("button", { name: "Stop" });
  await expect(stop).toBeVisible();
  // the page itself goes on
  await playground.page.keyboard.insertText("# more\n");
  expect(await playground.textOf(playground.policies)).toContain("# more");
  expect(await playground.rows()).toEqual(EIGHT);
  await playground.page.unroute("**/worker.js");
  await stop.click();
  await playground.retype(playground.policies, "name: specific-pod-ns", "name: mine");
  await expect(playground.row("mine")).toBeVisible();
});

test("an engine that dies is replaced, and the text stays", async ({ playground }) => {
  await withWorker(playground.page, 'return postMessage({ cause: "RuntimeError: unreachable" });');
  await playground.open();
  await typeAtTheTop(playground);
  await expect(playground.page.getByText("Evaluating this text has failed")).toBeVisible();
  expect(await playground.rows()).toEqual(EIGHT);
  expect(await playground.textOf(playground.policies)).toContain(TYPED.trim());
  await playground.page.unroute("**/worker.js");
  await playground.retype(playground.policies, TYPED.trim(), "# other words");
  await playground.retype(playground.policies, "name: specific-pod-ns", "name: mine");
  await expect(playground.row("mine")).toBeVisible();
});

test("what takes longer than ten seconds is ended", async ({ playground }) => {
  test.setTimeout(60_000);
  await withWorker(playground.page, "for (;;) {}");
  await playground.open();
  await typeAtTheTop(playground);
  await expect(playground.page.getByText("longer than ten seconds")).toBeVisible({ timeout: 30_000 });
  expect(await playground.textOf(playground.policies)).toContain(TYPED.trim());
});

test("an engine that dies while nothing is asked is replaced by the next question", async ({ playground }) => {
  await playground.open();
  const worker = playground.page.workers()[0];
  await worker.evaluate(() => postMessage({ cause: "RuntimeError: of another thing" }));
  await playground.retype(playground.policies, "name: specific-pod-ns", "name: mine");
  await expect(playground.row("mine")).toBeVisible();
});

test("what was ended in a worker does not come back into the page's thread", async ({ playground, faults }) => {
  faults.expect(/worker\.js/, /Failed to load resource/, /worker/i);
  await withWorker(playground.page, "for (;;) {}");
  await playground.open();
  await typeAtTheTop(playground);
  const stop = playground.page.getByRole("button", { name: "Stop" });
  await expect(stop).toBeVisible();
  await playground.page.unroute("**/worker.js");
  await playground.page.route("**/worker.js", (route) => route.abort("blockedbyclient"));
  await stop.click();
  await playground.page.keyboard.insertText("# more\n");
  await expect(playground.page.getByText("could not be fetched")).toBeVisible();
  expect(await playground.rows()).toEqual(EIGHT);
});

test("where no worker can start, the page works all the same", async ({ playground, faults }) => {
  faults.expect(/worker\.js/, /Failed to load resource/, /worker/i);
  await playground.page.route("**/worker.js", (route) => route.abort("blockedbyclient"));
  await playground.open(LINK);
  await expect(playground.row("from-a-link")).toContainText("Denied");
});

test("a page whose own module has died says so, and keeps the text", async ({ playground, faults }) => {
  faults.expect(/RuntimeError/, /unreachable/);
  await playground.page.addInitScript(() => {
    const begin = WebAssembly.instantiateStreaming;
    WebAssembly.instantiateStreaming = (source, imports) => {
      for (const part of Object.values(imports)) {
        for (const [name, call] of Object.entries(part)) {
          if (typeof call !== "function") continue;
          part[name] = (...given) => {
            if (globalThis.isToDie) throw new WebAssembly.RuntimeError("unreachable");
            return call(...given);
          };
        }
      }
      return begin(source, imports);
    };
  });
  await playground.open();
  await typeAtTheTop(playground);
  await playground.page.evaluate(() => (globalThis.isToDie = true));
  await playground.theme.click();
  await expect(playground.page.getByRole("alert")).toContainText("has failed");
  await playground.page.reload();
  await playground.draft.getByRole("button", { name: "Restore my draft" }).click();
  await expect.poll(() => playground.textOf(playground.policies)).toContain(TYPED.trim());
});

test("the landing text's table is there before any script, and nothing of it where another text is asked for", async ({ browser, baseURL, playground }) => {
  // whose scripts are switched off, the browser blocks what the page would have fetched for them
  const context = await browser.newContext({ baseURL, javaScriptEnabled: false });
  const without = new Playground(await context.newPage());
  await without.page.goto("./");
  await expect(without.table.locator("tbody tr")).toHaveCount(9);
  await expect(without.row("Specific Pod+NS")).toContainText("model-monitor only");
  await expect(without.page.locator(".no-script")).toBeVisible();
  await context.close();
  const letGo = await holdBack(playground.page);
  await playground.page.goto(`./${LINK}`);
  await expect(playground.boot).toContainText("Loading");
  await expect(playground.table).toBeHidden();
  letGo();
  await expect(playground.row("from-a-link")).toContainText("Denied");
});
