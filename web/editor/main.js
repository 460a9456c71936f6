// The editor of the page: CodeMirror 6 in a shadow root, where its styles are adopted style sheets, which a strict
// Content-Security-Policy allows. This file is the only one that the page calls; the others each know one thing.
import { autocompletion, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, indentUnit } from "@codemirror/language";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { Annotation, Compartment, EditorState, Text } from "@codemirror/state";
import { EditorView, highlightActiveLineGutter, keymap, lineNumbers } from "@codemirror/view";
import { yaml } from "./accents.js";
import { completions } from "./complete.js";
import { whereFit } from "./depth.js";
import { diagnosing, putDiagnostics } from "./diagnose.js";
import { fieldHover } from "./hover.js";
import { indentation } from "./indent.js";
import { leaving } from "./leave.js";
import { lineMarks, putLines } from "./lines.js";
import { printWhole } from "./print.js";
import { reveal } from "./reveal.js";
import { difference, readMarks, readVocabulary } from "./text.js";
import { looks } from "./theme.js";
import { typingOver } from "./typeover.js";

/** @import { EditorOptions, LineMarks, Remark, Vocabulary } from "../types.d.ts" */
/** @import { Extension, StateEffect } from "@codemirror/state" */
/** @import { ViewUpdate } from "@codemirror/view" */

/** Texts whose undo history is kept; the one that was not looked at for longest goes first. */
const MOST_TEXTS = 40;
const HOW_TO_LEAVE = "Tab indents once you have typed. To leave with the keyboard, press Escape, then Tab.";
/** The page has set this text itself: it need not be told of it. */
const fromPage = Annotation.define();
/** @type {Map<string, Editor>} */
const editors = new Map();

/** An editor for one of the page's texts. */
export class Editor {
  #onText;
  #onLine;
  #onHover;
  #isReadOnly;
  /** The line of the cursor, and the one under the pointer; 0 before there is any. */
  #line = 0;
  #hovered = 0;
  /** What was typed, and is still to come back from the page. @type {string[]} */
  #echoes = [];
  /** Of the other texts. @type {Map<string, { state: EditorState, scroll: StateEffect<unknown> }>} */
  #histories = new Map();
  #reading = new Compartment();
  #colours = whereFit(yaml);
  /** What is marked, and in which text. @type {string | undefined} */
  #marks;
  /** @type {Text | undefined} */
  #marked;
  /** @type {number | undefined} */
  #typedAt;

  /**
   * The editor of that name, if there is one.
   * @param {string} id
   */
  static of(id) {
    return editors.get(id);
  }

  /** @param {EditorOptions} options */
  constructor({ parent, area, id, label, key, text, isReadOnly, onText, onLine, onHover, vocabulary }) {
    this.id = id;
    this.key = key;
    this.#isReadOnly = isReadOnly;
    this.#onText = onText;
    this.#onLine = onLine;
    this.#onHover = onHover;
    const root = parent.shadowRoot ?? parent.attachShadow({ mode: "open" });
    const keys = document.createElement("p");
    keys.id = "keys";
    keys.hidden = true;
    keys.textContent = HOW_TO_LEAVE;
    root.replaceChildren(keys);
    this.extensions = this.#extensions(label, () => readVocabulary(vocabulary()));
    const selection = { anchor: area.selectionStart, head: area.selectionEnd };
    // typed a moment ago, and not yet come back from the page
    if (area.value !== text) this.#echoes.push(text, area.value);
    this.view = new EditorView({ parent: root, root, state: this.#begin(area.value, selection) });
    printWhole(root, this.view);
    editors.set(id, this);
    takeOver(this.view, area);
  }

  /**
   * @param {string} label
   * @param {() => Vocabulary} vocabulary
   * @returns {Extension[]}
   */
  #extensions(label, vocabulary) {
    return [
      diagnosing,
      lineNumbers(),
      highlightActiveLineGutter(),
      history(),
      bracketMatching(),
      highlightSelectionMatches({ minSelectionLength: 3 }),
      search({ top: true }),
      looks,
      lineMarks,
      typingOver,
      autocompletion({ override: [completions(vocabulary)], icons: false, maxRenderedOptions: 40 }),
      fieldHover(vocabulary),
      indentUnit.of("  "),
      EditorState.tabSize.of(4),
      leaving,
      keymap.of([...completionKeymap, ...indentation, ...searchKeymap, ...historyKeymap, ...defaultKeymap]),
      this.#reading.of(EditorState.readOnly.of(this.#isReadOnly)),
      EditorView.contentAttributes.of({ "aria-label": label, "aria-describedby": "keys", tabindex: "0" }),
      EditorView.updateListener.of((update) => this.#updated(update)),
      EditorView.domEventHandlers({
        mousemove: (event, view) => this.#hover(lineAt(view, event)),
        mouseleave: () => this.#hover(0),
      }),
    ];
  }

  /**
   * @param {string} doc
   * @param {{ anchor: number, head: number }} [selection]
   */
  #begin(doc, selection) {
    const text = Text.of(doc.split("\n"));
    return EditorState.create({ doc: text, selection, extensions: [this.extensions, this.#colours(text)] });
  }

  /** @param {ViewUpdate} update */
  #updated(update) {
    const isOurs = update.transactions.some((transaction) => transaction.annotation(fromPage));
    const line = update.state.doc.lineAt(update.state.selection.main.head).number;
    const hasMoved = line !== this.#line;
    const wasPut = this.#line > 0;
    this.#line = line;
    if (isOurs) {
      // the page's own edit has moved the cursor along with its line
      if (wasPut && hasMoved) this.#onLine(line);
    } else if (update.docChanged) this.#tell(line);
    else if (hasMoved && update.selectionSet) this.#onLine(line);
  }

  /** @param {number} line */
  #hover(line) {
    if (line === this.#hovered) return;
    this.#hovered = line;
    this.#onHover(line);
  }

  /** @param {number} line */
  #tell(line) {
    const text = this.text();
    this.#typedAt = performance.now();
    this.#echoes.push(text);
    this.#onText(text, line);
  }

  /**
   * All that the page knows, in one go: see the next three, and `readMarks` for the last two of them in one string.
   * @param {string} key
   * @param {string} text
   * @param {boolean} isReadOnly
   * @param {string} [marks]
   */
  update(key, text, isReadOnly, marks) {
    this.setText(key, text);
    this.setReadOnly(isReadOnly);
    if (marks === undefined) return; // nothing is known of this text yet
    const { doc } = this.view.state;
    const isSame = marks === this.#marks && doc === this.#marked;
    [this.#marks, this.#marked] = [marks, doc];
    if (!isSame) this.#mark(marks);
    if (this.#typedAt) measure("netpol:keystroke-to-diagnostics", this.#typedAt);
    this.#typedAt = undefined;
  }

  /** @param {string} marks */
  #mark(marks) {
    const { diagnostics, advice, ...lines } = readMarks(marks);
    try {
      this.setLines(lines);
      this.setDiagnostics(diagnostics, advice);
    } catch (cause) {
      console.warn("marks that cannot be shown", cause); // no reason to take the page down
    }
  }

  /** The text as it stands. */
  text() {
    return this.view.state.doc.toString();
  }

  /**
   * Shows the text that goes by this key. Each key has an undo history of its own, which is there again when the key is;
   * what is different by then is one more step that can be undone. The text that stands there already only changes its key.
   * @param {string} key
   * @param {string} text
   */
  setText(key, text) {
    const { view } = this;
    // what was typed comes back from the page, and where that took long, something else is typed by then
    const echo = this.#echoes.indexOf(text);
    this.#echoes.splice(0, echo < 0 ? Infinity : echo + 1);
    const isSame = echo >= 0 || text === this.text();
    if (key !== this.key) {
      this.#histories.delete(this.key);
      this.#histories.set(this.key, { state: view.state, scroll: view.scrollSnapshot() });
      const [oldest] = this.#histories.keys();
      if (this.#histories.size > MOST_TEXTS) this.#histories.delete(oldest);
      this.key = key;
      if (!isSame) this.#show(this.#histories.get(key), text);
    }
    const changes = isSame ? undefined : difference(this.text(), text);
    if (changes) view.dispatch({ changes, annotations: fromPage.of(true), userEvent: "set" });
  }

  /**
   * @param {{ state: EditorState, scroll: StateEffect<unknown> } | undefined} known
   * @param {string} text
   */
  #show(known, text) {
    this.view.setState(known?.state ?? this.#begin(text));
    this.#putReading();
    this.#line = 0;
    if (known) this.view.dispatch({ effects: known.scroll });
    else this.view.scrollDOM.scrollTo(0, 0);
  }

  /**
   * Whether it can only be read.
   * @param {boolean} isReadOnly
   */
  setReadOnly(isReadOnly) {
    if (isReadOnly === this.#isReadOnly) return;
    this.#isReadOnly = isReadOnly;
    this.#putReading();
  }

  #putReading() {
    this.view.dispatch({ effects: this.#reading.reconfigure(EditorState.readOnly.of(this.#isReadOnly)) });
  }

  /**
   * What is said about the text. `advice` is more of it; where it is undefined, the advice that is there stays.
   * @param {Remark[]} diagnostics
   * @param {Remark[]} [advice]
   */
  setDiagnostics(diagnostics, advice) {
    putDiagnostics(this.view, diagnostics, advice);
  }

  /**
   * What is said about lines.
   * @param {LineMarks} marks
   */
  setLines(marks) {
    putLines(this.view, marks);
  }

  /**
   * Brings lines into sight: `inside` the editor only, in the page, too, or `select`ed with the focus on them.
   * @param {number} first
   * @param {number} last
   * @param {string} how
   */
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

/**
 * The line under the pointer, 0 where there is none.
 * @param {EditorView} view
 * @param {MouseEvent} event
 */
function lineAt(view, event) {
  const at = view.posAtCoords(event);
  return at === null ? 0 : view.state.doc.lineAt(at).number;
}

/**
 * @param {EditorView} view
 * @param {HTMLTextAreaElement} area
 */
function takeOver(view, area) {
  const scroller = /** @type {Element} */ (area.closest(".editor"));
  const [top, left] = [scroller.scrollTop, scroller.scrollLeft];
  if (document.activeElement === area) view.contentDOM.focus({ preventScroll: true });
  view.coordsAtPos(0); // measures its lines, which it would do a frame later
  view.scrollDOM.scrollTo(left, top);
}

/**
 * A frame's callback runs before it is painted, a timer set in it runs after.
 * @param {string} name
 * @param {number} start
 */
function measure(name, start) {
  requestAnimationFrame(() => setTimeout(() => performance.measure(name, { start })));
}
