// Static server for the built site: node tests/browser/serve.mjs [DIR] [PORT]
// Serves the folder at / and, to prove that it can be moved anywhere, at SUB_PATH. Port 0 takes a free one.
// It is strict where a real host may be lenient: exact types, no caching, no fallback page. The site's own file _headers
// is obeyed, so that the page is proven to work under it.

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, resolve, sep } from "node:path";
import { pathToFileURL } from "node:url";

/** @import { IncomingMessage, ServerResponse } from "node:http" */
/** @import { AddressInfo } from "node:net" */

export const SUB_PATH = "/some/sub/path/";

/** @type {Record<string, string>} */
const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".mjs": "text/javascript; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
  ".woff2": "font/woff2",
  ".yaml": "text/yaml; charset=utf-8",
};

/**
 * Starts serving; resolves to the address of / and a function that stops it.
 * @param {string} directory
 * @param {number} [port]
 * @returns {Promise<{ url: string, stop(): void }>}
 */
export function serve(directory, port = 0) {
  const root = resolve(directory);
  const server = createServer((request, response) => answer(root, request, response));
  return new Promise((started, failed) => {
    server.once("error", failed);
    server.listen(port, "127.0.0.1", () => {
      const { port } = /** @type {AddressInfo} */ (server.address());
      const url = `http://127.0.0.1:${port}/`;
      started({ url, stop: () => server.close() });
    });
  });
}

/**
 * @param {string} root
 * @param {IncomingMessage} request
 * @param {ServerResponse} response
 */
async function answer(root, request, response) {
  const file = fileFor(root, request.url ?? "");
  for (const [name, value] of await headersFor(root, file)) response.setHeader(name, value);
  response.setHeader("cache-control", "no-store");
  if (!file) return response.writeHead(404).end();
  try {
    const body = await readFile(file);
    response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "application/octet-stream" }).end(body);
  } catch {
    response.writeHead(404, { "content-type": TYPES[".txt"] }).end(`no such file: ${request.url}\n`);
  }
}

/**
 * What _headers says of a file: lines without indentation name files, those below them the headers.
 * @param {string} root
 * @param {string | undefined} file
 */
async function headersFor(root, file) {
  const rules = await readFile(join(root, "_headers"), "utf8").catch(() => "");
  const headers = [];
  /** @type {boolean | undefined} */
  let applies = false;
  for (const line of rules.split("\n").filter((line) => line.trim() && !line.startsWith("#"))) {
    if (line.startsWith("/")) applies = line.endsWith("*") ? file?.startsWith(join(root, line.slice(0, -1))) : file === join(root, line);
    else if (applies) headers.push(line.trim().split(/:\s*(.*)/));
  }
  return headers;
}

/**
 * The file behind an address, or undefined where the address leaves the folder or is malformed.
 * @param {string} root
 * @param {string} address
 */
function fileFor(root, address) {
  try {
    let path = decodeURIComponent(new URL(address, "http://localhost").pathname);
    if (path.startsWith(SUB_PATH)) path = path.slice(SUB_PATH.length - 1);
    const file = join(root, path.endsWith("/") ? `${path}index.html` : path);
    return file.startsWith(root + sep) ? file : undefined;
  } catch {
    return undefined;
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const [directory = "dist", port = "0"] = process.argv.slice(2);
  const { url } = await serve(directory, Number(port));
  console.log(`serving ${directory} at ${url} and at ${url.slice(0, -1)}${SUB_PATH}`);
}
