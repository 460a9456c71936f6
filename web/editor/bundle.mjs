// Bundles the editor into a built site: node web/editor/bundle.mjs DIR
// Its file gets a hash of what it holds into its name, and index.html a line that names it, for web/boot.js to fetch it
// after the first table.
import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const directory = process.argv[2] ?? "dist";
const built = await build({
  entryPoints: [fileURLToPath(new URL("main.js", import.meta.url))],
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  legalComments: "none",
  write: false,
});
const code = built.outputFiles[0].contents;
const name = `editor-${createHash("sha256").update(code).digest("hex").slice(0, 16)}.js`;
await writeFile(join(directory, name), code);

const page = join(directory, "index.html");
const html = await readFile(page, "utf8");
await writeFile(page, html.replace("</head>", `<meta name="editor" content="./${name}">\n</head>`));
