// An article with widgets, in the words of its reader.
import { readFileSync } from "node:fs";
import { inflateRawSync } from "node:zlib";
import { test as base, expect } from "../fixtures.mjs";
import { blog, strict } from "./article.mjs";

export { expect };

const file = (name) => readFileSync(new URL(name, import.meta.url), "utf8");
export const SCRIPT = `<script type="module" src="EMBED/embed/1/netpol.js"></script>`;

/** Runs in every page before anything else: what happened there that a test may ask for. */
function listen() {
  globalThis.events = [];
  globalThis.violations = [];
  for (const type of ["ready", "result", "solved", "error"]) {
    addEventListener(`netpol-${type}`, ({ target, detail }) => globalThis.events.push({ type, on: target.id, detail }));
  }
  addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => globalThis.violations.push(`${violatedDirective} ${blockedURI}`));
}

class Article {
  constructor(page, host, embed) {
    Object.assign(this, { page, host, embed });
    this.frames = page.locator("iframe");
  }

  /** Opens an article under the strictest policy that lets the widgets work, or under `headers`. */
  async open(body, { head = "", headers = { "content-security-policy": strict(new URL(this.embed).origin) } } = {}) {
    await this.page.goto(this.host.page(body + SCRIPT, { head, headers, embed: this.embed }));
    await this.page.waitForFunction(() => customElements.get("netpol-play"));
  }

  /** The button of the bar of one widget. */
  button(id, label) {
    const bar = this.page.locator(`#${id}`).locator("xpath=.|./preceding-sibling::div[1]");
    return bar.getByRole("button", { name: new RegExp(`^${label}`) });
  }

  /** The document in the frame of one widget, once it is there. */
  async inside(id) {
    const handle = await this.page.locator(`#${id} iframe`).elementHandle();
    const frame = await handle.contentFrame();
    await frame.waitForURL(/embed\.html/);
    return frame;
  }

  events(type) {
    return this.page.evaluate((type) => globalThis.events.filter((event) => event.type === type), type);
  }

  violations() {
    return this.page.evaluate(() => globalThis.violations);
  }
}

export const test = base.extend({
  /** "real": the playground's own frame. "stub": one that does what a test says. */
  frame: ["real", { option: true }],

  article: async ({ page, context, baseURL, faults, frame }, use) => {
    const host = await blog();
    // the article itself; and a frame that is taken down leaves requests behind
    faults.expect(new RegExp(`^left the origin: ${host.url}`), /^failed: .*net::ERR_ABORTED/);
    await context.addInitScript(listen);
    if (frame === "stub") {
      await context.route("**/embed.html*", (route) => route.fulfill({ contentType: "text/html", body: file("stub.html") }));
      await context.route("**/stub.js", (route) => route.fulfill({ contentType: "text/javascript", body: file("stub.js") }));
    }
    await use(new Article(page, host, baseURL));
    host.stop();
  },
});

/** The content of a link, as the playground reads it: the policies, then fields parted by a byte that is no UTF-8. */
export function contentOf(fragment) {
  const [, payload] = /^#\/p\/1\.([\w-]+)\.[\w-]{6}$/.exec(fragment);
  return inflateRawSync(Buffer.from(payload, "base64url")).toString("latin1");
}
