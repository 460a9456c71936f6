// What a browser fetches for the editor, after the page works, in brotli 11: node web/bench/editor-size.mjs [DIR]
// Fails above the budget, and where index.html names no editor.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

const BUDGET = 130_000;

const directory = process.argv[2] ?? "dist";
const html = readFileSync(join(directory, "index.html"), "utf8");
const [, file] = /<meta name="editor" content="\.\/([^"]+)">/.exec(html) ?? [];
if (!file) throw new Error(`${directory}/index.html names no editor`);
const bytes = readFileSync(join(directory, file));
const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
const brotli = brotliCompressSync(bytes, { params }).length;
console.log(`${"editor, after the first table".padEnd(40)} ${String(bytes.length).padStart(9)} ${String(brotli).padStart(9)}`);
console.log(`${Math.abs(BUDGET - brotli)} bytes ${brotli <= BUDGET ? "below" : "ABOVE"} the budget of ${BUDGET}`);
if (brotli > BUDGET) process.exitCode = 1;
