// Somebody's article on somebody's server: another origin, and another site, than the playground's. Tests write its body;
// EMBED in it stands for the place of the playground.
import { createServer } from "node:http";

/** What a careful author allows: scripts and frames of the playground, and nothing else at all. */
/** @param {string} origin */
export const strict = (origin) =>
  `default-src 'none'; script-src ${origin}; frame-src ${origin}; base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'`;

/** @type {(body: string, head: string) => string} */
const wrapped = (body, head) => `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>An article</title>${head}</head>
<body><main><h1>An article</h1>
${body}
</main></body>
</html>
`;

/** @typedef {{ head?: string, headers?: Record<string, string>, embed: string }} Around */

/**
 * Starts the server. `page` gives a body an address; `url` is where the server is.
 * @returns {Promise<{ url: string, page(body: string, around: Around): string, stop(): void }>}
 */
export function blog() {
  const pages = new Map();
  const server = createServer(({ url }, response) => {
    const { html, headers } = pages.get(url) ?? { html: "", headers: {} };
    response.writeHead(html ? 200 : 404, { "content-type": "text/html; charset=utf-8", "cache-control": "no-store", ...headers }).end(html);
  });
  return new Promise((started) => {
    server.listen(0, "127.0.0.1", () => {
      const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
      const url = `http://localhost:${port}`;
      /** @type {(body: string, around: Around) => string} */
      const page = (body, { head = "", headers = {}, embed }) => {
        const address = `/${pages.size}`;
        pages.set(address, { html: wrapped(body, head).replaceAll("EMBED/", embed), headers });
        return url + address;
      };
      started({ url, page, stop: () => server.close() });
    });
  });
}
