// Looks, made of the page's own custom properties, which reach into the shadow root: light, dark and forced colours
// follow the page without a word.
import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { dash } from "./accents.js";

const colours = HighlightStyle.define([
  { tag: tags.definition(tags.propertyName), color: "var(--key)" },
  { tag: dash, color: "var(--deny)" },
  { tag: tags.separator, color: "var(--code)" },
  { tag: [tags.string, tags.special(tags.string)], color: "var(--string)" },
  { tag: tags.lineComment, color: "var(--comment)", fontStyle: "italic" },
  { tag: [tags.meta, tags.keyword, tags.labelName, tags.typeName], color: "var(--comment)" },
]);

const tooltip = {
  background: "var(--card)",
  color: "var(--ink)",
  border: "1px solid var(--edge)",
  borderRadius: "8px",
  boxShadow: "0 8px 28px var(--shadow)",
  overflow: "hidden",
  font: "13.5px/1.45 var(--sans)",
};
/** @param {string} colour */
const wavy = (colour) => ({
  backgroundImage: "none",
  textDecoration: `underline wavy ${colour} 1px`,
  textUnderlineOffset: "3px",
  textDecorationSkipInk: "none",
});
/**
 * @param {string} colour
 * @param {string} background
 */
const round = (colour, background) => ({
  content: '""',
  display: "block",
  width: "8px",
  height: "8px",
  margin: "6px 0 0 3px",
  borderRadius: "50%",
  background,
  border: `2px solid ${colour}`,
  boxSizing: "border-box",
});

const theme = EditorView.theme({
  "&": {
    flex: "1",
    minWidth: "0",
    minHeight: "var(--editor-min)",
    maxHeight: "var(--editor-max)",
    color: "var(--code)",
    background: "var(--card)",
  },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "inherit", lineHeight: "inherit", fontVariantLigatures: "none" },
  ".cm-content": { padding: "var(--pad) 0", caretColor: "var(--ink)" },
  ".cm-line": { padding: "0 28px 0 2px" },
  ".label-value": { color: "var(--string)" },
  ".expectation, .expectation *": { color: "var(--code)", fontStyle: "normal", background: "var(--soft)", borderRadius: "4px" },
  ".cm-line.behind": { background: "var(--behind)" },
  "&.cm-focused .cm-line ::selection, .cm-line::selection, .cm-content ::selection": { background: "var(--selection)" },
  ".cm-gutters": { background: "var(--card)", color: "var(--muted)", border: "0" },
  ".cm-gutterElement.behind": { background: "var(--behind)", color: "var(--code)" },
  ".cm-lineNumbers .cm-gutterElement": { minWidth: "26px", padding: "0 1px 0 0" },
  ".cm-activeLineGutter": { background: "none", color: "var(--ink)" },
  ".cm-activeLineGutter.behind": { background: "var(--behind)" },
  ".cm-gutter-lint": { width: "14px" },
  ".cm-gutter-lint .cm-gutterElement": { padding: "0" },
  ".cm-gutter-lint .cm-gutterElement.behind": { boxShadow: "inset 3px 0 0 var(--part)" },
  ".cm-lint-marker": { content: "none", width: "14px", height: "21px", cursor: "pointer" },
  ".cm-lint-marker-error, .cm-lint-marker-warning, .cm-lint-marker-info": { content: "normal" },
  ".cm-lint-marker-error::before": round("var(--deny)", "var(--deny)"),
  ".cm-lint-marker-warning::before": round("var(--part)", "var(--part-bg)"),
  ".cm-lint-marker-info::before": round("var(--na)", "transparent"),
  ".cm-lintRange": { paddingBottom: "0" },
  ".cm-lintRange-error": wavy("var(--deny)"),
  ".cm-lintRange-warning": wavy("var(--part)"),
  ".cm-lintRange-info": wavy("var(--na)"),
  ".cm-lintPoint-error::after": { borderBottomColor: "var(--deny)" },
  ".cm-lintPoint-warning::after": { borderBottomColor: "var(--part)" },
  ".cm-lintPoint-info::after": { borderBottomColor: "var(--na)" },
  ".signs": { width: "17px" },
  ".sign": { display: "block", textAlign: "center", fontWeight: "700", cursor: "default" },
  ".sign.holds": { color: "var(--allow)" },
  ".sign.fails": { color: "var(--deny)" },
  ".sign.hanging": { fontWeight: "400", fontSize: "11px" },
  "&.cm-focused .cm-matchingBracket, .cm-matchingBracket": { background: "var(--soft)", outline: "1px solid var(--edge)" },
  ".cm-nonmatchingBracket, &.cm-focused .cm-nonmatchingBracket": { background: "none", color: "var(--deny)" },
  ".cm-selectionMatch": { background: "var(--soft)" },
  ".cm-searchMatch": { background: "var(--part-bg)", color: "var(--ink)" },
  ".cm-searchMatch.cm-searchMatch-selected": { outline: "2px solid var(--part)" },
  ".cm-tooltip": { ...tooltip, zIndex: "20" },
  ".cm-tooltip-section:not(:first-child)": { borderTop: "1px solid var(--line)" },
  ".cm-tooltip.cm-tooltip-hover": { maxWidth: "min(46ch, 90vw)" },
  ".cm-tooltip-lint": { margin: "0", padding: "0" },
  ".cm-diagnostic": { padding: "9px 12px", border: "0", marginLeft: "0", whiteSpace: "normal" },
  ".cm-diagnostic p": { margin: "0", overflowWrap: "anywhere" },
  ".cm-diagnostic p + p": { marginTop: "4px", color: "var(--muted)" },
  ".severity": { fontSize: "12px", fontWeight: "600", color: "var(--na)" },
  ".severity.error": { color: "var(--deny)" },
  ".severity.warning": { color: "var(--part)" },
  code: { font: ".9em var(--mono)", background: "var(--soft)", padding: "0 4px", borderRadius: "4px" },
  ".cm-diagnosticAction": {
    display: "block",
    minHeight: "28px",
    margin: "8px 0 0",
    padding: "3px 12px",
    borderRadius: "7px",
    border: "0",
    background: "var(--accent)",
    color: "var(--accent-ink)",
    font: "600 13px var(--sans)",
    cursor: "pointer",
  },
  ".field-hover": { padding: "8px 12px" },
  ".field-hover p": { margin: "0" },
  ".field-hover .path": { color: "var(--muted)", font: "12px var(--mono)", marginBottom: "3px", overflowWrap: "anywhere" },
  ".cm-tooltip.cm-tooltip-autocomplete": { overflow: "visible" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { borderRadius: "7px", font: "13px/1.5 var(--mono)", maxHeight: "13em", minWidth: "200px" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "1px 10px", lineHeight: "24px" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { background: "var(--accent)", color: "var(--accent-ink)" },
  ".cm-completionMatchedText": { textDecoration: "none", fontWeight: "700" },
  ".cm-completionDetail": { font: "12px var(--sans)", color: "var(--muted)", marginLeft: "12px" },
  "li[aria-selected] .cm-completionDetail": { color: "inherit" },
  ".cm-completionInfo p": { margin: "0" },
  ".cm-tooltip.cm-completionInfo": { padding: "8px 12px", maxWidth: "340px" },
  ".cm-panels": { background: "var(--soft)", color: "var(--ink)", font: "13px var(--sans)" },
  ".cm-panels.cm-panels-top": { borderBottom: "1px solid var(--line)" },
  ".cm-panel.cm-search": { padding: "6px 8px" },
  ".cm-textfield": { background: "var(--card)", color: "var(--ink)", border: "1px solid var(--edge)", borderRadius: "6px", fontSize: "13px" },
  ".cm-button": {
    background: "var(--card)",
    color: "var(--ink)",
    border: "1px solid var(--edge)",
    borderRadius: "6px",
    fontSize: "13px",
    backgroundImage: "none",
  },
  "@media (forced-colors: active)": {
    ".cm-line.behind, .cm-gutterElement.behind": { outline: "1px dotted Mark" },
    ".cm-tooltip-autocomplete ul li[aria-selected]": { forcedColorAdjust: "none", background: "Highlight", color: "HighlightText" },
    ".cm-lint-marker::before": { forcedColorAdjust: "none", background: "CanvasText" },
  },
});

export const looks = [theme, syntaxHighlighting(colours)];
