import { type Cursor, hope, peek, phraseAt, since, skipPhrase, take } from "./cursor.ts";
import { findName } from "./find-name.ts";
import type { Rule } from "./tree.ts";

export interface Grammar {
  /** Reads one condition, or a group in brackets. */
  readonly condition: () => Rule | null;
  /** Whether the AND or OR before the token at `index` belongs to this grammar. */
  readonly goesOn: (index: number) => boolean;
}

/** Conditions joined by AND and OR; NOT binds tighter than AND, AND than OR. */
export function readJoined(c: Cursor, grammar: Grammar): Rule | null {
  return readList(c, "or", () => readList(c, "and", () => readNot(c, grammar), grammar), grammar);
}

function readList(c: Cursor, kind: "and" | "or", readPart: () => Rule | null, grammar: Grammar): Rule | null {
  const { from } = peek(c);
  const first = readPart();
  if (!first) return null;
  const parts = [first];
  hope(c, { slot: "words", words: ["and", "or"] });
  while (phraseAt(c, c.at, kind) && grammar.goesOn(c.at + 1)) {
    take(c);
    const part = readPart();
    if (!part) return null;
    parts.push(part);
  }
  return parts.length === 1 ? first : { kind, parts, ...since(c, from) };
}

function readNot(c: Cursor, grammar: Grammar): Rule | null {
  const { from } = peek(c);
  if (!startsNot(c)) return grammar.condition();
  skipPhrase(c, "not");
  const part = readNot(c, grammar);
  return part && { kind: "not", part, ...since(c, from) };
}

/** An event may itself be called `not delivered`; the longest known name wins. */
function startsNot(c: Cursor): boolean {
  return phraseAt(c, c.at, "not") > 0 && (findName(c, c.at)?.length ?? 0) < 2;
}
