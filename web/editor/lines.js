// What is said about whole lines: those behind the open cell, and ✓ and ✕ beside `#?` lines.
import { RangeSet, RangeSetBuilder, StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView, GutterMarker, gutter, gutterLineClass, hoverTooltip } from "@codemirror/view";

const put = StateEffect.define();
const NOTHING = { lines: Decoration.none, gutters: RangeSet.empty, signs: RangeSet.empty };

class Behind extends GutterMarker {
  elementClass = "behind";
}
const behindMarker = new Behind();
const behindLine = Decoration.line({ class: "behind" });

/** A glyph beside a line, and the words that it stands for. */
class Sign extends GutterMarker {
  constructor(glyph, kind, words) {
    super();
    Object.assign(this, { glyph, kind, words });
  }

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
    const mapped = (set) => set.map(transaction.changes);
    return { lines: mapped(value.lines), gutters: mapped(value.gutters), signs: mapped(value.signs) };
  },
  provide: (field) => [EditorView.decorations.from(field, (value) => value.lines), gutterLineClass.from(field, (value) => value.gutters)],
});

/** The words of a sign, for those who hover its line and not its glyph. */
const words = hoverTooltip((view, pos) => {
  const line = view.state.doc.lineAt(pos);
  let found;
  view.state.field(marks).signs.between(line.from, line.from, (_from, _to, sign) => void (found = sign));
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

/** The lines that are marked, wherever they have been moved by typing. */
function behindNow(state) {
  const lines = [];
  state.field(marks).lines.between(0, state.doc.length, (from) => {
    const line = state.doc.lineAt(from).number;
    lines.push([line, line]);
  });
  return lines;
}

/** See `Editor.setLines`. */
export function putLines(view, { behind, expectations }) {
  const { doc } = view.state;
  behind ??= behindNow(view.state);
  const isLine = (line) => line >= 1 && line <= doc.lines;
  const [lines, gutters, signs] = [new RangeSetBuilder(), new RangeSetBuilder(), new RangeSetBuilder()];
  const coloured = new Set();
  for (const [first, last] of behind) {
    for (let line = first; line <= last && isLine(line); line += 1) coloured.add(line);
  }
  for (const line of [...coloured].sort((one, other) => one - other)) {
    const { from } = doc.line(line);
    lines.add(from, from, behindLine);
    gutters.add(from, from, behindMarker);
  }
  const beside = expectations.map(([line, holds, text]) => [line, holds ? new Sign("✓", "holds", text) : new Sign("✕", "fails", text)]);
  for (const [line, sign] of beside.sort(([one], [other]) => one - other)) {
    if (isLine(line)) signs.add(doc.line(line).from, doc.line(line).from, sign);
  }
  view.dispatch({ effects: put.of({ lines: lines.finish(), gutters: gutters.finish(), signs: signs.finish() }) });
}
