// Colours only where the parser can go: it calls itself for every level, and a text of nothing but brackets, or of dashes
// that each begin a list in a list, has more levels than a browser has room for.
import { Compartment, EditorState } from "@codemirror/state";
import { EditorView } from "@codemirror/view";

/** @import { Extension, Text } from "@codemirror/state" */

/** Far more than any policy has, and far less than a browser has room for. */
const MOST_LEVELS = 200;
/** Beyond this a text is pasted, not read, and counting would take longer than a key may. */
const LONGEST = 1_000_000;

/**
 * The language, for as long as the text is fit for it.
 * @param {Extension} language
 */
export function whereFit(language) {
  const compartment = new Compartment();
  /** @param {EditorState} state */
  const isOn = (state) => compartment.get(state) === language;
  const leave = EditorState.transactionExtender.of(({ docChanged, startState, newDoc }) => {
    if (!docChanged || !isOn(startState) || isFit(newDoc)) return null;
    return { effects: compartment.reconfigure([]) };
  });
  // not together with the change: what a change switches on is tried on the text before it
  /** @param {EditorView} view */
  const giveBack = (view) => {
    if (!isOn(view.state) && isFit(view.state.doc)) view.dispatch({ effects: compartment.reconfigure(language) });
  };
  const comeBack = EditorView.updateListener.of(({ docChanged, state, view }) => {
    if (docChanged && !isOn(state)) queueMicrotask(() => giveBack(view));
  });
  /** @type {(doc: Text) => Extension} */
  const fitting = (doc) => [compartment.of(isFit(doc) ? language : []), leave, comeBack];
  return fitting;
}

/** @param {Text} doc */
function isFit(doc) {
  if (doc.length > LONGEST) return false;
  let levels = 0;
  let begun = 0; // on this line, by nothing but dashes and question marks
  for (const chunk of doc.iter()) {
    for (let at = 0; at < chunk.length; at += 1) {
      const sign = chunk[at];
      if (sign === "[" || sign === "{") levels += 1;
      else if ((sign === "]" || sign === "}") && levels > 0) levels -= 1;
      if (sign === "\n") begun = 0;
      else if (sign === "-" || sign === "?") begun += 1;
      else if (sign !== " " && sign !== "\t") begun = -Infinity;
      if (Math.max(levels, begun) > MOST_LEVELS) return false;
    }
  }
  return true;
}
