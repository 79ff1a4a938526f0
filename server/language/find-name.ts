import { type Cursor, isSymbol, report, tokenAt } from "./cursor.ts";
import type { Token } from "./tokens.ts";
import type { Column, EventWord } from "./vocabulary.ts";
import { wordsOf } from "./words.ts";

export interface Found {
  /** How many tokens the name takes. */
  readonly length: number;
  readonly attribute: Column | null;
  readonly event: EventWord | null;
}

/** The longest attribute or event that is written at a token; both where one name means both. */
export function findName(c: Cursor, index: number): Found | null {
  const attribute = findIn(c, index, c.vocabulary.attributes, (column) => column.name);
  const event = findEvent(c, index);
  const length = Math.max(attribute?.length ?? 0, event?.length ?? 0);
  if (length === 0) return null;
  return {
    length,
    attribute: attribute?.length === length ? attribute.item : null,
    event: event?.length === length ? event.item : null,
  };
}

/** The longest event that is written at a token. */
export function findEvent(c: Cursor, index: number): Match<EventWord> | null {
  return findIn(c, index, c.vocabulary.events, (event) => event.words);
}

export interface Match<T> {
  readonly item: T;
  readonly length: number;
}

/** The longest of some names that is written at a token. Names are compared by their words. */
export function findIn<T>(c: Cursor, index: number, items: readonly T[], nameOf: (item: T) => string): Match<T> | null {
  let length = 0;
  let found: T[] = [];
  for (const item of items) {
    const taken = lengthOf(c, index, wordsOf(nameOf(item)));
    if (taken === 0 || taken < length) continue;
    found = taken > length ? [item] : [...found, item];
    length = taken;
  }
  const first = found[0];
  if (first === undefined) return null;
  if (found.length === 1) return { item: first, length };
  return { item: chooseExact(c, index, length, found, nameOf) ?? first, length };
}

/** A column by what was written for it, which is a quoted name or words. */
export function findColumn(columns: readonly Column[], written: string): Column | null {
  const exact = columns.find((column) => column.name.toLowerCase() === written.toLowerCase());
  if (exact) return exact;
  const words = wordsOf(written).join(" ");
  if (words === "") return null;
  return columns.find((column) => wordsOf(column.name).join(" ") === words) ?? null;
}

const QUOTED = new Set(["single", "double", "backtick"]);

export function isQuoted(token: Token): boolean {
  return QUOTED.has(token.kind);
}

/** How many tokens at `index` spell the words; 0 where they don't. */
function lengthOf(c: Cursor, index: number, words: readonly string[]): number {
  if (words.length === 0) return 0;
  const first = tokenAt(c, index);
  if (isQuoted(first)) return wordsOf(first.text).join(" ") === words.join(" ") ? 1 : 0;
  let at = index;
  let spelled = 0;
  while (spelled < words.length) {
    const token = tokenAt(c, at);
    at += 1;
    if (spelled > 0 && isJoiner(token)) continue;
    if (token.kind !== "word" && token.kind !== "number") return 0;
    const parts = wordsOf(token.text);
    if (parts.length === 0 || parts.some((part, i) => words[spelled + i] !== part)) return 0;
    spelled += parts.length;
  }
  return at - index;
}

/** Between the words of a name: `add-to-cart`, `Q&A opened`. */
function isJoiner(token: Token): boolean {
  return ["-", "/", ".", "&", ":", "+", "#"].some((symbol) => isSymbol(token, symbol));
}

/** Of several names of the same words, the one that is written letter by letter; otherwise that is a problem. */
function chooseExact<T>(
  c: Cursor,
  index: number,
  length: number,
  found: readonly T[],
  nameOf: (item: T) => string,
): T | null {
  const from = tokenAt(c, index);
  const to = tokenAt(c, index + length - 1).to;
  const written = isQuoted(from) ? from.text : c.text.slice(from.from, to);
  const spellings = [written, written.toLowerCase(), wordsOf(written).join("_")];
  for (const spelling of spellings) {
    const exact = found.filter((item) => nameOf(item) === spelling || nameOf(item).toLowerCase() === spelling);
    if (exact.length === 1 && exact[0] !== undefined) return exact[0];
  }
  report(
    c,
    { from: from.from, to },
    {
      code: "ambiguous-name",
      message: `\`${written}\` may be any of ${found.map((item) => `\`${nameOf(item)}\``).join(", ")}.`,
      hint: "Give one of them another name, or write it in backticks exactly as it is.",
    },
  );
  return null;
}
