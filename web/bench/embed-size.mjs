// What the script for articles weighs, in brotli 11: node web/bench/embed-size.mjs [DIR]. Fails above the budget: this is
// all that a page pays for twelve widgets that nobody has started.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

const BUDGET = 8_192;

const bytes = readFileSync(join(process.argv[2] ?? "dist", "embed/1/netpol.js"));
const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
const brotli = brotliCompressSync(bytes, { params }).length;
console.log(`${"embed/1/netpol.js, before any widget".padEnd(40)} ${String(bytes.length).padStart(9)} ${String(brotli).padStart(9)}`);
console.log(`${Math.abs(BUDGET - brotli)} bytes ${brotli <= BUDGET ? "below" : "ABOVE"} the budget of ${BUDGET}`);
if (brotli > BUDGET) process.exitCode = 1;
