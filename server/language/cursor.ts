import type { Hope } from "./hope.ts";
import { type Token, tokenize } from "./tokens.ts";
import type { Span } from "./tree.ts";
import type { EventWord, LanguageProblem, Vocabulary } from "./vocabulary.ts";
import { BREAKS } from "./words.ts";

/**
 * Where the parser stands. A reader returns what it read, or null after it has put down a problem and can't go on; a
 * problem that does not change the shape, such as an unknown name, is put down and reading goes on.
 */
export interface Cursor {
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly vocabulary: Vocabulary;
  readonly problems: LanguageProblem[];
  at: number;
  /** The event whose WHERE without brackets has just ended, for the hint on a name that is its column. */
  whereOf: EventWord | null;
  /** What was looked for where the text ends: what may come next. */
  readonly hopes: Hope[];
  /** What the operator at hand compares, for what is hoped for behind it. */
  compared: { readonly name: string; readonly event: EventWord | null } | null;
}

export function openCursor(text: string, vocabulary: Vocabulary): Cursor {
  return { text, tokens: tokenize(text), vocabulary, problems: [], at: 0, whereOf: null, hopes: [], compared: null };
}

export function tokenAt(c: Cursor, index: number): Token {
  const last = c.text.length;
  return c.tokens[index] ?? { kind: "end", text: "", from: last, to: last };
}

export function peek(c: Cursor, ahead = 0): Token {
  return tokenAt(c, c.at + ahead);
}

export function take(c: Cursor): Token {
  const token = peek(c);
  c.at += 1;
  return token;
}

export function isWord(token: Token, word: string): boolean {
  return token.kind === "word" && token.text.toLowerCase() === word;
}

export function isSymbol(token: Token, symbol: string): boolean {
  return token.kind === "symbol" && token.text === symbol;
}

/** How many tokens the phrase takes at `index`, or 0. A word in brackets, as in `in [the] last`, may be missing. */
export function phraseAt(c: Cursor, index: number, phrase: string): number {
  let at = index;
  for (const part of phrase.split(" ")) {
    const optional = part.startsWith("[");
    const there = isWord(tokenAt(c, at), optional ? part.slice(1, -1) : part);
    if (there) at += 1;
    else if (!optional) return 0;
  }
  return at - index;
}

/** Whether what stands at a token ends a name. */
export function breaksAt(c: Cursor, index: number): boolean {
  return tokenAt(c, index).kind === "word" && BREAKS.some((phrase) => phraseAt(c, index, phrase) > 0);
}

export function skipPhrase(c: Cursor, phrase: string): boolean {
  const length = phraseAt(c, c.at, phrase);
  c.at += length;
  return length > 0;
}

export function skipSymbol(c: Cursor, symbol: string): boolean {
  const there = isSymbol(peek(c), symbol);
  if (there) c.at += 1;
  return there;
}

/** From an offset to the end of what was taken last. */
export function since(c: Cursor, from: number): Span {
  return { from, to: Math.max(from, tokenAt(c, c.at - 1).to) };
}

/** Notes what may stand at the cursor, where the text ends there. */
export function hope(c: Cursor, hoped: Hope): void {
  if (peek(c).kind === "end") c.hopes.push(hoped);
}

export interface Slip {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}

export function report(c: Cursor, span: Span, slip: Slip): void {
  // At the end of the text there is nothing to underline but the end itself.
  c.problems.push({ code: slip.code, from: span.from, to: span.to, message: slip.message, hint: slip.hint });
}

/** Puts a problem down and gives null, for `return fail(…)`. */
export function fail(c: Cursor, span: Span, slip: Slip): null {
  report(c, span, slip);
  return null;
}

/** A token as a message names it. */
export function shown(c: Cursor, token: Token): string {
  return token.kind === "end" ? "the end" : `\`${c.text.slice(token.from, token.to)}\``;
}
