// Enter: the next line begins where its content belongs, so that lists stay lists.
import { pathTo, readLine, topValue } from "./context.js";
import { fieldAt } from "./fields.js";

/** @import { Line, Text } from "@codemirror/state" */
/** @import { EditorView } from "@codemirror/view" */

const STEP = 2;

/** The keys. */
export const indentation = [{ key: "Enter", run: newLine, shift: newLine }];

/** @param {EditorView} view */
function newLine(view) {
  const { state } = view;
  const range = state.selection.main;
  if (state.readOnly || state.selection.ranges.length > 1) return false;
  const line = state.doc.lineAt(range.from);
  const before = line.text.slice(0, range.from - line.from);
  const after = line.text.slice(range.from - line.from);
  const edit = endOfList(line, before, after) ?? { from: range.from, to: range.to, insert: beginning(state.doc, line.number, before, after) };
  // blanks that would end up at the end of the line above, or before the words that move down
  if (edit.from === range.from) {
    edit.from -= before.length - before.search(/[ \t]*$/);
    edit.to += range.empty ? after.search(/[^ \t]|$/) : 0;
    if (/^\s*$/.test(before)) edit.from = range.from;
  }
  view.dispatch(
    state.update({
      changes: edit,
      selection: { anchor: edit.from + edit.insert.length },
      scrollIntoView: true,
      userEvent: "input",
    }),
  );
  return true;
}

/**
 * Enter behind a dash with nothing behind it ends the list.
 * @param {Line} line
 * @param {string} before
 * @param {string} after
 */
function endOfList(line, before, after) {
  if (!/^\s*-\s*$/.test(before) || after.trim() !== "") return undefined;
  return { from: line.from, to: line.to, insert: " ".repeat(Math.max(0, before.search(/-/) - STEP)) };
}

/**
 * @param {Text} doc
 * @param {number} number
 * @param {string} before
 * @param {string} after
 */
function beginning(doc, number, before, after) {
  /** @param {number} columns */
  const at = (columns) => `\n${" ".repeat(columns)}`;
  if (/^\s*(#.*)?$/.test(before)) return at(before.search(/\S|$/));
  const { dashes, column, key, valueAt } = readLine(before);
  const value =
    key === undefined
      ? ""
      : before
          .slice(valueAt)
          .replace(/(^|\s)#.*$/, "")
          .trim();
  if (isOpen(before)) return at(column + STEP);
  if (key === undefined) {
    // the items of a list of words
    const last = dashes.at(-1);
    if (last !== undefined && after.trim() === "") return `${at(last)}- `;
    return at(column);
  }
  if (value !== "" || after.trim() !== "") return at(column + (/^[|>][+-]?\d?$/.test(value) ? STEP : 0));
  const field = fieldAt([...pathTo(doc, number, column), key], topValue(doc, number, "kind"));
  if (field?.item) return nextIs(doc, number, column) ?? `${at(column + indentOfLists(doc))}- `;
  return at(column + (field && !field.fields && !field.isLabels ? 0 : STEP));
}

/**
 * Where items of the list stand below already, the new line gets no dash.
 * @param {Text} doc
 * @param {number} number
 * @param {number} column
 */
function nextIs(doc, number, column) {
  if (number === doc.lines) return undefined;
  const { dashes } = readLine(doc.line(number + 1).text);
  return dashes.length && dashes[0] >= column ? `\n${" ".repeat(dashes[0])}- ` : undefined;
}

/**
 * How far the lists of this text are indented: as the first that there is, else not at all, as in the API's examples.
 * @param {Text} doc
 */
function indentOfLists(doc) {
  let above;
  for (let at = 1; at <= Math.min(doc.lines, 400); at += 1) {
    const line = readLine(doc.line(at).text);
    if (above !== undefined && line.dashes.length) return line.dashes[0] > above ? STEP : 0;
    above = line.key !== undefined && /^\s*$/.test(doc.line(at).text.slice(line.valueAt)) ? line.column : undefined;
  }
  return 0;
}

/**
 * Whether a bracket is still open.
 * @param {string} text
 */
function isOpen(text) {
  let depth = 0;
  for (const character of text.replace(/"[^"]*"|'[^']*'|\s#.*$/g, "")) {
    if ("{[".includes(character)) depth += 1;
    if ("}]".includes(character)) depth -= 1;
  }
  return depth > 0;
}
