// The widget in a frame, in the words of a reader, and somebody else's page around it.
import { crc32, deflateRawSync } from "node:zlib";

export const POLICY = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: from-a-link, namespace: ai-platform}
spec: {podSelector: {}}
`;

/** A link made without the page: raw deflate, which need not use the dictionary, and a checksum. */
export function linkTo(text) {
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(text));
  return `#/p/1.${deflateRawSync(text).toString("base64url")}.${check.toString("base64url")}`;
}

/** The widget in the words of a reader; `frame` is the page or the frame that it is in. */
export class Widget {
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
export async function host(page, baseURL, { address = "#/s/and-trap", sandbox, origin, hello = true } = {}) {
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
