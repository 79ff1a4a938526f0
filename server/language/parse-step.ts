import { breaksAt, type Cursor, fail, hope, peek, phraseAt, report, shown, since, take, tokenAt } from "./cursor.ts";
import { findColumn, findEvent, isQuoted } from "./find-name.ts";
import { suggest } from "./nearest.ts";
import { failQuote } from "./parse-operand.ts";
import type { Span, Subject } from "./tree.ts";
import type { Column, EventWord } from "./vocabulary.ts";
import { wordsOf } from "./words.ts";

/** An event by name. Where the name is not known, that has been reported and the event has no relation and no columns. */
export interface StepName extends Span {
  readonly event: EventWord;
  readonly marked: boolean;
}

export function readStepName(c: Cursor): StepName | null {
  const { from } = peek(c);
  const marked = startsMark(c, c.at, "event");
  if (marked) take(c);
  hope(c, { slot: "event" });
  const found = findEvent(c, c.at);
  if (found) {
    c.at += found.length;
    return { event: found.item, marked, ...since(c, from) };
  }
  const name = readUnknown(c, "An event");
  if (!name) return null;
  const words = c.vocabulary.events.map((event) => event.words);
  report(c, name, {
    code: "unknown-event",
    message: `There is no event \`${name.written}\`.`,
    hint: suggest(name.written, words, "events"),
  });
  const event = { words: name.written, relation: "", at: "", entity: "", where: null, columns: [] };
  return { event, marked, ...since(c, from) };
}

/** Whether `event` or `attribute` stands before a name, rather than being the name's own first word. */
export function startsMark(c: Cursor, index: number, mark: "event" | "attribute"): boolean {
  if (!phraseAt(c, index, mark)) return false;
  const after = tokenAt(c, index + 1);
  if (!isQuoted(after) && (after.kind !== "word" || breaksAt(c, index + 1))) return false;
  return (findEvent(c, index)?.length ?? 0) < 2;
}

export interface Written extends Span {
  readonly written: string;
}

/** The event's column of that name; a name that it lacks is reported, with `advice` after the nearest names. */
export function resolveProperty(c: Cursor, event: EventWord, name: Written, advice: string): Subject {
  const column = findColumn(event.columns, name.written);
  if (!column && event.relation !== "" && namesAreKnown(c, event.columns)) {
    const names = event.columns.map((each) => each.name);
    report(c, name, {
      code: "unknown-property",
      message: `The event \`${event.words}\` has no column \`${name.written}\`.`,
      hint: `${suggest(name.written, names, "columns of it")}${advice}`,
    });
  }
  const fallback = wordsOf(name.written).join("_") || name.written;
  return { name: column?.name ?? fallback, marked: false, from: name.from, to: name.to };
}

/** Columns of a relation that has not been read yet are not known, and then their names are not judged. */
export function namesAreKnown(c: Cursor, columns: readonly Column[]): boolean {
  return columns.length > 0 || !c.vocabulary.provisional;
}

/** A name that may not be known: a quoted one, or all words up to one that means something else. */
export function readUnknown(c: Cursor, what: string): Written | null {
  const first = peek(c);
  if (first.kind === "broken") return failQuote(c);
  if (isQuoted(first)) {
    take(c);
    return { written: first.text, from: first.from, to: first.to };
  }
  if (first.kind !== "word" || breaksAt(c, c.at)) {
    const reserved = first.kind === "word";
    return fail(c, first, {
      code: "expected-name",
      message: `${what} was expected, not ${shown(c, first)}.`,
      hint: reserved
        ? `If it is a name, put it in backticks: \`\`${first.text}\`\`.`
        : "A name is written as its words, or in backticks.",
    });
  }
  while (peek(c).kind === "word" && !breaksAt(c, c.at)) take(c);
  const span = since(c, first.from);
  return { written: c.text.slice(span.from, span.to), ...span };
}
