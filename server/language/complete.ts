import { type Offering, offersFor } from "./complete-offers.ts";
import { openCursor } from "./cursor.ts";
import type { Hope } from "./hope.ts";
import { readOpenExpression } from "./parse-expression.ts";
import { readOpenRule } from "./parse-rule.ts";
import { type Token, tokenize } from "./tokens.ts";
import type { Vocabulary } from "./vocabulary.ts";
import { wordsOf } from "./words.ts";

export type { Offering } from "./complete-offers.ts";

/** Something that may be written at a place of a rule or an expression. */
export interface Offer extends Offering {
  /** Offset into the text from which it takes the place of what is written. */
  readonly from: number;
}

/** Values that a column is known to have, as text; of an event's relation, or of the people where that is null. */
export type KnownValues = (column: string, relation: string | null) => readonly string[];

/** What may be written at an offset of a rule, the likeliest first. What stands behind the offset is not looked at. */
export function completeRule(
  text: string,
  offset: number,
  vocabulary: Vocabulary,
  values: KnownValues = none,
): Offer[] {
  return complete(text.slice(0, offset), readOpenRule, { vocabulary, values });
}

/** The same for a feature's expression. */
export function completeExpression(
  text: string,
  offset: number,
  vocabulary: Vocabulary,
  values: KnownValues = none,
): Offer[] {
  return complete(text.slice(0, offset), readOpenExpression, { vocabulary, values });
}

type Reader = typeof readOpenRule;

interface Knowledge {
  readonly vocabulary: Vocabulary;
  readonly values: KnownValues;
}

/** A name or a phrase may have been begun this many words before. */
const MOST_WORDS = 5;

function complete(before: string, read: Reader, known: Knowledge): Offer[] {
  const tokens = tokenize(before).slice(0, -1);
  const offers = new Map<string, Offer>();
  for (const from of [...startsOf(before, tokens)].reverse()) {
    const typed = before.slice(from);
    for (const offering of hopesAt(before.slice(0, from), read, known).flatMap((each) => offersFor(each, known))) {
      const long = from < (tokens.at(-1)?.from ?? 0) || typed.endsWith(" ");
      if (!fits(offering, typed, long ? "begun" : "any word") || offers.has(offering.text)) continue;
      offers.set(offering.text, { ...offering, from });
    }
  }
  return [...offers.values()];
}

/** Where what is being written may have begun: at the cursor or its word, and the words before it, nearest first. */
function startsOf(before: string, tokens: readonly Token[]): number[] {
  const last = tokens.at(-1);
  const starts: number[] = [];
  if (last === undefined || (last.to < before.length && last.kind !== "broken")) starts.push(before.length);
  // Behind a finished text or a bracket something new begins.
  else if (last.kind === "single" || last.kind === "double" || /^[(),]$/.test(last.text)) return [before.length];
  for (let back = tokens.length - 1; back >= 0 && starts.length <= MOST_WORDS; back -= 1) {
    const token = tokens[back];
    const isLast = back === tokens.length - 1 && token?.to === before.length;
    if (token === undefined || !(isLast || token.kind === "word" || token.kind === "number")) break;
    starts.push(token.from);
    if (token.kind === "broken") break;
  }
  return starts;
}

/** What is hoped for at the end; where the text can't be read so far, what its last part alone leads to. */
function hopesAt(text: string, read: Reader, { vocabulary }: Knowledge): Hope[] {
  const c = openCursor(text, vocabulary);
  read(c);
  if (c.hopes.length > 0) return c.hopes;
  const joins = [...text.matchAll(/\b(?:and|or|not)\b|[(]/gi)];
  const join = joins.at(-1);
  if (join === undefined) return [];
  const rest = openCursor(text.slice(join.index + join[0].length), vocabulary);
  read(rest);
  return rest.hopes;
}

/** Whether what was typed begins an offer; a single word may also begin a later word of its name. */
function fits({ text, label }: Offering, typed: string, how: "begun" | "any word"): boolean {
  const bare = typed.trim().toLowerCase();
  if (bare === text.trim().toLowerCase()) return false;
  if (bare === "") return true;
  if (text.toLowerCase().startsWith(bare)) return true;
  if (!/^['"`]?[\p{L}\p{M}\p{N}_\s]*$/u.test(bare)) return false;
  const wanted = wordsOf(bare).join(" ");
  const words = wordsOf(label);
  if (wanted === "") return /^['"`]/.test(bare) && text.startsWith(bare);
  if (words.join(" ").startsWith(wanted)) return true;
  return how === "any word" && words.some((word) => word.startsWith(wanted));
}

function none(): readonly string[] {
  return [];
}
