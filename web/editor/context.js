// Where in an object a place is: the keys above it, read off the indentation line by line, so that a text that is half
// typed, and no YAML yet, has places all the same.

/** @import { EditorState, Text } from "@codemirror/state" */

/**
 * What is being typed, and where it is: `path` to the map or list around it, `key` where it is that key's value, `word` as far
 * as it goes and where it begins; its line with the dashes in front and the column behind them, and whether it is between
 * brackets.
 * @typedef {object} Place
 * @property {number} line
 * @property {number} dashes
 * @property {number} column
 * @property {string[]} path
 * @property {string} [key]
 * @property {string} word
 * @property {number} from
 * @property {boolean} [isFlow]
 */

/**
 * `- ` in front, the key, and where its value begins. Columns count from 0.
 * @param {string} text
 */
export function readLine(text) {
  const dashes = [];
  let at = text.search(/\S|$/);
  while (text[at] === "-" && /\s|^$/.test(text[at + 1] ?? "")) {
    dashes.push(at);
    at += 1 + text.slice(at + 1).search(/\S|$/);
  }
  const rest = text.slice(at);
  const [, key] = /^("[^"]*"|'[^']*'|[^\s#[\]{},"'&*!|>%@`][^#{}[\],]*?)\s*:(?=\s|$)/.exec(rest) ?? [];
  const colon = key === undefined ? -1 : at + rest.indexOf(":", key.length);
  return { dashes, column: at, key: key && bare(key), valueAt: colon + 1, rest };
}

/** @param {string} word */
const bare = (word) => word.replace(/^["']|["']$/g, "");
/** @param {string} text */
const isNothing = (text) => /^\s*(#.*)?$/.test(text);
/** @param {string} text */
const isBorder = (text) => /^(---|\.\.\.)(\s|$)/.test(text);

/**
 * The path to what stands at `column` of a line: keys, and `-` for an item of a list. What stands there itself is not
 * part of it, unless `column` lies behind its key.
 * @param {Text} doc
 * @param {number} number
 * @param {number} column
 */
export function pathTo(doc, number, column) {
  /** @type {string[]} */
  const path = [];
  let [keys, dashes] = [column, column];
  for (let at = number; at >= 1 && keys > 0; at -= 1) {
    const { text } = doc.line(at);
    if (at !== number && isBorder(text)) break;
    if (isNothing(text) && at !== number) continue;
    const line = readLine(text);
    if (line.key !== undefined && line.column < keys) {
      path.unshift(line.key);
      [keys, dashes] = [line.column, line.column];
    }
    for (const dash of line.dashes.toReversed()) {
      if (dash >= dashes) continue;
      path.unshift("-");
      // a list may begin in the column of its own key
      [keys, dashes] = [dash + 1, dash];
    }
  }
  return path;
}

/**
 * The value of a key on top of the object that the line belongs to.
 * @param {Text} doc
 * @param {number} number
 * @param {string} key
 */
export function topValue(doc, number, key) {
  /** @type {(from: number, step: number) => string | undefined} */
  const look = (from, step) => {
    for (let at = from; at >= 1 && at <= doc.lines; at += step) {
      const { text } = doc.line(at);
      if (isBorder(text)) return undefined;
      const line = readLine(text);
      if (line.column === 0 && line.key === key) return bare(text.slice(line.valueAt).replace(/\s#.*/, "").trim());
    }
    return undefined;
  };
  return look(number, -1) ?? look(number + 1, 1);
}

/**
 * The value of another key of the map that a line's key at `column` is in.
 * @param {Text} doc
 * @param {number} number
 * @param {number} column
 * @param {string} key
 */
export function sibling(doc, number, column, key) {
  /** @type {(from: number, step: number) => string | undefined} */
  const look = (from, step) => {
    for (let at = from; at >= 1 && at <= doc.lines; at += step) {
      const { text } = doc.line(at);
      if (isNothing(text)) continue;
      const line = readLine(text);
      if (isBorder(text) || line.column < column) return undefined;
      if (line.column === column && line.key === key) return bare(text.slice(line.valueAt).replace(/\s#.*/, "").trim());
      // the item begins at this dash, whatever is further up is another one
      if (line.column === column && line.dashes.length && step < 0) return undefined;
      if (line.column === column && line.dashes.length && step > 0) return undefined;
    }
    return undefined;
  };
  return look(number, -1) ?? look(number + 1, 1);
}

/**
 * What is being typed at `pos`. Undefined in comments and quotes.
 * @param {EditorState} state
 * @param {number} pos
 * @returns {Place | undefined}
 */
export function placeAt(state, pos) {
  const { doc } = state;
  const line = doc.lineAt(pos);
  const before = line.text.slice(0, pos - line.from);
  if (/(^|\s)#/.test(before)) return undefined;
  const { dashes, column, key, valueAt, rest } = readLine(before);
  const place = { line: line.number, dashes: dashes.length, column };
  const inFlow = flow(before.slice(key === undefined ? column : valueAt));
  if (key === undefined && !inFlow) {
    return { ...place, path: pathTo(doc, line.number, before.length - rest.length), word: rest, from: pos - rest.length };
  }
  const path = pathTo(doc, line.number, before.length - (key === undefined ? rest.length : 0));
  if (inFlow) return { ...place, ...inFlow, path: [...path, ...inFlow.path], from: pos - inFlow.word.length };
  const word = before.slice(valueAt).trimStart();
  return { ...place, path: path.slice(0, -1), key, word, from: pos - word.length };
}

/**
 * Inside `{…` and `[…` that are still open: the path from there on, and what is being typed.
 * @param {string} text
 */
function flow(text) {
  /** @type {{ isList: boolean, key: string | undefined }[]} */
  const open = [];
  let word = "";
  for (const character of text) {
    const top = open.at(-1);
    if (character === "{" || character === "[") {
      open.push({ isList: character === "[", key: undefined });
      word = "";
    } else if (character === "}" || character === "]") {
      open.pop();
      word = "";
    } else if (character === ",") {
      if (top) top.key = undefined;
      word = "";
    } else if (character === ":" && top && !top.isList && top.key === undefined) {
      top.key = bare(word.trim());
      word = "";
    } else word += character;
  }
  const last = open.at(-1);
  if (!last) return undefined;
  const path = open.flatMap(({ isList, key }, at) => {
    const isLast = at === open.length - 1;
    return [...(isList ? ["-"] : []), ...(key !== undefined && !isLast ? [key] : [])];
  });
  return { isFlow: true, path, key: last.key, word: word.trimStart() };
}
