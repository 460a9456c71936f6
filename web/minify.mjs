// Makes the built site's scripts and styles smaller, in place: node web/minify.mjs DIR
// Names are kept, so every address in the page stays right.
import { readdir, readFile, writeFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { transform } from "esbuild";

const directory = process.argv[2] ?? "dist";
const loaders = { ".js": "js", ".css": "css" };

for (const name of await readdir(directory)) {
  const loader = loaders[extname(name)];
  if (!loader) continue;
  const path = join(directory, name);
  const { code } = await transform(await readFile(path, "utf8"), {
    loader,
    minify: true,
    target: "es2022",
    legalComments: "none",
    ...(loader === "js" && name.startsWith("playground-") ? { format: "esm" } : {}),
  });
  await writeFile(path, code);
}
