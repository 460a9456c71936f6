// The whole playground as one HTML file that runs from a disk, without a network: node web/single/build.mjs SITE FILE
// Takes a built site and puts its styles, scripts, modules and the page of the codes into one page. Its policy knows each
// script by its hash and lets the page ask nobody for anything.
import { createHash } from "node:crypto";
import { copyFile, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const [site, file] = process.argv.slice(2);
const names = await readdir(site);
const MODULES = ["playground", "engine"];

/**
 * A file of the site by what its name is without the hash.
 * @param {string} stem
 * @param {string} ending
 */
function named(stem, ending) {
  const found = names.filter((name) => name.startsWith(stem) && name.endsWith(ending) && /^(-[0-9a-f]{16})?$/.test(name.slice(stem.length, -ending.length)));
  if (found.length !== 1) throw new Error(`${found.length} files are called ${stem}…${ending} in ${site}`);
  return join(site, found[0]);
}
/** @type {(stem: string, ending: string) => Promise<string>} */
const text = (stem, ending) => readFile(named(stem, ending), "utf8");

/**
 * A file has no origin, and Firefox says so where the page wants the beginning of a link.
 * @param {string} script
 */
function withOrigin(script) {
  const parts = script.split(/([\w$]+)\.origin\b/);
  if (parts.length !== 3) throw new Error("the page reads an origin in other ways than the one known here");
  const [before, place, after] = parts;
  return `${before}(${place}.origin==="null"?"file://":${place}.origin)${after}`;
}

/** @type {import("esbuild").Plugin} */
const fromSite = {
  name: "the scripts of the site",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^netpol:/ }, ({ path }) => ({ path: path.slice("netpol:".length), namespace: "site" }));
    onLoad({ filter: /.*/, namespace: "site" }, async ({ path }) => {
      const contents = await text(path, ".js");
      return { contents: path === "playground" ? withOrigin(contents) : contents, loader: "js" };
    });
  },
};

async function script() {
  const entryPoints = [fileURLToPath(new URL("start.js", import.meta.url))];
  const { outputFiles } = await build({
    entryPoints,
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    legalComments: "none",
    plugins: [fromSite],
    write: false,
  });
  return outputFiles[0].text.trimEnd();
}

/** @param {string} name */
async function packed(name) {
  const bytes = gzipSync(await readFile(named(name, "_bg.wasm")), { level: 9 });
  return `<script type="application/gzip" id="packed-${name}">${bytes.toString("base64")}</script>`;
}

/** @param {string} content */
const sha256 = (content) => `'sha256-${createHash("sha256").update(content).digest("base64")}'`;
/** @type {(page: string, from: string, to: string) => string} */
const between = (page, from, to) => page.slice(page.indexOf(from), page.indexOf(to) + to.length);

const index = await readFile(join(site, "index.html"), "utf8");
const codes = await readFile(join(site, "codes.html"), "utf8");
const own = await readFile(new URL("single.css", import.meta.url), "utf8");
const styles = `${(await Promise.all(["style", "panels", "reading"].map((stem) => text(stem, ".css")))).join("")}${own}`;
const [theme, main] = [(await text("theme", ".js")).trimEnd(), await script()];
for (const part of [styles, theme, main]) if (/<!--|<\/?(script|style)/i.test(part)) throw new Error("a part would end before its end");
const picture = names.find((name) => /^icon-[0-9a-f]+\.svg$/.test(name)) ?? "icon.svg";
const icon = (await readFile(join(site, picture))).toString("base64");
const policy = [
  "default-src 'none'",
  `script-src ${sha256(theme)} ${sha256(main)} 'wasm-unsafe-eval'`,
  `style-src ${sha256(styles)}`,
  "img-src data:; connect-src 'none'; base-uri 'none'; form-action 'none'",
  "require-trusted-types-for 'script'; trusted-types 'none'",
].join("; ");

const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="referrer" content="no-referrer">
${between(index, "<title>", "</title>")}
<link rel="icon" href="data:image/svg+xml;base64,${icon}">
<script>${theme}</script>
<style>${styles}</style>
</head>
<body>
<div id="app"></div>
${between(index, '<div id="boot"', "</noscript>")}
</div>
<p class="of-file">This playground is one file and needs no network; everything is computed in it, nothing is uploaded. A link made here opens it where this file lies, and nowhere else; what follows the # in it opens any other playground.</p>
<dialog id="codes" class="codes" aria-label="What the problems mean"></dialog>
<template id="codes-text">${between(codes, "<main>", "</main>")}</template>
${(await Promise.all(MODULES.map(packed))).join("\n")}
<script type="module">${main}</script>
</body>
</html>
`;
await mkdir(dirname(file), { recursive: true });
await writeFile(file, page);
await copyFile(join(site, "licences.txt"), join(dirname(file), "licences.txt"));
console.log(`${file}: ${Buffer.byteLength(page)} bytes, ${gzipSync(page, { level: 9 }).length} in gzip`);
