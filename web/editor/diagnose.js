// What is wrong with the text: a line under it, a mark in the gutter, the words and the fix on hover, F8 to the next one.
import { forEachDiagnostic, lintGutter, nextDiagnostic, previousDiagnostic, setDiagnostics } from "@codemirror/lint";
import { keymap } from "@codemirror/view";
import { marked, sentence } from "./text.js";

/** @import { Diagnostic } from "@codemirror/lint" */
/** @import { EditorState, Text } from "@codemirror/state" */
/** @import { EditorView } from "@codemirror/view" */
/** @import { Remark, Span } from "../types.d.ts" */
/** @typedef {Diagnostic & { isAdvice?: boolean }} Shown */
/** @typedef {{ from: number, to: number, insert: string }} Edit */

/** @type {Record<string, Diagnostic["severity"]>} */
const SEVERITIES = { error: "error", warning: "warning", note: "info" };

export const diagnosing = [lintGutter({ hoverTime: 100 }), keymap.of([{ key: "F8", run: nextDiagnostic, shift: previousDiagnostic }])];

/**
 * See `Editor.setDiagnostics`.
 * @param {EditorView} view
 * @param {Remark[]} remarks
 * @param {Remark[]} [advice]
 */
export function putDiagnostics(view, remarks, advice) {
  const { doc } = view.state;
  const diagnostics = remarks.map((remark) => diagnostic(doc, remark));
  const advised = advice?.map((remark) => ({ ...diagnostic(doc, remark), isAdvice: true })) ?? adviceOf(view.state);
  view.dispatch(setDiagnostics(view.state, [...diagnostics, ...advised]));
}

/**
 * The advice that is there, where the text has moved it to.
 * @param {EditorState} state
 */
function adviceOf(state) {
  /** @type {Shown[]} */
  const found = [];
  forEachDiagnostic(state, (/** @type {Shown} */ diagnostic, from, to) => {
    if (diagnostic.isAdvice) found.push({ ...diagnostic, from, to, actions: [] });
  });
  return found;
}

/**
 * @param {Text} doc
 * @param {Remark} remark
 * @returns {Shown}
 */
function diagnostic(doc, { place, severity, message, help, fixTitle, edits: spans }) {
  const words = [message, help].filter(Boolean).map(sentence);
  const edits = spans.map(({ place, insert }) => ({ ...rangeOf(doc, place), insert }));
  return {
    ...rangeOf(doc, place),
    severity: SEVERITIES[severity] ?? "info",
    message: words.join(" "),
    renderMessage: () => rendered(severity, words),
    actions: edits.length ? [{ name: fixTitle.replaceAll("`", ""), apply: (view) => apply(view, doc, edits) }] : [],
  };
}

/**
 * @param {Text} doc
 * @param {Span} span
 */
function rangeOf(doc, [line, column, lastLine, lastColumn]) {
  const from = offset(doc, line, column);
  return { from, to: Math.max(from, offset(doc, lastLine, lastColumn)) };
}

/**
 * The text counts UTF-16 code units, the page characters.
 * @param {Text} doc
 * @param {number} number
 * @param {number} column
 */
function offset(doc, number, column) {
  if (number > doc.lines) return doc.length;
  const { from, to, text } = doc.line(Math.max(1, number));
  const isPlain = !/[\ud800-\udbff]/.test(text);
  const before = isPlain ? column - 1 : [...text].slice(0, column - 1).join("").length;
  return Math.min(from + before, to);
}

/**
 * @param {string} severity
 * @param {string[]} words
 */
function rendered(severity, words) {
  const element = document.createElement("div");
  const word = document.createElement("span");
  word.className = `severity ${severity}`;
  word.textContent = severity;
  element.append(word, ...words.map((text) => marked("p", text)));
  return element;
}

/**
 * An edit of a text that has changed since might hit anything; the page says anew what is wrong in a moment.
 * @param {EditorView} view
 * @param {Text} doc
 * @param {Edit[]} edits
 */
function apply(view, doc, edits) {
  if (!view.state.doc.eq(doc)) return;
  view.dispatch({ changes: edits, userEvent: "input.fix", scrollIntoView: true });
  view.focus();
}
