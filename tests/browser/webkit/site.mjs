// dist/ as the other browsers get it, with an ear in each page: a first script that keeps in `heard` what goes wrong behind it.
// WebDriver has no way to run a script before a page's own. What was asked for is counted.
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { SUB_PATH, serve } from "../serve.mjs";

const DIST = fileURLToPath(new URL("../../../dist", import.meta.url));
const EAR = "/heard.js";
/** What a browser with a kept copy of the site would see is for offline.spec.mjs. */
const KEEPER = /\/sw\.js$/;

/** Runs in the page. */
function listen() {
  globalThis.heard = [];
  const note = (text) => globalThis.heard.push(text);
  addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI, sample }) => note(`violates ${effectiveDirective}: ${blockedURI} ${sample}`));
  addEventListener("error", ({ message, target }) => note(`error: ${message ?? target.src ?? target.href}`), true);
  addEventListener("unhandledrejection", ({ reason }) => note(`rejection: ${reason}`));
  for (const kind of ["error", "warn", "assert"]) {
    const said = console[kind];
    console[kind] = (...words) => {
      if (kind !== "assert" || !words[0]) note(`console ${kind}: ${words.join(" ")}`);
      said.apply(console, words);
    };
  }
}

/** Serves the site. What `withhold` matches is not found. */
export async function open() {
  const { url: inner, stop } = await serve(DIST);
  const articles = new Map();
  const site = { asked: [], withhold: undefined };
  const server = createServer(async ({ url }, response) => {
    site.asked.push(url);
    if (url === EAR) return response.writeHead(200, { "content-type": "text/javascript" }).end(`(${listen})()`);
    if (KEEPER.test(url) || site.withhold?.test(url)) return response.writeHead(404).end();
    if (articles.has(url)) return response.writeHead(200, { "content-type": "text/html" }).end(articles.get(url));
    const { status, headers, body } = await answer(new URL(url, inner));
    response.writeHead(status, headers).end(body);
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  const url = `http://127.0.0.1:${server.address().port}/`;
  return Object.assign(site, {
    url,
    folder: url.slice(0, -1) + SUB_PATH,
    /** Gives somebody's article with this in its body an address beside the site's pages. */
    article(body) {
      articles.set(
        `/article-${articles.size}.html`,
        `<!doctype html><html lang="en"><head><script src="${EAR}"></script><title>An article</title></head><body><h1>An article</h1>${body}</body></html>`,
      );
      return `${url}article-${articles.size - 1}.html`;
    },
    stop() {
      server.close();
      stop();
    },
  });
}

async function answer(url) {
  const response = await fetch(url);
  const headers = Object.fromEntries(response.headers);
  for (const name of ["content-length", "connection", "keep-alive", "transfer-encoding"]) delete headers[name];
  const isPage = headers["content-type"]?.startsWith("text/html");
  const body = isPage ? (await response.text()).replace("<head>", `<head><script src="${EAR}"></script>`) : Buffer.from(await response.arrayBuffer());
  return { status: response.status, headers, body };
}
