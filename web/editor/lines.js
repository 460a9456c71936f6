// What is said about whole lines: those behind the open cell, and ✓ and ✕ beside `#?` lines.
import { RangeSet, RangeSetBuilder, StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView, GutterMarker, gutter, gutterLineClass, hoverTooltip } from "@codemirror/view";

/** @import { EditorState } from "@codemirror/state" */
/** @import { DecorationSet } from "@codemirror/view" */
/** @import { LineMarks } from "../types.d.ts" */
/** @typedef {{ lines: DecorationSet, gutters: RangeSet<GutterMarker>, signs: RangeSet<Sign> }} Drawn */

/** @type {import("@codemirror/state").StateEffectType<Drawn>} */
const put = StateEffect.define();
/** @type {Drawn} */
const NOTHING = { lines: Decoration.none, gutters: RangeSet.empty, signs: RangeSet.empty };

class Behind extends GutterMarker {
  elementClass = "behind";
}
const behindMarker = new Behind();
const behindLine = Decoration.line({ class: "behind" });

/** A glyph beside a line, and the words that it stands for. */
class Sign extends GutterMarker {
  /**
   * @param {string} glyph
   * @param {"holds" | "fails"} kind
   * @param {string} words
   */
  constructor(glyph, kind, words) {
    super();
    this.glyph = glyph;
    this.kind = kind;
    this.words = words;
  }

  /** @param {Sign} other */
  eq(other) {
    return this.glyph === other.glyph && this.kind === other.kind && this.words === other.words;
  }

  toDOM() {
    const element = document.createElement("span");
    element.className = `sign ${this.kind}`;
    element.textContent = this.glyph;
    element.title = this.words;
    return element;
  }
}

const marks = StateField.define({
  create: () => NOTHING,
  update(value, transaction) {
    for (const effect of transaction.effects) if (effect.is(put)) return effect.value;
    if (!transaction.docChanged || value === NOTHING) return value;
    const { changes } = transaction;
    return { lines: value.lines.map(changes), gutters: value.gutters.map(changes), signs: value.signs.map(changes) };
  },
  provide: (field) => [EditorView.decorations.from(field, (value) => value.lines), gutterLineClass.from(field, (value) => value.gutters)],
});

/** The words of a sign, for those who hover its line and not its glyph. */
const words = hoverTooltip((view, pos) => {
  const line = view.state.doc.lineAt(pos);
  /** @type {Sign[]} */
  const signs = [];
  view.state.field(marks).signs.between(line.from, line.from, (_from, _to, sign) => void signs.push(sign));
  const found = signs.at(-1);
  if (found?.kind !== "fails") return null;
  return {
    pos: line.from,
    end: line.to,
    create() {
      const dom = document.createElement("div");
      dom.className = "field-hover";
      dom.textContent = found.words;
      return { dom };
    },
  };
});

export const lineMarks = [marks, words, gutter({ class: "signs", markers: (view) => view.state.field(marks).signs })];

/**
 * The lines that are marked, wherever they have been moved by typing.
 * @param {EditorState} state
 */
function behindNow(state) {
  /** @type {number[][]} */
  const lines = [];
  state.field(marks).lines.between(0, state.doc.length, (from) => {
    const line = state.doc.lineAt(from).number;
    lines.push([line, line]);
  });
  return lines;
}

/**
 * See `Editor.setLines`.
 * @param {EditorView} view
 * @param {LineMarks} marks
 */
export function putLines(view, { behind = behindNow(view.state), expectations }) {
  const { doc } = view.state;
  /** @param {number} line */
  const isLine = (line) => line >= 1 && line <= doc.lines;
  const lines = /** @type {RangeSetBuilder<Decoration>} */ (new RangeSetBuilder());
  const gutters = /** @type {RangeSetBuilder<GutterMarker>} */ (new RangeSetBuilder());
  const signs = /** @type {RangeSetBuilder<Sign>} */ (new RangeSetBuilder());
  const coloured = new Set();
  for (const [first, last] of behind) {
    for (let line = first; line <= last && isLine(line); line += 1) coloured.add(line);
  }
  for (const line of [...coloured].sort((one, other) => one - other)) {
    const { from } = doc.line(line);
    lines.add(from, from, behindLine);
    gutters.add(from, from, behindMarker);
  }
  for (const { line, holds, words } of expectations.toSorted((one, other) => one.line - other.line)) {
    if (isLine(line)) signs.add(doc.line(line).from, doc.line(line).from, holds ? new Sign("✓", "holds", words) : new Sign("✕", "fails", words));
  }
  view.dispatch({ effects: put.of({ lines: lines.finish(), gutters: gutters.finish(), signs: signs.finish() }) });
}
