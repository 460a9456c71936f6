// A sentence about the field under the pointer, and for a label who carries it.
import { hoverTooltip } from "@codemirror/view";
import { pathTo, placeAt, readLine, topValue } from "./context.js";
import { fieldAt } from "./fields.js";
import { marked, some } from "./text.js";

/** @import { EditorState, Line } from "@codemirror/state" */
/** @import { Vocabulary } from "../types.d.ts" */
/** @typedef {{ from: number, to: number, text: string, isKey: boolean, line: Line }} Word */
/** @typedef {{ path: string, words: string }} Found */

/**
 * The hover; `vocabulary` tells what the cluster holds.
 * @param {() => Vocabulary} vocabulary
 */
export function fieldHover(vocabulary) {
  return hoverTooltip((view, pos) => {
    const word = wordAt(view.state, pos);
    const found = word && (aboutField(view.state, word) ?? aboutLabel(view.state, word, vocabulary()));
    if (!found) return null;
    return { pos: word.from, end: word.to, above: true, create: () => ({ dom: element(found) }) };
  });
}

/** @param {Found} found */
function element({ path, words }) {
  const dom = document.createElement("div");
  dom.className = "field-hover";
  const where = document.createElement("p");
  where.className = "path";
  where.textContent = path;
  dom.append(where, marked("p", words));
  return dom;
}

/**
 * The word at a place, and whether a colon makes it a key.
 * @param {EditorState} state
 * @param {number} pos
 * @returns {Word | undefined}
 */
function wordAt(state, pos) {
  const line = state.doc.lineAt(pos);
  /** @param {number} at */
  const is = (at) => /[\w./-]/.test(line.text[at] ?? "");
  let [from, to] = [pos - line.from, pos - line.from];
  while (from > 0 && is(from - 1)) from -= 1;
  while (is(to)) to += 1;
  if (from === to || line.text.slice(from, to) === "-") return undefined;
  const text = line.text.slice(from, to);
  const isKey = /^["']?:(\s|$)/.test(line.text.slice(to, to + 3));
  return { from: line.from + from, to: line.from + to, text, isKey, line };
}

/**
 * @param {EditorState} state
 * @param {Word} word
 * @returns {Found | undefined}
 */
function aboutField(state, word) {
  if (!word.isKey) return undefined;
  const path = [...pathOf(state, word), word.text];
  const field = fieldAt(path, topValue(state.doc, word.line.number, "kind"));
  return field?.doc ? { path: path.join(".").replaceAll(".-", "[]"), words: field.doc } : undefined;
}

/**
 * @param {EditorState} state
 * @param {Word} word
 */
function pathOf(state, word) {
  const { column } = readLine(word.line.text);
  const at = word.from - word.line.from;
  if (at === column) return pathTo(state.doc, word.line.number, column);
  return placeAt(state, word.from)?.path ?? [];
}

/**
 * @param {EditorState} state
 * @param {Word} word
 * @param {Vocabulary} vocabulary
 * @returns {Found | undefined}
 */
function aboutLabel(state, word, { labels }) {
  const place = placeAt(state, word.from);
  const kind = topValue(state.doc, word.line.number, "kind");
  if (!place?.key || word.isKey || !fieldAt(place.path, kind)?.isLabels) return undefined;
  if (kind && kind !== "NetworkPolicy") return undefined;
  const isOfNamespace = place.path.includes("namespaceSelector");
  const owners = (isOfNamespace ? labels.namespace : labels.pod).get(place.key)?.get(word.text) ?? [];
  const what = isOfNamespace ? "namespace" : "pod";
  const words = owners.length
    ? `${owners.length} ${owners.length === 1 ? `${what} has` : `${what}s have`} it: ${some(owners, 5)}.`
    : `No ${what} of the cluster has it.`;
  return { path: `${place.key}=${word.text}`, words };
}
