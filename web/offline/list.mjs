// Makes a finished site work without a network: node web/offline/list.mjs DIR
// Adds the manifest and its icons, and writes into sw.js which files the site has, each with a hash of what it holds.
// It comes last: what is changed after it is not of the build that the list names, and is never kept.
import { createHash } from "node:crypto";
import { copyFile, readdir, readFile, writeFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

const WORKER = "sw.js";
const MANIFEST = "manifest.webmanifest";
/** Read by some hosts, or never asked for by a page. */
const NOT_KEPT = [WORKER, "_headers"];

const directory = process.argv[2] ?? "dist";
/** @param {string} name */
const source = (name) => fileURLToPath(new URL(name, import.meta.url));
/** @param {string | Uint8Array} bytes */
const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex").slice(0, 16);

/** Under the name that the build gave the icon. */
async function addManifest() {
  const { icons, ...rest } = JSON.parse(await readFile(source(MANIFEST), "utf8"));
  const names = await readdir(directory);
  for (const icon of icons) {
    if (icon.src === "icon.svg") icon.src = names.find((name) => /^icon-[0-9a-f]+\.svg$/.test(name)) ?? icon.src;
    else await copyFile(source(icon.src), join(directory, icon.src));
  }
  await writeFile(join(directory, MANIFEST), JSON.stringify({ ...rest, icons }));
}

async function list() {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath ?? entry.path, entry.name));
  const names = paths.map((path) => relative(directory, path).split(sep).join("/")).filter((name) => !NOT_KEPT.includes(name));
  return Object.fromEntries(await Promise.all(names.sort().map(async (name) => [name, sha256(await readFile(join(directory, name)))])));
}

await addManifest();
const files = await list();
const build = { version: sha256(JSON.stringify(files)), files };
const worker = join(directory, WORKER);
const [first, ...rest] = (await readFile(worker, "utf8")).split("\n");
const code = first.startsWith("globalThis.BUILD=") ? rest : [first, ...rest];
await writeFile(worker, [`globalThis.BUILD=${JSON.stringify(build)};`, ...code].join("\n"));
