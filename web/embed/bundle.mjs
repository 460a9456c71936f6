// Bundles the script for articles into a built site: node web/embed/bundle.mjs DIR
// It becomes DIR/embed/1/netpol.js and keeps that name for ever, so it is no file of minify.mjs, which names by content.
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

await build({
  entryPoints: [fileURLToPath(new URL("1/netpol.js", import.meta.url))],
  outfile: join(process.argv[2] ?? "dist", "embed/1/netpol.js"),
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  legalComments: "none",
});
