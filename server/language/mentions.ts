import { printName } from "./print-name.ts";
import { tokenize } from "./tokens.ts";

/** Where a rule or an expression names an input, `$least`, or a cell, `personas` in `IN SEGMENT personas.Lapsed`. */
export interface Mention {
  readonly of: "input" | "cell";
  readonly name: string;
  readonly from: number;
  readonly to: number;
  /** How another name is written in its place. */
  written(name: string): string;
}

/** Every mention in the text's order; texts in quotes hold none. */
export function mentionsIn(text: string): Mention[] {
  const tokens = tokenize(text);
  return tokens.flatMap((token, index): Mention[] => {
    const { from, to } = token;
    if (token.kind === "input") return [{ of: "input", name: token.text, from, to, written: (name) => `$${name}` }];
    const before = tokens[index - 1];
    const next = tokens[index + 1];
    const isName = token.kind === "word" || token.kind === "backtick" || token.kind === "double";
    const isQualifier = next?.kind === "symbol" && next.text === "." && before?.text.toLowerCase() === "segment";
    if (!isName || !isQualifier) return [];
    const mark = token.kind === "backtick" ? "`" : token.kind === "double" ? '"' : null;
    const written = (name: string) => (mark === null ? printName(name) : `${mark}${name}${mark}`);
    return [{ of: "cell", name: token.text.toLowerCase(), from, to, written }];
  });
}
