// Makes the built site smaller, in place: node web/minify.mjs DIR
// Every script, style and module gets a hash of what it holds at last into its name, so that no cache holds a script
// beside another build's module. The scripts that index.html names by hand keep theirs.
import { createHash } from "node:crypto";
import { rename as move, readdir, readFile, writeFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { transform } from "esbuild";
import { rename } from "./rename.mjs";
import { shrink } from "./shrink.mjs";

const directory = process.argv[2] ?? "dist";
/** @param {string} name */
const at = (name) => join(directory, name);
const names = await readdir(directory);
/** @type {Record<string, "js" | "css">} */
const loaders = { ".js": "js", ".css": "css" };
const ENDING = "_bg.wasm";

const programs = names.filter((name) => name.endsWith(ENDING)).map((name) => name.slice(0, -ENDING.length));
for (const program of programs) {
  const [wasm, script] = [program + ENDING, `${program}.js`];
  const short = rename(Buffer.from(shrink(await readFile(at(wasm)))), await readFile(at(script), "utf8"));
  await writeFile(at(wasm), short.wasm);
  await writeFile(at(script), short.script);
}

for (const name of names) {
  const loader = loaders[extname(name)];
  if (!loader) continue;
  const { code } = await transform(await readFile(at(name), "utf8"), {
    loader,
    minify: true,
    target: "es2022",
    legalComments: "none",
    define: { "globalThis.IS_BUILT": "true" },
    ...(programs.includes(name.slice(0, -3)) ? { format: "esm" } : {}),
  });
  await writeFile(at(name), code);
}

const pages = names.filter((name) => extname(name) === ".html");
/** @type {Map<string, string>} */
const html = new Map();
for (const page of pages) html.set(page, await readFile(at(page), "utf8"));
for (const old of [...programs, ...names.filter((name) => name.endsWith(".css"))]) {
  const parts = programs.includes(old) ? [".js", ENDING] : [".css"];
  const stem = old.replace(/\.css$/, "");
  const hash = createHash("sha256");
  for (const part of parts) hash.update(await readFile(at(stem + part)));
  // Trunk drops zeros that a hash begins with
  const fresh = `${stem.replace(/-[0-9a-f]{8,16}$/, "")}-${hash.digest("hex").slice(0, 16)}`;
  for (const part of parts) {
    await move(at(stem + part), at(fresh + part));
    for (const [page, text] of html) html.set(page, text.replaceAll(`./${stem}${part}`, `./${fresh}${part}`));
  }
}
for (const [page, text] of html) await writeFile(at(page), text);
