// The script of an article does its part of the contract, whatever its frame does: here the frame is a stub.
import AxeBuilder from "@axe-core/playwright";
import { contentOf, expect, test } from "./hosts/fixture.mjs";
import { SECRET } from "./texts.mjs";

test.use({ frame: "stub" });

const POLICY = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: of-the-article}
spec: {podSelector: {}}
`;
const figure = (id, text = POLICY, attributes = "") =>
  `<figure data-netpol id="${id}" ${attributes}><figcaption>Figure ${id}</figcaption><pre><code>${text}</code></pre><table><tr><td>A table</td></tr></table></figure>`;
const play = (id, attributes = 'scenario="and-trap"', content = "<p>Still there</p>") => `<netpol-play id="${id}" ${attributes}>${content}</netpol-play>`;
const addressIn = (frame) => frame.evaluate(() => ({ query: location.search, fragment: location.hash }));
const heard = (frame, type) => frame.evaluate((type) => globalThis.stub.heard.filter((message) => message.type === type), type);
const say = (frame, message) => frame.evaluate((message) => globalThis.stub.say(message), message);

test("a block becomes live where it stands, and is itself again when it is closed", async ({ article }) => {
  await article.open(`<p>Before</p>${figure("a", POLICY, 'data-view="table" data-direction="egress" data-predict')}<p>After</p>`);
  const { page } = article;
  await expect(page.getByText("kind: NetworkPolicy")).toBeVisible();
  const top = await page.evaluate(() => scrollY);
  await article.button("a", "Try it live").click();
  const frame = await article.inside("a");
  const { query, fragment } = await addressIn(frame);
  expect(contentOf(fragment)).toBe(POLICY);
  expect(Object.fromEntries(new URLSearchParams(query))).toEqual({ theme: "light", view: "table", direction: "egress", predict: "1" });
  await expect(article.frames).toHaveAttribute("title", "Live NetworkPolicy: Figure a");
  await expect(article.frames).toHaveAttribute("referrerpolicy", "no-referrer");
  await expect(article.frames).toHaveAttribute("allow", "clipboard-write");
  await expect(article.frames).toHaveAttribute("loading", /./);
  await expect(page.getByText("kind: NetworkPolicy")).toBeHidden();
  await expect(page.getByText("A table")).toBeHidden();
  await expect(page.getByText("Figure a")).toBeVisible();
  // neither the focus nor the place on the page is taken from the reader
  await expect(article.button("a", "Close")).toBeFocused();
  expect(await page.evaluate(() => scrollY)).toBe(top);

  await article.button("a", "Close").click();
  await expect(article.frames).toHaveCount(0);
  await expect(page.getByText("kind: NetworkPolicy")).toBeVisible();
  await expect(page.getByText("A table")).toBeVisible();
  expect(await article.violations()).toEqual([]);
});

test("a link carries what the block holds, without whatever markup leaves at its end, and its cluster", async ({ article }) => {
  const cluster = "kind: Namespace\nmetadata: {name: ünïcode}\n";
  await article.open(
    `<pre data-netpol id="bare">${POLICY}\n\n  </pre>
     <div data-netpol id="own"><pre>${POLICY}</pre><pre hidden data-cluster>${cluster}</pre></div>
     ${play("script", 'cluster="#shared"', `<script type="text/yaml">\n      kind: Pod\n        # deeper\n      ---\n    </script>`)}<pre id="shared">${cluster}</pre>`,
  );
  const fragments = {};
  for (const id of ["bare", "own", "script"]) {
    const button = id === "bare" ? article.page.getByRole("button").first() : article.button(id, "Try it live").first();
    const frame = article.page.waitForEvent("framenavigated", (one) => one.url().includes("embed.html"));
    await (id === "own" ? article.page.locator("#own").getByRole("button").first() : button).click();
    fragments[id] = (await addressIn(await frame)).fragment;
  }
  const clusterField = `\u00ffC${Buffer.from(cluster).toString("latin1")}`;
  expect(contentOf(fragments.bare)).toBe(POLICY);
  expect(contentOf(fragments.own)).toBe(POLICY + clusterField);
  expect(contentOf(fragments.script)).toBe(`kind: Pod\n  # deeper\n---\n${clusterField}`);
});

test("where the browser has no compression, a link is made all the same", async ({ article }) => {
  await article.page.addInitScript(() => delete globalThis.CompressionStream);
  const long = `${POLICY}# ${"x".repeat(20_000)}\n`;
  await article.open(figure("a", long));
  await article.button("a", "Try it live").click();
  expect(contentOf((await addressIn(await article.inside("a"))).fragment)).toBe(long);
});

test("no link is made of a Secret, nor of more than 64 KiB: the block stays, with a word", async ({ article }) => {
  await article.open(figure("secret", SECRET) + figure("long", "#".repeat(65_600)) + figure("sound"));
  await expect(article.page.locator("#secret")).toContainText("a Secret is never put into a link");
  await expect(article.page.locator("#long")).toContainText("Too long");
  await expect(article.page.getByRole("button")).toHaveCount(1);
  await expect(article.page.locator("#secret pre")).toBeVisible();
  await article.page.evaluate(() => document.querySelector("#long").setAttribute("data-scenario", "eight"));
  await article.button("long", "Try it live").click();
  expect((await addressIn(await article.inside("long"))).fragment).toBe("#/s/eight");
});

test("of twelve widgets two are live: a third stops the first, whose text goes on when it is started again", async ({ article }) => {
  const ids = Array.from({ length: 12 }, (_, at) => `w${at}`);
  await article.open(ids.map((id, at) => (at % 2 ? play(id) : figure(id))).join("\n"));
  await article.button("w0", "Try it live").click();
  const first = await article.inside("w0");
  const link = "#/p/1.AAAA.BBBBBB";
  await say(first, { type: "text", link, text: "kind: Edited\n" });
  await article.button("w1", "Try it live").click();
  await expect(article.frames).toHaveCount(2);
  for (const id of ids.slice(2)) {
    await article.button(id, "Try it live").click();
    await expect(article.page.locator(`#${id} iframe`)).toHaveCount(1);
    expect(await article.frames.count()).toBeLessThanOrEqual(2);
  }
  await expect(article.page.locator("#w10 iframe, #w11 iframe")).toHaveCount(2);
  await article.button("w0", "Continue live").click();
  expect((await addressIn(await article.inside("w0"))).fragment).toBe(link);
  await expect(article.page.locator("#w10 iframe")).toHaveCount(0);
  await article.button("w0", "Start over").click();
  await expect.poll(async () => contentOf((await addressIn(await article.inside("w0"))).fragment)).toBe(POLICY);
});

test("the frame hears a hello with the theme, and then what happens to the article", async ({ article, baseURL }) => {
  await article.open(play("a", 'scenario="and-trap" theme="dark"'));
  await article.button("a", "Try it live").click();
  const frame = await article.inside("a");
  await expect.poll(() => heard(frame, "hello")).not.toHaveLength(0);
  for (const { theme, origin } of await heard(frame, "hello")) {
    expect({ theme, origin }).toEqual({ theme: "dark", origin: article.host.url });
  }
  await article.page.evaluate(() => (document.querySelector("#a").theme = "system"));
  await expect.poll(async () => (await heard(frame, "theme")).map(({ theme }) => theme)).toEqual(["system"]);
  expect(frame.url()).toBe(`${baseURL}embed.html?theme=dark#/s/and-trap`);
});

for (const [name, attribute, changed, theme] of [
  ["a colour scheme", "", () => (document.documentElement.style.colorScheme = "dark"), "dark"],
  ["a class that paints it dark", "", () => (document.body.style.backgroundColor = "rgb(20, 20, 30)"), "dark"],
  ["colours in another notation", "", () => (document.body.style.backgroundColor = "oklch(0.2 0.02 250)"), "dark"],
]) {
  test(`the theme follows the article: ${name}`, async ({ article }) => {
    await article.open(play("a", `scenario="and-trap" ${attribute}`));
    await article.button("a", "Try it live").click();
    const frame = await article.inside("a");
    await expect.poll(() => heard(frame, "hello")).not.toHaveLength(0);
    expect((await heard(frame, "hello"))[0].theme).toBe("light");
    await article.page.evaluate(changed);
    await expect.poll(async () => (await heard(frame, "theme")).at(-1)?.theme).toBe(theme);
  });
}

test("the theme follows the system where the article does", async ({ article }) => {
  await article.page.emulateMedia({ colorScheme: "dark" });
  await article.open(play("a"), { head: '<meta name="color-scheme" content="light dark">' });
  await article.button("a", "Try it live").click();
  const frame = await article.inside("a");
  await expect.poll(async () => (await heard(frame, "hello"))[0]?.theme).toBe("dark");
  await article.page.emulateMedia({ colorScheme: "light" });
  await expect.poll(async () => (await heard(frame, "theme")).at(-1)?.theme).toBe("light");
});

test("the frame is as high as it says, within bounds, and does not swing with a scrollbar", async ({ article }) => {
  await article.open(play("a"));
  await article.button("a", "Try it live").click();
  const frame = await article.inside("a");
  const height = () => article.frames.evaluate((one) => one.style.height);
  const becomes = async (said, seen) => {
    await say(frame, { type: "height", height: said });
    await expect.poll(height).toBe(seen);
  };
  await becomes(300, "300px");
  await becomes(301, "300px");
  await becomes(90_000, "4000px");
  await becomes(3, "120px");
  for (const odd of ["500", 300.5, null, Number.NaN, { valueOf: 5 }]) await becomes(odd, "120px");
  await frame.evaluate(() => {
    for (let at = 0; at < 20; at++) globalThis.stub.say({ type: "height", height: at % 2 ? 520 : 500 });
  });
  await expect.poll(height).toBe("520px");
});

test("nobody but the frame itself is believed", async ({ article, baseURL, faults }) => {
  // a greeting for the frame that has gone
  faults.expect(/does not match the recipient window's origin/);
  await article.open(`${play("a")}${play("b", 'scenario="or-logic"')}`, { headers: {} });
  await article.button("a", "Try it live").click();
  await expect.poll(async () => (await article.events("ready")).length).toBe(1);
  const frame = await article.inside("a");
  const before = await article.frames.evaluate((one) => one.style.height);
  // the page itself, and a frame of the same origin that is no widget
  await article.page.evaluate(async (address) => {
    postMessage({ netpol: 1, type: "height", height: 999 }, "*");
    const other = Object.assign(document.createElement("iframe"), { src: `${address}embed.html#/s/mute` });
    await new Promise((loaded) => {
      other.onload = loaded;
      document.body.append(other);
    });
  }, baseURL);
  const other = article.page.frames().find((one) => one.url().endsWith("mute"));
  await say(other, { type: "height", height: 999 });
  await say(other, { type: "error", message: "from somewhere else" });
  // its own frame, in words that are none
  await frame.evaluate(() => {
    for (const message of [null, 5, "height", [], { type: "height", height: 999 }, { netpol: 2, type: "height", height: 999 }, { netpol: 1 }]) {
      parent.postMessage(message, "*");
    }
  });
  for (const message of [
    { type: "toString" },
    { type: "constructor" },
    { type: "map", height: 999 },
    { type: "result" },
    { type: "error" },
    { type: "text", text: 5 },
  ]) {
    await say(frame, message);
  }
  // its own window, gone somewhere else
  const elsewhere = `data:text/html,<script>for (const m of [{type:"height",height:999},{type:"ready"}]) parent.postMessage({netpol:1,...m},"*")</script>`;
  await frame.evaluate((address) => (location.href = address), elsewhere).catch(() => {});
  await expect.poll(() => article.page.frames().some((one) => one.url().startsWith("data:"))).toBe(true);
  await article.page.waitForTimeout(100);
  expect(await article.page.locator("#a iframe").evaluate((one) => one.style.height)).toBe(before);
  expect(await article.events("error")).toEqual([]);
  expect(await article.events("result")).toEqual([]);
  expect(await article.events("ready")).toHaveLength(1);
});

test("what the frame says becomes events of the element, which leave it", async ({ article }) => {
  await article.open(play("a") + figure("b"));
  const rows = [{ policy: "x", same: "allowed", cross: "denied", external: "denied" }];
  const together = { same: "allowed", cross: "denied", external: "denied" };
  for (const id of ["a", "b"]) {
    await article.button(id, "Try it live").click();
    const frame = await article.inside(id);
    await say(frame, { type: "result", direction: "ingress", rows, together, problems: 0, held: 1, failed: 0 });
    await say(frame, { type: "solved" });
    await say(frame, { type: "error", message: "too long" });
    const result = { direction: "ingress", rows, together, problems: 0, held: 1, failed: 0 };
    await expect.poll(async () => (await article.events("result")).filter(({ on }) => on === id)).toEqual([{ type: "result", on: id, detail: result }]);
    await expect.poll(async () => (await article.events("error")).filter(({ on }) => on === id)).toHaveLength(1);
    expect((await article.events("solved")).filter(({ on }) => on === id)).toHaveLength(1);
    expect((await article.events("ready")).filter(({ on }) => on === id)).toHaveLength(1);
  }
});

test("an element is started, filled, read, reset and stopped by a script", async ({ article, baseURL }) => {
  await article.open(play("a"));
  const call = (run) => article.page.evaluate(run);
  expect(await call(() => document.querySelector("#a").text)).toBe("");
  await call(() => document.querySelector("#a").start());
  const frame = await article.inside("a");
  await expect.poll(() => heard(frame, "hello")).not.toHaveLength(0);
  expect(await call(() => document.querySelector("#a").link)).toBe(`${baseURL}#/s/and-trap`);
  await call(() => document.querySelector("#a").setText("kind: X\n", "kind: Namespace\n"));
  await expect.poll(async () => (await heard(frame, "set")).at(-1)).toMatchObject({ text: "kind: X\n", cluster: "kind: Namespace\n" });
  expect(await call(() => document.querySelector("#a").text)).toBe("kind: X\n");
  await say(frame, { type: "text", link: "#/p/1.AAAA.BBBBBB", text: "kind: Y\n" });
  await expect.poll(() => call(() => document.querySelector("#a").text)).toBe("kind: Y\n");
  expect(await call(() => document.querySelector("#a").link)).toBe(`${baseURL}#/p/1.AAAA.BBBBBB`);
  await call(() => document.querySelector("#a").reset());
  await expect.poll(() => heard(frame, "reset")).toHaveLength(1);
  expect(await call(() => document.querySelector("#a").text)).toBe("");
  await call(() => document.querySelector("#a").stop());
  await expect(article.frames).toHaveCount(0);
  await call(() => document.querySelector("#a").setText("#".repeat(70_000)));
  expect((await article.events("error")).at(-1).detail.message).toContain("64 KiB");
});

test("attributes that change while it is live take effect, and so do properties", async ({ article }) => {
  await article.open(play("a") + figure("b"));
  await article.button("a", "Try it live").click();
  await article.inside("a");
  await article.page.evaluate(() => {
    const element = document.querySelector("#a");
    element.scenario = "or-logic";
    element.view = "yaml";
    element.predict = true;
  });
  await expect.poll(async () => (await article.inside("a")).url()).toMatch(/\?theme=light&view=yaml&predict=1#\/s\/or-logic$/);
  await article.page.evaluate(() => {
    document.querySelector("#a").link = "https://anywhere.example/#/s/same-ns";
    document.querySelector("#a").title = "Mine";
  });
  await expect.poll(async () => (await article.inside("a")).url()).toMatch(/#\/s\/same-ns$/);
  await expect(article.frames).toHaveAttribute("title", "Live NetworkPolicy: Mine");
  await article.button("b", "Try it live").click();
  await article.inside("b");
  await article.page.evaluate(() => (document.querySelector("#b").dataset.view = "table"));
  await expect.poll(async () => (await article.inside("b")).url()).toMatch(/view=table/);
  for (const bad of ["javascript:alert(1)", "#/p/1.<img>", "https://evil.example/", "#/s/x\u0000"]) {
    await article.page.evaluate((bad) => (document.querySelector("#a").link = bad), bad);
    await expect(article.page.locator("#a iframe")).toHaveCount(0);
    await expect(article.page.locator("#a")).toContainText("This link leads nowhere");
  }
});

test("a widget starts once it is seen, or at once, but takes no place from one that is in use", async ({ article }) => {
  const tall = `<div id="gap"></div>`;
  await article.open(
    `${play("a", 'scenario="eight" load="eager"')}${play("b", 'scenario="eight" load="eager"')}${play("c", 'scenario="eight" load="eager"')}${tall}${figure("d", POLICY, 'data-load="visible"')}`,
  );
  await expect(article.frames).toHaveCount(2);
  await expect(article.page.locator("#c iframe")).toHaveCount(0);
  await article.page.evaluate(() => (document.querySelector("#gap").style.height = "4000px"));
  await article.page.locator("#d").scrollIntoViewIfNeeded();
  await expect(article.page.locator("#d iframe")).toHaveCount(1);
  await expect(article.page.locator("#a iframe")).toHaveCount(0);
});

test("a frame that does not answer is given up, and what stood there comes back with a word", async ({ article }) => {
  await article.page.clock.install();
  await article.open(play("a", 'link="#/s/mute"'));
  await article.button("a", "Try it live").click();
  await article.inside("a");
  await expect(article.page.locator("#a")).toContainText("Loading");
  await article.page.clock.fastForward(15_100);
  await expect(article.frames).toHaveCount(0);
  await expect(article.page.getByText("Still there")).toBeVisible();
  await expect(article.page.locator("#a")).toContainText("does not answer");
  expect((await article.events("error"))[0].detail.message).toContain("does not answer");
  await expect(article.button("a", "Try it live")).toBeEnabled();
});

test("loading the script twice does no harm, and what is added later works", async ({ article }) => {
  await article.open(figure("a") + play("b"), { head: `<script type="module" src="EMBED/embed/1/netpol.js?again"></script>` });
  await expect(article.page.getByRole("button")).toHaveCount(2);
  await article.page.evaluate((text) => {
    const play = document.createElement("netpol-play");
    Object.assign(play, { id: "c", scenario: "deny-all" });
    const figure = document.createElement("figure");
    figure.id = "d";
    figure.dataset.netpol = "";
    figure.append(Object.assign(document.createElement("pre"), { textContent: text }));
    document.querySelector("main").append(play, figure);
  }, POLICY);
  for (const id of ["a", "b", "c", "d"]) {
    await article.button(id, "Try it live").click();
    await article.inside(id);
  }
  await expect(article.frames).toHaveCount(2);
  await article.page.evaluate(() => document.querySelector("#d").remove());
  await expect(article.frames).toHaveCount(1);
});

test("it can be used with the keyboard alone, and axe finds nothing", async ({ article }) => {
  const { page } = article;
  await article.open(figure("a") + play("b", 'scenario="and-trap" title="One dash"', ""), { headers: {} });
  await page.keyboard.press("Tab");
  await expect(article.button("a", "Try it live")).toBeFocused();
  await page.keyboard.press("Enter");
  await article.inside("a");
  await expect(article.button("a", "Close")).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(article.frames).toBeFocused();
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Space");
  await expect(article.frames).toHaveCount(0);
  const { width, height } = await article.button("a", "Try it live").boundingBox();
  expect(Math.min(width, height)).toBeGreaterThanOrEqual(24);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join()}`)).toEqual([]);
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("a block, its table and what stands in an element can be read", async ({ article }) => {
    await article.page.goto(article.host.page(figure("a") + play("b"), { embed: article.embed }));
    for (const text of ["kind: NetworkPolicy", "A table", "Still there"]) await expect(article.page.getByText(text)).toBeVisible();
  });
});
