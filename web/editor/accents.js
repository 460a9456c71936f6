// Colours that the grammar does not know of: the dash, which matters here more than anything, the values of labels, and
// `#?` lines.
import { yamlLanguage } from "@codemirror/lang-yaml";
import { LanguageSupport, syntaxTree } from "@codemirror/language";
import { RangeSetBuilder } from "@codemirror/state";
import { Decoration, ViewPlugin } from "@codemirror/view";
import { styleTags, tags } from "@lezer/highlight";

/** @import { DecorationSet, EditorView, ViewUpdate } from "@codemirror/view" */

/** The tag that theme.js colours dashes by. */
export const dash = tags.list;

const LABELS = /^["']?(?:matchLabels|labels|values)["']?$/;
const value = Decoration.mark({ class: "label-value" });
const expectation = Decoration.mark({ class: "expectation" });

class Accents {
  /** @param {EditorView} view */
  constructor(view) {
    this.decorations = accents(view);
  }

  /** @param {ViewUpdate} update */
  update(update) {
    const hasParsed = syntaxTree(update.startState) !== syntaxTree(update.state);
    if (update.docChanged || update.viewportChanged || hasParsed) this.decorations = accents(update.view);
  }
}
const marks = ViewPlugin.fromClass(Accents, { decorations: (plugin) => plugin.decorations });

export const yaml = [new LanguageSupport(yamlLanguage.configure({ props: [styleTags({ "BlockSequence/-": dash })] })), marks];

/**
 * @param {EditorView} view
 * @returns {DecorationSet}
 */
function accents(view) {
  const builder = /** @type {RangeSetBuilder<Decoration>} */ (new RangeSetBuilder());
  const { doc } = view.state;
  for (const { from, to } of view.visibleRanges) {
    let labelsUntil = -1;
    let keyUntil = -1;
    syntaxTree(view.state).iterate({
      from,
      to,
      enter(node) {
        if (node.name === "Key") {
          keyUntil = node.to;
          if (LABELS.test(doc.sliceString(node.from, node.to))) labelsUntil = Math.max(labelsUntil, node.node.parent?.to ?? 0);
        } else if (node.name === "Literal" && node.from >= keyUntil && node.from < labelsUntil) {
          builder.add(node.from, node.to, value);
        } else if (node.name === "Comment" && doc.sliceString(node.from, node.from + 2) === "#?") {
          builder.add(node.from, node.to, expectation);
        }
      },
    });
  }
  return builder.finish();
}
