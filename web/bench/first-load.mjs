// What a browser fetches before the page works, in brotli 11: node web/bench/first-load.mjs [DIR] [PAGE]
// PAGE is index.html or, for the widget in a frame, embed.html. Fails above the page's budget. Icons, the engine (which has a
// budget of its own) and what is loaded after the first table are not part of it.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

/** @type {Record<string, { budget: number, aim: number }>} */
const BUDGETS = {
  "index.html": { budget: 138_000, aim: 120_000 },
  "embed.html": { budget: 122_000, aim: 100_000 },
};
/** The engine, which page and widget share: fetched beside the page, and not waited for by what stands in index.html. */
const ENGINE = { budget: 410_000, aim: 260_000 };

const [directory = "dist", page = "index.html"] = process.argv.slice(2);
const { budget: BUDGET, aim: AIM } = BUDGETS[page];
const html = readFileSync(join(directory, page), "utf8");
const named = [...html.matchAll(/\s(?:href|src|data-js|data-wasm)="([^"]+\.(?:css|js|wasm))"/g)];
const files = [page, ...new Set(named.map(([, address]) => address.replace(/^\.\//, "")))];

/** @param {string} file */
const weighed = (file) => {
  const bytes = readFileSync(join(directory, file));
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  return { file, raw: bytes.length, brotli: brotliCompressSync(bytes, { params }).length };
};
const rows = files.map(weighed);
const later = readdirSync(directory)
  .filter((file) => /\.(js|wasm|css)$/.test(file) && !files.includes(file))
  .map(weighed);
/** @param {"raw" | "brotli"} key */
const sum = (key) => rows.reduce((total, row) => total + row[key], 0);
const total = sum("brotli");

/** @type {(file: string, raw: number | string, brotli: number | string) => void} */
const line = (file, raw, brotli) => console.log(file.padEnd(40), String(raw).padStart(9), String(brotli).padStart(9));
line(`first load of ${page}`, "raw", "brotli");
for (const { file, raw, brotli } of rows) line(file, raw, brotli);
line("total", sum("raw"), total);
if (page === "index.html") for (const { file, raw, brotli } of later) line(`later: ${file}`, raw, brotli);

const engine = later.filter(({ file }) => /^(engine-|worker\.js)/.test(file)).reduce((total, { brotli }) => total + brotli, 0);

/** @type {(goal: number, bytes: number) => string} */
const distance = (goal, bytes) => `${Math.abs(goal - bytes)} bytes ${bytes <= goal ? "below" : "ABOVE"}`;
console.log(`${distance(BUDGET, total)} the budget of ${BUDGET}, ${distance(AIM, total)} the aim of ${AIM}`);
console.log(`engine: ${engine}, ${distance(ENGINE.budget, engine)} the budget of ${ENGINE.budget}, ${distance(ENGINE.aim, engine)} the aim of ${ENGINE.aim}`);
for (const kind of [".css", ".js", ".wasm"]) {
  if (!files.some((file) => file.endsWith(kind))) {
    console.error(`${page} names no ${kind} file, so this is not the whole page`);
    process.exitCode = 1;
  }
}
if (total > BUDGET || engine > ENGINE.budget || engine === 0) process.exitCode = 1;
