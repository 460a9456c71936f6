// What is wrong with the text: a line under it, a mark in the gutter, the words and the fix on hover, F8 to the next one.
import { forEachDiagnostic, lintGutter, nextDiagnostic, previousDiagnostic, setDiagnostics } from "@codemirror/lint";
import { keymap } from "@codemirror/view";
import { marked, sentence } from "./text.js";

const SEVERITIES = { error: "error", warning: "warning", note: "info" };
const EDITS_BEGIN = 5;

export const diagnosing = [lintGutter({ hoverTime: 100 }), keymap.of([{ key: "F8", run: nextDiagnostic, shift: previousDiagnostic }])];

/** See `Editor.setDiagnostics`. */
export function putDiagnostics(view, lists, advice) {
  const { doc } = view.state;
  const diagnostics = lists.map((list) => diagnostic(doc, list));
  const advised = advice?.map((list) => ({ ...diagnostic(doc, list), isAdvice: true })) ?? adviceOf(view.state);
  view.dispatch(setDiagnostics(view.state, [...diagnostics, ...advised]));
}

/** The advice that is there, where the text has moved it to. */
function adviceOf(state) {
  const found = [];
  forEachDiagnostic(state, (diagnostic, from, to) => {
    if (diagnostic.isAdvice) found.push({ ...diagnostic, from, to, actions: [] });
  });
  return found;
}

function diagnostic(doc, list) {
  const [place, severity, message, help, fixTitle] = list;
  const words = [message, help].filter(Boolean).map(sentence);
  const edits = [];
  for (let at = EDITS_BEGIN; at + 1 < list.length; at += 2) edits.push({ ...rangeOf(doc, list[at]), insert: list[at + 1] });
  return {
    ...rangeOf(doc, place),
    severity: SEVERITIES[severity] ?? "info",
    message: words.join(" "),
    renderMessage: () => rendered(severity, words),
    actions: edits.length ? [{ name: fixTitle.replaceAll("`", ""), apply: (view) => apply(view, doc, edits) }] : [],
  };
}

function rangeOf(doc, [line, column, lastLine, lastColumn]) {
  const from = offset(doc, line, column);
  return { from, to: Math.max(from, offset(doc, lastLine, lastColumn)) };
}

/** The text counts UTF-16 code units, the page characters. */
function offset(doc, number, column) {
  if (number > doc.lines) return doc.length;
  const { from, to, text } = doc.line(Math.max(1, number));
  const isPlain = !/[\ud800-\udbff]/.test(text);
  const before = isPlain ? column - 1 : [...text].slice(0, column - 1).join("").length;
  return Math.min(from + before, to);
}

function rendered(severity, words) {
  const element = document.createElement("div");
  const word = document.createElement("span");
  word.className = `severity ${severity}`;
  word.textContent = severity;
  element.append(word, ...words.map((text) => marked("p", text)));
  return element;
}

/** An edit of a text that has changed since might hit anything; the page says anew what is wrong in a moment. */
function apply(view, doc, edits) {
  if (!view.state.doc.eq(doc)) return;
  view.dispatch({ changes: edits, userEvent: "input.fix", scrollIntoView: true });
  view.focus();
}
