// Bundles the script for articles into a built site: node web/embed/bundle.mjs DIR
// It becomes DIR/embed/1/netpol.js, instead of the parts that it is written in, and keeps that name for ever: it is no file
// of minify.mjs, which names by content.
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const place = join(process.argv[2] ?? "dist", "embed/1");
await rm(place, { recursive: true, force: true });
await build({
  entryPoints: [fileURLToPath(new URL("1/netpol.js", import.meta.url))],
  outfile: join(place, "netpol.js"),
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  legalComments: "none",
});
