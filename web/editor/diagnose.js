// What is wrong with the text: a line under it, a mark in the gutter, the words and the fix on hover, F8 to the next one.
import { lintGutter, nextDiagnostic, previousDiagnostic, setDiagnostics } from "@codemirror/lint";
import { keymap } from "@codemirror/view";
import { marked, sentence } from "./text.js";

const SEVERITIES = { error: "error", warning: "warning", note: "info" };
const EDITS_BEGIN = 6;

export const diagnosing = [
  lintGutter({ hoverTime: 100 }),
  keymap.of([{ key: "F8", run: nextDiagnostic, shift: previousDiagnostic }]),
];

/** See `Editor.setDiagnostics`. */
export function putDiagnostics(view, lists) {
  const { doc } = view.state;
  const diagnostics = lists.map((list) => diagnostic(doc, list));
  view.dispatch(setDiagnostics(view.state, diagnostics));
}

function diagnostic(doc, list) {
  const [from, to, severity, message, help, fixTitle] = list;
  const start = Math.min(from, doc.length);
  const words = [message, help].filter(Boolean).map(sentence);
  const edits = [];
  for (let at = EDITS_BEGIN; at + 2 < list.length; at += 3) {
    edits.push({ from: list[at], to: list[at + 1], insert: list[at + 2] });
  }
  return {
    from: start,
    to: Math.min(Math.max(to, start), doc.length),
    severity: SEVERITIES[severity] ?? "info",
    message: words.join(" "),
    renderMessage: () => rendered(severity, words),
    actions: edits.length ? [{ name: fixTitle || "Apply the fix", apply: (view) => apply(view, doc, edits) }] : [],
  };
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
