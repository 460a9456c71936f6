// Short names for what a WebAssembly module and its script call each other. wasm-bindgen's are long, and each holds
// sixteen hexadecimal digits, which no compression makes shorter. Saves 4.0 kB of the page and of the widget each, and costs
// the engine 0.1 (brotli 11, 1 December 2026); the price is this file.

/** A place in a section. @typedef {{ body: Buffer, at: number }} Cursor */
/** An entry of a section, cut around its name. @typedef {{ before: Buffer, name: string, after: Buffer }} Entry */

const IMPORTS = 2;
const EXPORTS = 7;
const LONG = /^(?:__wb|wasm_bindgen__)\w+$/;
const HEADER = 8;

/**
 * The module and the script with short names in both.
 * @param {Buffer} wasm
 * @param {string} script
 */
export function rename(wasm, script) {
  /** @type {Map<string, string>} */
  const names = new Map();
  const rewritten = sections(wasm).map(({ id, body }) => {
    if (id === IMPORTS) return section(id, renameIn(body, readImport, names, "i"));
    if (id === EXPORTS) return section(id, renameIn(body, readExport, names, "e"));
    return section(id, body);
  });
  const renamed = script.replace(/(?<![\w$])(?:__wb|wasm_bindgen__)\w+/g, (name) => names.get(name) ?? name);
  return { wasm: Buffer.concat([wasm.subarray(0, HEADER), ...rewritten]), script: renamed };
}

/**
 * Copies the entries of a section; what `read` says is a name is exchanged for a short one.
 * @param {Buffer} body
 * @param {(cursor: Cursor) => Entry} read
 * @param {Map<string, string>} names
 * @param {string} letter
 */
function renameIn(body, read, names, letter) {
  const cursor = { body, at: 0 };
  const count = number(cursor);
  /** @type {Buffer[]} */
  const parts = [encoded(count)];
  for (let entry = 0; entry < count; entry += 1) {
    const { before, name, after } = read(cursor);
    if (LONG.test(name) && !names.has(name)) names.set(name, `${letter}${names.size.toString(36)}`);
    parts.push(before, text(names.get(name) ?? name), after);
  }
  return Buffer.concat(parts);
}

/**
 * @param {Cursor} cursor
 * @returns {Entry}
 */
function readImport(cursor) {
  const from = string(cursor);
  const name = string(cursor);
  const start = cursor.at;
  const kind = cursor.body[cursor.at++];
  if (kind !== 0) throw new Error(`${name} is imported and not a function: teach rename.mjs that kind (${kind})`);
  number(cursor);
  return { before: text(from), name, after: cursor.body.subarray(start, cursor.at) };
}

/**
 * @param {Cursor} cursor
 * @returns {Entry}
 */
function readExport(cursor) {
  const name = string(cursor);
  const start = cursor.at;
  cursor.at += 1;
  number(cursor);
  return { before: Buffer.alloc(0), name, after: cursor.body.subarray(start, cursor.at) };
}

/** @param {Buffer} wasm */
function sections(wasm) {
  const cursor = { body: wasm, at: HEADER };
  const all = [];
  while (cursor.at < wasm.length) {
    const id = wasm[cursor.at++];
    const length = number(cursor);
    all.push({ id, body: wasm.subarray(cursor.at, cursor.at + length) });
    cursor.at += length;
  }
  return all;
}

/** @type {(id: number, body: Buffer) => Buffer} */
const section = (id, body) => Buffer.concat([Buffer.from([id]), encoded(body.length), body]);
/** @param {string} string */
const text = (string) => Buffer.concat([encoded(Buffer.byteLength(string)), Buffer.from(string)]);

/** @param {Cursor} cursor */
function string(cursor) {
  const length = number(cursor);
  cursor.at += length;
  return cursor.body.toString("utf8", cursor.at - length, cursor.at);
}

/**
 * An unsigned LEB128 number.
 * @param {Cursor} cursor
 */
function number(cursor) {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = cursor.body[cursor.at++];
    value += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) return value;
  }
}

/** @param {number} value */
function encoded(value) {
  const bytes = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Buffer.from([...bytes, rest]);
    bytes.push((rest % 128) | 0x80);
  }
}
