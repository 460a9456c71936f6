// A link can come from anybody. Whatever it is made of, the page shows a table or says kindly what is wrong with it,
// runs nothing, asks nobody, keeps its hands off what others have stored, and goes on answering.
import { expect, test } from "./fixtures.mjs";
import { flipped, HOSTILE, linkAround } from "./hostile.mjs";

// Far below a second on a machine that does nothing else; this is the bound between slow and stuck on one that is busy.
const LONGEST_ANSWER = 10_000;
const FLIPPED = 300;
const FLIPPED_ON_THE_PAGE = 40;
const SOUND = linkAround(`apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: sound, namespace: ai-platform}
spec:
  podSelector: {}
  ingress:
  - from:
    - namespaceSelector: {matchLabels: {purpose: ml-ops}}
`);

/** Opens each link from the same quiet place, and tells how long each took until another text stood there. */
async function openEach({ page }, links) {
  await page.evaluate(() => localStorage.setItem("somebody-else's", "kept"));
  const slow = [];
  for (const [name, link] of links) {
    const time = await page.evaluate(openOne, [link, LONGEST_ANSWER]);
    slow.push([time, name]);
    expect(time, name).toBeLessThan(LONGEST_ANSWER);
    await expectUnharmed(page, name);
  }
  return slow.sort(([a], [b]) => b - a);
}

/** In the page. */
async function openOne([link, longest]) {
  const painted = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  const text = () => globalThis.NetpolEditor.of("policies").text();
  const until = async (isSo) => {
    const begin = performance.now();
    while (!isSo() && performance.now() - begin < longest) await painted();
    return performance.now() - begin;
  };
  location.hash = "#/s/and-trap";
  await until(() => text().includes("name: and-trap") && !text().includes("name: allow-all"));
  await painted();
  const before = text();
  location.hash = link;
  return until(() => text() !== before);
}

async function expectUnharmed(page, name) {
  const state = await page.evaluate(() => ({
    title: document.title,
    planted: document.querySelectorAll("main img, main script, iframe, object, base").length,
    others: localStorage.getItem("somebody-else's"),
    keys: Object.keys(localStorage).filter((key) => !key.startsWith("netpol.")),
    said: document.querySelector("[aria-label=Notice]")?.textContent ?? document.querySelector("main table, main h2, main h1")?.textContent,
  }));
  expect(state, name).toMatchObject({ title: "NetworkPolicy Playground", planted: 0, others: "kept", keys: ["somebody-else's"] });
  expect(state.said, name).toBeTruthy();
  expect(state.said, name).not.toMatch(/undefined|\[object|RuntimeError|unreachable|panicked/);
}

async function expectAnswers(playground) {
  await playground.page.evaluate(() => (location.hash = "#/s/same-ns"));
  await expect(playground.row("Same NS Only")).toBeVisible();
  await playground.retype(playground.policies, "name: same-ns", "name: mine");
  await expect(playground.row("mine")).toBeVisible();
}

const QUARTER = Math.ceil(HOSTILE.length / 4);
for (let part = 0; part < 4; part += 1) {
  const links = HOSTILE.slice(part * QUARTER, (part + 1) * QUARTER);
  test(`${links.length} of ${HOSTILE.length} links made to hurt, from ${links[0][0]} to ${links.at(-1)[0]}, do nothing of the kind`, async ({ playground }) => {
    test.setTimeout(120_000);
    await playground.open();
    const [[time, name]] = await openEach(playground, links);
    console.log(`${links.length} hostile links; the slowest took ${Math.round(time)} ms: ${name}`);
    await expectAnswers(playground);
  });
}

test(`${FLIPPED_ON_THE_PAGE} links with some bits turned are refused, and none shows another policy`, async ({ playground }) => {
  test.setTimeout(60_000);
  await playground.open();
  const links = Array.from({ length: FLIPPED_ON_THE_PAGE }, (_, seed) => [`turned ${seed}`, flipped(SOUND, seed)]);
  await openEach(playground, links);
  await expect(playground.notice).toContainText(/damaged|truncated|too large|newer/);
  await expectAnswers(playground);
});

/** In the page: what the engine answers to the question where each link leads, as far as its bytes are words. */
async function askEach(links) {
  const engine = await globalThis.netpolEngine.ready();
  const answers = [];
  for (const link of links) {
    const words = new TextEncoder().encode(link);
    const length = [];
    for (let rest = words.length; length.length === 0 || rest > 0; rest = Math.floor(rest / 128)) length.push((rest % 128) + (rest >= 128 ? 128 : 0));
    const OPEN = 1;
    const ADDRESS = 0;
    answers.push(new TextDecoder().decode(await engine.answer(new Uint8Array([OPEN, ADDRESS, ...length, ...words]))));
  }
  return answers;
}

test(`${FLIPPED} links with some bits turned, asked of the engine: each has its answer, and none is another text`, async ({ playground }) => {
  await playground.open();
  const links = Array.from({ length: FLIPPED }, (_, seed) => flipped(SOUND, 1_000 + seed));
  const answers = await playground.page.evaluate(askEach, links);
  expect(answers.filter((answer) => /damaged|truncated|too large|newer/.test(answer))).toHaveLength(FLIPPED);
});

test("every link made to hurt, asked of the engine, has an answer", async ({ playground }) => {
  await playground.open();
  const answers = await playground.page.evaluate(
    askEach,
    HOSTILE.map(([, link]) => link),
  );
  for (const [index, answer] of answers.entries()) expect(answer.length, HOSTILE[index][0]).toBeGreaterThan(100);
});

test("a link made to hurt does no harm to whoever opens it first of all", async ({ playground }) => {
  const { page } = playground;
  for (const wanted of ["a gigabyte in a megabyte", "64 KiB of opening brackets", "10,000 fields that nobody knows", "markup"]) {
    const [, link] = HOSTILE.find(([name]) => name === wanted);
    await page.goto("about:blank");
    await page.goto(`./${link}`);
    await playground.ready();
    await page.evaluate(() => localStorage.setItem("somebody-else's", "kept"));
    await expectUnharmed(page, wanted);
  }
  await expectAnswers(playground);
});
