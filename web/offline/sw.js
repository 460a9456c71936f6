// The service worker: keeps the files of one build together, so that the page works without a network and never meets
// another build's module. web/offline/list.mjs writes the list of files above it. Without a list, as a server for
// development hands it out, it takes itself and its caches away.
/** @import { Build, ToServiceWorker } from "../messages.d.ts" */

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const build = globalThis.BUILD;
const { scope } = worker.registration;
/** Of this folder only: an origin may hold several playgrounds, and caches of somebody else's. */
const OURS = `netpol-offline:${scope}:`;
const cacheName = OURS + build?.version;
/** What a file is. Nothing else of a kept answer is taken over: its header fields are not in the list. */
/** @type {Record<string, string>} */
const TYPES = {
  css: "text/css",
  html: "text/html; charset=utf-8",
  js: "text/javascript",
  png: "image/png",
  svg: "image/svg+xml",
  txt: "text/plain; charset=utf-8",
  wasm: "application/wasm",
  webmanifest: "application/manifest+json",
};
/** Other people's pages are promised the newest of these. */
/** @param {string} name */
const isPromisedFresh = (name) => name.startsWith("embed/1/");

worker.addEventListener("install", (event) => {
  event.waitUntil(build ? fill(build) : worker.skipWaiting());
});

worker.addEventListener("activate", (event) => {
  event.waitUntil(build ? takeOver() : leave());
});

worker.addEventListener("message", (event) => {
  if (/** @type {ToServiceWorker} */ (event.data) === "netpol:take-over") worker.skipWaiting();
});

worker.addEventListener("fetch", (event) => {
  const name = build && nameOf(build, event.request);
  if (name) event.respondWith(answer(build, name, event.request));
});

/**
 * The file of this build that a request is for; undefined where it is none, and then the request goes its own way.
 * @param {Build} build
 * @param {Request} request
 */
function nameOf({ files }, { method, url }) {
  if (method !== "GET" || !url.startsWith(scope)) return undefined;
  const { pathname, search } = new URL(url);
  const path = pathname.slice(new URL(scope).pathname.length);
  const name = path === "" || path.endsWith("/") ? `${path}index.html` : path;
  // what follows the ? says how a page looks, and nothing about a file
  if (search && !name.endsWith(".html")) return undefined;
  return Object.hasOwn(files, name) ? name : undefined;
}

/**
 * @param {Build} build
 * @param {string} name
 * @param {Request} request
 */
async function answer(build, name, request) {
  if (isPromisedFresh(name)) {
    try {
      const fresh = await fetch(request);
      if (fresh.ok) return fresh;
    } catch {
      // no network: the one that is kept will do
    }
  }
  return (await kept(build, name)) ?? fetch(request);
}

/**
 * What is kept of a file, as far as it is what the list says: any other folder of the same origin can write into this cache.
 * What is not is fetched once more; where that cannot be, there is nothing.
 * @param {Build} build
 * @param {string} name
 */
async function kept({ files }, name) {
  const hash = files[name];
  for (const way of [() => {}, async () => keep(await caches.open(cacheName), name, hash, [])]) {
    try {
      await way();
    } catch {
      return undefined;
    }
    const response = await caches.match(addressOf(name), { cacheName });
    if (!response) return undefined;
    const bytes = await response.arrayBuffer();
    if ((await digest(bytes)) === hash) return plain(response, bytes, name);
  }
  return undefined;
}

/**
 * A folder's page goes by the folder's name, as some hosts send everybody there who asks for its index.html.
 * @param {string} name
 */
const addressOf = (name) => new URL(name.replace(/(^|\/)index\.html$/, "$1"), scope).href;

/**
 * All files or none: where one is not as the list says, the worker that is there stays.
 * @param {Build} build
 */
async function fill({ files }) {
  const earlier = await ourCaches();
  const cache = await caches.open(cacheName);
  try {
    await Promise.all(Object.entries(files).map(([name, hash]) => keep(cache, name, hash, earlier)));
  } catch (cause) {
    await caches.delete(cacheName);
    throw cause;
  }
}

/**
 * From an earlier build, from what the browser has anyway, or else from the server, in this order.
 * @param {Cache} cache
 * @param {string} name
 * @param {string} hash
 * @param {string[]} earlier - names of caches
 */
async function keep(cache, name, hash, earlier) {
  const address = addressOf(name);
  const ways = [
    ...earlier.map((cacheName) => () => caches.match(address, { cacheName })),
    () => fetch(address, { cache: "force-cache" }),
    () => fetch(address, { cache: "reload" }),
  ];
  for (const way of ways) {
    const response = await way();
    if (!response?.ok) continue;
    const bytes = await response.arrayBuffer();
    if ((await digest(bytes)) === hash) return cache.put(address, plain(response, bytes, name));
  }
  throw new Error(`${name} is not of this build`);
}

/**
 * The same bytes, without the way that they took: a page that was reached by a redirect cannot be shown from a cache.
 * @param {Response} response
 * @param {ArrayBuffer} bytes
 * @param {string} name
 */
function plain(response, bytes, name) {
  const headers = new Headers({ "content-type": TYPES[name.split(".").pop() ?? ""] ?? "application/octet-stream" });
  const policy = response.headers.get("permissions-policy");
  if (policy) headers.set("permissions-policy", policy);
  return new Response(bytes, { headers });
}

/** @param {ArrayBuffer} bytes */
async function digest(bytes) {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(hash.subarray(0, 8), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function ourCaches() {
  return (await caches.keys()).filter((name) => name.startsWith(OURS) && name !== cacheName);
}

async function forgetOthers() {
  await Promise.all((await ourCaches()).map((name) => caches.delete(name)));
}

async function takeOver() {
  await forgetOthers();
  await worker.clients.claim();
}

async function leave() {
  await forgetOthers();
  await worker.registration.unregister();
}
