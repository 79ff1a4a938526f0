import { RangeSetBuilder } from "@codemirror/state";
import { Decoration, type DecorationSet, type EditorView, ViewPlugin, type ViewUpdate } from "@codemirror/view";

/** Words that join rules, and what a rule is compared with: light enough to be done by pattern as one types. */
const JOINS = String.raw`\b(?:AND|OR|NOT|THEN)\b`;
const UNITS = "minutes?|hours?|days?|weeks?|months?|quarters?|years?|times?";
const TIMES = String.raw`\b\d[\d,]*\s+(?:${UNITS})(?:\s+ago)?\b`;
const NUMBERS = String.raw`(?<![\w.-])[$£€]?\d[\d,]*(?:\.\d+)?%?(?![\w-])`;
const TEXTS = String.raw`'(?:[^'\n]|'')*'`;
const DATES = String.raw`\b\d{4}-\d{2}-\d{2}\b`;
const INPUTS = String.raw`\$[a-z][a-z0-9_]*`;

const WORDS = new RegExp(`(?<join>${JOINS})|(?<value>${DATES}|${TIMES}|${TEXTS}|${INPUTS}|${NUMBERS})`, "gi");

export interface RuleWord {
  from: number;
  to: number;
  look: "join" | "value";
}

/** Where one line of a rule has joins and values; what follows a comment sign is left alone. */
export function findRuleWords(line: string): RuleWord[] {
  const comment = /(?:^|\s)#/.exec(line);
  const text = comment === null ? line : line.slice(0, comment.index);
  // Up to the first colon stands a key, whose digits are part of a name.
  const key = /^\s*(?:-\s+)?[^:'"]+:(?=\s|$)/.exec(text)?.[0].length ?? 0;
  return [...text.matchAll(WORDS)]
    .filter((match) => match.index >= key)
    .map((match) => ({
      from: match.index,
      to: match.index + match[0].length,
      look: match.groups?.join === undefined ? "value" : "join",
    }));
}

const looks = {
  join: Decoration.mark({ class: "seg-join" }),
  value: Decoration.mark({ class: "seg-value" }),
};

/** Marks a rule's words in what is seen of a YAML body. */
export const ruleWords = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;

    constructor(view: EditorView) {
      this.decorations = decorate(view);
    }

    update(update: ViewUpdate): void {
      if (update.docChanged || update.viewportChanged) this.decorations = decorate(update.view);
    }
  },
  { decorations: (plugin) => plugin.decorations },
);

function decorate(view: EditorView): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  for (const { from, to } of view.visibleRanges) {
    for (let at = from; at <= to; ) {
      const line = view.state.doc.lineAt(at);
      for (const word of findRuleWords(line.text)) {
        builder.add(line.from + word.from, line.from + word.to, looks[word.look]);
      }
      at = line.to + 1;
    }
  }
  return builder.finish();
}
