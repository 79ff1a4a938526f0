import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

/** All colours are tokens, so both themes come from one style. */
const look = EditorView.theme({
  "&": { fontSize: "var(--size-2)", color: "var(--ink)", backgroundColor: "transparent" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.6", overflowX: "auto", fontVariantLigatures: "none" },
  "&.prose .cm-scroller": { fontFamily: "var(--font)", fontSize: "var(--size-3)" },
  ".cm-content": { padding: "10px 0", caretColor: "var(--ink)", minHeight: "38px" },
  ".cm-line": { padding: "0 14px" },
  ".cm-cursor, .cm-dropCursor": { borderLeftColor: "var(--ink)", borderLeftWidth: "1.5px" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    background: "color-mix(in oklab, var(--accent) 22%, transparent)",
  },
  ".cm-activeLine": { backgroundColor: "transparent" },
  "&.cm-focused .cm-activeLine": { backgroundColor: "color-mix(in oklab, var(--ink) 4%, transparent)" },
  ".cm-matchingBracket, &.cm-focused .cm-matchingBracket": {
    backgroundColor: "color-mix(in oklab, var(--accent) 20%, transparent)",
    color: "inherit",
  },
  "&.cm-focused .cm-nonmatchingBracket": { backgroundColor: "var(--failed-soft)", color: "var(--failed)" },
  ".cm-placeholder": { color: "var(--ink-2)" },
  ".seg-join": { fontWeight: "650" },
  ".seg-value, .seg-value > span": { color: "var(--down)" },
  ".cm-tooltip": {
    border: "1px solid var(--line)",
    borderRadius: "6px",
    backgroundColor: "var(--card)",
    color: "var(--ink)",
    boxShadow: "var(--shadow)",
    zIndex: "30",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": {
    fontFamily: "var(--mono)",
    fontSize: "var(--size-2)",
    maxHeight: "14em",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "2px 10px", lineHeight: "1.5" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { background: "var(--accent-soft)", color: "var(--accent)" },
  ".cm-completionMatchedText": { textDecoration: "none", fontWeight: "700" },
  ".cm-completionDetail": {
    marginLeft: "1em",
    fontFamily: "var(--font)",
    fontStyle: "normal",
    fontSize: "var(--size-1)",
    color: "var(--ink-2)",
  },
  ".cm-tooltip.cm-completionInfo": { padding: "6px 10px", fontSize: "var(--size-2)", maxWidth: "320px" },
  ".cm-diagnostic": { padding: "5px 10px", borderLeft: "0", whiteSpace: "pre-wrap", maxWidth: "52ch" },
  ".cm-tooltip-lint": { fontSize: "var(--size-2)" },
  ".cm-lintRange": { backgroundImage: "none", textDecorationLine: "underline", textDecorationThickness: "1.5px" },
  ".cm-lintRange-error": { textDecorationStyle: "wavy", textDecorationColor: "var(--failed)" },
  ".cm-lintRange-warning": { textDecorationStyle: "wavy", textDecorationColor: "var(--stale)" },
  ".cm-lintRange-info": { textDecorationStyle: "dotted", textDecorationColor: "var(--ink-3)" },
  ".cm-lintRange-active": { backgroundColor: "transparent" },
});

const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.definition(tags.propertyName)], color: "var(--running)" },
  { tag: [tags.string, tags.number, tags.bool, tags.null, tags.special(tags.name)], color: "var(--down)" },
  { tag: [tags.typeName, tags.standard(tags.name)], color: "var(--accent)" },
  { tag: tags.comment, color: "var(--ink-2)", fontStyle: "italic" },
  { tag: [tags.punctuation, tags.separator, tags.operator], color: "var(--ink-2)" },
  { tag: tags.special(tags.string), color: "var(--ink-2)" },
]);

export const editorLook: Extension = [look, syntaxHighlighting(colours)];
