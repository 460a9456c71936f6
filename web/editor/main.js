// The editor of the page: CodeMirror 6 in a shadow root, where its styles are adopted style sheets, which a strict
// Content-Security-Policy allows. This file is the only one that the page calls; the others each know one thing.
import { autocompletion, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, indentUnit } from "@codemirror/language";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { Annotation, Compartment, EditorState } from "@codemirror/state";
import { EditorView, highlightActiveLineGutter, keymap, lineNumbers } from "@codemirror/view";
import { yaml } from "./accents.js";
import { completions } from "./complete.js";
import { diagnosing, putDiagnostics } from "./diagnose.js";
import { fieldHover } from "./hover.js";
import { indentation } from "./indent.js";
import { lineMarks, putLines } from "./lines.js";
import { reveal } from "./reveal.js";
import { leaving } from "./leave.js";
import { looks } from "./theme.js";
import { difference, readVocabulary } from "./text.js";

/** Texts whose undo history is kept; the one that was not looked at for longest goes first. */
const MOST_TEXTS = 40;
const HOW_TO_LEAVE = "Tab indents once you have typed. To leave with the keyboard, press Escape, then Tab.";
/** The page has set this text itself: it need not be told of it. */
const fromPage = Annotation.define();
const editors = new Map();

/** An editor for one of the page's texts. */
export class Editor {
  /** The editor of that name, if there is one. */
  static of(id) {
    return editors.get(id);
  }

  /**
   * `parent`: an element without a shadow root. `options`: `id`, `label` (its name for screen readers), `key` and `text`
   * (see `setText`), `isReadOnly`, and `from`, the textarea that it takes over from, with its cursor, scroll and focus.
   * `told`: `onChange(text, line)` with the line of the cursor, `onLine(line)`, `vocabulary()` (see `readVocabulary`).
   */
  constructor(parent, options, told) {
    const { id, label, key, text, isReadOnly = false, from } = options;
    this.id = id;
    this.told = told;
    this.key = key;
    this.histories = new Map();
    this.line = 0;
    this.isReadOnly = isReadOnly;
    this.reading = new Compartment();
    const root = parent.shadowRoot ?? parent.attachShadow({ mode: "open" });
    const keys = document.createElement("p");
    keys.id = "keys";
    keys.hidden = true;
    keys.textContent = HOW_TO_LEAVE;
    root.replaceChildren(keys);
    this.extensions = this.#extensions(label);
    this.view = new EditorView({ parent: root, root, state: this.#begin(text, selectionOf(from)) });
    editors.set(id, this);
    if (from) this.#takeOver(from);
  }

  #extensions(label) {
    const vocabulary = () => readVocabulary(this.told.vocabulary());
    return [
      lineNumbers(),
      highlightActiveLineGutter(),
      history(),
      bracketMatching(),
      highlightSelectionMatches({ minSelectionLength: 3 }),
      search({ top: true }),
      yaml,
      looks,
      lineMarks,
      diagnosing,
      autocompletion({ override: [completions(vocabulary)], icons: false, maxRenderedOptions: 40 }),
      fieldHover(vocabulary),
      indentUnit.of("  "),
      EditorState.tabSize.of(4),
      leaving,
      keymap.of([...completionKeymap, ...indentation, ...searchKeymap, ...historyKeymap, ...defaultKeymap]),
      this.reading.of(EditorState.readOnly.of(this.isReadOnly)),
      EditorView.contentAttributes.of({ "aria-label": label, "aria-describedby": "keys" }),
      EditorView.updateListener.of((update) => this.#updated(update)),
    ];
  }

  #begin(doc, selection) {
    return EditorState.create({ doc, selection, extensions: this.extensions });
  }

  #takeOver(area) {
    const scroller = area.closest(".editor");
    this.view.scrollDOM.scrollTop = scroller?.scrollTop ?? 0;
    this.view.scrollDOM.scrollLeft = scroller?.scrollLeft ?? 0;
    if (document.activeElement === area) this.view.contentDOM.focus({ preventScroll: true });
  }

  #updated(update) {
    const isOurs = update.transactions.some((transaction) => transaction.annotation(fromPage));
    const line = update.state.doc.lineAt(update.state.selection.main.head).number;
    const hasMoved = line !== this.line;
    this.line = line;
    if (isOurs) return;
    if (update.docChanged) this.told.onChange(update.state.doc.toString(), line);
    else if (hasMoved && update.selectionSet) this.told.onLine(line);
  }

  /** The text as it stands. */
  text() {
    return this.view.state.doc.toString();
  }

  /**
   * Shows the text that goes by this key. Each key has an undo history of its own, which is there again when the key is;
   * what is different by then is one more step that can be undone. The text that stands there already only changes its key.
   */
  setText(key, text) {
    const { view } = this;
    const isSame = text === this.text();
    if (key !== this.key) {
      this.histories.delete(this.key);
      this.histories.set(this.key, { state: view.state, scroll: view.scrollSnapshot() });
      if (this.histories.size > MOST_TEXTS) this.histories.delete(this.histories.keys().next().value);
      this.key = key;
      if (!isSame) this.#show(this.histories.get(key), text);
    }
    const changes = difference(this.text(), text);
    if (changes) view.dispatch({ changes, annotations: fromPage.of(true), userEvent: "set" });
  }

  #show(known, text) {
    this.view.setState(known?.state ?? this.#begin(text));
    this.#putReading();
    this.line = 0;
    if (known) this.view.dispatch({ effects: known.scroll });
    else this.view.scrollDOM.scrollTo(0, 0);
  }

  /** Whether it can only be read. */
  setReadOnly(isReadOnly) {
    this.isReadOnly = isReadOnly;
    this.#putReading();
  }

  #putReading() {
    this.view.dispatch({ effects: this.reading.reconfigure(EditorState.readOnly.of(this.isReadOnly)) });
  }

  /**
   * What is said about the text. One list each: `[from, to, severity, message, help, fixTitle, from, to, text, from, …]`
   * with `from` and `to` in UTF-16 code units, `severity` as `error`, `warning` or `note`, `` `code` `` marks in `message`
   * and `help`, and after `fixTitle` the edits of the fix, if there is one.
   */
  setDiagnostics(diagnostics) {
    putDiagnostics(this.view, diagnostics);
  }

  /**
   * What is said about lines, from 1: `behind` the open cell as `[first, last]`, `expectations` as `[line, holds, words]`,
   * and how many cells are `hanging` on lines as `[first, last, count]`.
   */
  setLines({ behind = [], expectations = [], hanging = [] }) {
    putLines(this.view, { behind, expectations, hanging });
  }

  /** Brings lines into sight: `inside` the editor only, in the page, too, or `select`ed with the focus on them. */
  reveal(first, last, how) {
    reveal(this.view, first, last, how);
  }

  /** Moves the focus here. */
  focus() {
    this.view.focus();
  }

  /** Ends it. */
  destroy() {
    if (editors.get(this.id) === this) editors.delete(this.id);
    this.view.destroy();
  }
}

function selectionOf(area) {
  return area ? { anchor: area.selectionStart, head: area.selectionEnd } : undefined;
}
