import { parseRule } from "../../../server/language/parse-rule.ts";
import { printRule } from "../../../server/language/print-rule.ts";
import type { Vocabulary } from "../../../server/language/vocabulary.ts";
import { type Group, type Item, type Leaf, NOWHERE, ruleOf } from "./model.ts";

/**
 * The text of what is built; null where nothing is. Conditions that were not changed keep the words in which they were
 * written, unless the text would then be read as another rule.
 */
export function printModel(
  root: Group,
  vocabulary: Vocabulary,
  { lines }: { lines: "one" | "several" },
): string | null {
  const rule = ruleOf(root);
  if (rule === null) return null;
  const plain = printRule(rule);
  const candidates = [
    ...(lines === "several"
      ? [printed(root, { top: "\n", words: "kept" }), printed(root, { top: "\n", words: "plain" })]
      : []),
    printed(root, { top: " ", words: "kept" }),
  ];
  for (const text of candidates) {
    const read = parseRule(text, vocabulary).rule;
    if (read !== null && printRule(read) === plain) return text;
  }
  return plain;
}

interface Manner {
  /** What stands before AND and OR at the top. */
  readonly top: " " | "\n";
  readonly words: "kept" | "plain";
}

function printed(root: Group, { top, words }: Manner): string {
  if (root.negations > 0) return `${"NOT ".repeat(root.negations)}${printPart({ ...root, negations: 0 }, words)}`;
  const parts = chosen(root);
  const [only] = parts;
  // Nothing can follow a condition that is alone, so that its WHERE needs no brackets.
  if (parts.length === 1 && only?.kind === "condition" && only.negations === 0) {
    if (only.leaf !== null && (words === "plain" || only.source === null)) return printRule(only.leaf);
  }
  return parts.map((part) => printPart(part, words)).join(`${top}${root.how.toUpperCase()} `);
}

function printPart(item: Item, words: Manner["words"]): string {
  const nots = "NOT ".repeat(item.negations);
  if (item.kind === "condition") {
    if (item.leaf === null) return "";
    return nots + (words === "kept" && item.source !== null ? item.source : printLeaf(item.leaf));
  }
  const parts = chosen(item);
  const [first] = parts;
  if (parts.length === 1 && first !== undefined) return nots + printPart(first, words);
  return `${nots}(${parts.map((part) => printPart(part, words)).join(` ${item.how.toUpperCase()} `)})`;
}

function chosen({ items }: Group): readonly Item[] {
  return items.filter((item) => ruleOf(item) !== null);
}

/** As it is written where AND or OR may follow. */
function printLeaf(leaf: Leaf): string {
  return printRule({ kind: "not", part: leaf, ...NOWHERE }).slice("NOT ".length);
}
