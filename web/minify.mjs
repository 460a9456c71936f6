// Makes the built site smaller, in place: node web/minify.mjs DIR
// Every file with a hash in its name gets a new one, so that no cache holds a script beside another build's module.
import { createHash } from "node:crypto";
import { readdir, readFile, rename as move, writeFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { transform } from "esbuild";
import { rename } from "./rename.mjs";
import { shrink } from "./shrink.mjs";

const directory = process.argv[2] ?? "dist";
const at = (name) => join(directory, name);
const names = await readdir(directory);
const loaders = { ".js": "js", ".css": "css" };

const module = names.find((name) => extname(name) === ".wasm");
const script = module?.replace(/_bg\.wasm$/, ".js");
if (!module || !names.includes(script)) throw new Error(`${directory} holds no module with its script`);
const short = rename(Buffer.from(shrink(await readFile(at(module)))), await readFile(at(script), "utf8"));
await writeFile(at(module), short.wasm);
await writeFile(at(script), short.script);

for (const name of names) {
  const loader = loaders[extname(name)];
  if (!loader) continue;
  const { code } = await transform(await readFile(at(name), "utf8"), {
    loader,
    minify: true,
    target: "es2022",
    legalComments: "none",
    ...(name === script ? { format: "esm" } : {}),
  });
  await writeFile(at(name), code);
}

let html = await readFile(at("index.html"), "utf8");
for (const name of names) {
  const [, hash] = /-([0-9a-f]{16})[._]/.exec(name) ?? [];
  if (!hash) continue;
  const fresh = createHash("sha256").update(await readFile(at(name))).digest("hex").slice(0, hash.length);
  const renamed = name.replace(hash, fresh);
  await move(at(name), at(renamed));
  html = html.replaceAll(name, renamed);
}
await writeFile(at("index.html"), html);
