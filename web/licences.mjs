// Writes the licences of all that a built site holds into it: node web/licences.mjs DIR
// MIT, Apache and BSD ask that their texts and the names of the authors go along. What is only needed to build or to test is
// not of the site, and not of the list.
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const directory = process.argv[2] ?? "dist";
/** @typedef {{ name: string, license?: string, authors: string[], texts: string[] }} Licensed */
/** What is read of the answer of `cargo metadata`. @typedef {object} Metadata
 * @property {{ id: string, name: string, version: string, license?: string, authors: string[], source: string | null, manifest_path: string, targets: { kind: string[] }[] }[]} packages
 * @property {{ nodes: { id: string, deps: { pkg: string, dep_kinds: { kind: string | null }[] }[] }[] }} resolve
 */

/** @param {string} path */
const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
/** The packages of this workspace that are modules of the site. */
const MODULES = ["playground", "engine"];
const NOTICES = /^(licen[cs]e|copying|notice|copyright)/i;

/**
 * The texts that lie in the folder of a package.
 * @param {string} folder
 */
function notices(folder) {
  const names = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile() && NOTICES.test(entry.name));
  return names.map(({ name }) => readFileSync(join(folder, name), "utf8").replaceAll("\r\n", "\n").trim());
}

/**
 * The crates that are compiled into the modules of the site; macros and build scripts run before.
 * @returns {Licensed[]}
 */
function crates() {
  const words = ["metadata", "--format-version", "1", "--locked", "--filter-platform", "wasm32-unknown-unknown"];
  const written = execFileSync("cargo", words, { cwd: at(""), maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "ignore"], encoding: "utf8" });
  const { packages, resolve } = /** @type {Metadata} */ (JSON.parse(written));
  const known = new Map(packages.map((one) => [one.id, one]));
  const needs = new Map(resolve.nodes.map(({ id, deps }) => [id, deps.filter(({ dep_kinds: kinds }) => kinds.some(({ kind }) => kind === null))]));
  const found = new Set();
  const ahead = packages.filter(({ name }) => MODULES.includes(name)).map(({ id }) => id);
  for (const id of ahead) {
    const isMacro = known.get(id)?.targets.some(({ kind }) => kind.includes("proc-macro"));
    if (found.has(id) || isMacro) continue;
    found.add(id);
    ahead.push(...(needs.get(id) ?? []).map(({ pkg }) => pkg));
  }
  const theirs = packages.filter(({ id, source }) => found.has(id) && source);
  return theirs.map(({ name, version, license, authors, manifest_path: path }) => ({
    name: `${name} ${version}`,
    license,
    authors,
    texts: notices(dirname(path)),
  }));
}

/**
 * The packages that the bundle of the editor takes files from.
 * @returns {Promise<Licensed[]>}
 */
async function packages() {
  const { metafile } = await build({ entryPoints: [at("web/editor/main.js")], bundle: true, write: false, metafile: true, absWorkingDir: at("") });
  const folders = Object.keys(metafile.inputs).map((path) => /^node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0]);
  return [...new Set(folders.filter((folder) => folder !== undefined))].map((folder) => {
    const { name, version, license, author } = JSON.parse(readFileSync(at(`${folder}/package.json`), "utf8"));
    const authors = [typeof author === "string" ? author : author?.name].filter(Boolean);
    return { name: `${name} ${version}`, license, authors, texts: notices(at(folder)) };
  });
}

const all = [...crates(), ...(await packages())].sort((a, b) => (a.name < b.name ? -1 : 1));
const nameless = all.filter(({ license, texts }) => !license && texts.length === 0);
if (nameless.length > 0) throw new Error(`no licence is known of ${nameless.map(({ name }) => name).join(", ")}`);

/**
 * Each text once, with those whose it is.
 * @type {Map<string, string[]>}
 */
const whose = new Map();
for (const { name, texts } of all) for (const text of texts) whose.set(text, [...(whose.get(text) ?? []), name]);

const line = "=".repeat(80);
/** @param {Licensed} one */
const by = ({ name, license, authors }) => `${name}: ${license ?? "see below"}${authors.length > 0 ? `, by ${authors.join(", ")}` : ""}`;
const own = ["LICENSE-MIT", "LICENSE-APACHE"].map((name) => readFileSync(at(name), "utf8").trim());
const parts = [
  `NetworkPolicy Playground: MIT OR Apache-2.0. It holds code of the Rust standard library (MIT OR Apache-2.0, by the Rust Project
Developers) and of these ${all.length} packages. Their texts follow; where one brought none, those of this project hold the words of its licence.`,
  all.map(by).join("\n"),
  ...own.map((text) => `${line}\nNetworkPolicy Playground\n\n${text}`),
  ...[...whose].map(([text, names]) => `${line}\n${names.join(", ")}\n\n${text}`),
];
await writeFile(join(directory, "licences.txt"), `${parts.join("\n\n")}\n`);
