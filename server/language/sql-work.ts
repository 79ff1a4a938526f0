import { name } from "./quote.ts";
import type { Span } from "./tree.ts";
import type { Clock, EventWord, LanguageProblem, Vocabulary } from "./vocabulary.ts";

/** What one compilation has at hand, and what it puts down: problems, and the relations to be joined to the people. */
export interface Work {
  readonly vocabulary: Vocabulary;
  readonly clock: Clock;
  readonly problems: { push(problem: LanguageProblem): unknown };
  /** What is joined to the people, each by what it is, so that nothing is computed twice. */
  readonly joins: Map<string, Join>;
  /** How an event's key is compared with the people's. */
  readonly match: (event: EventWord) => Match;
  /**
   * Whether a scan keeps a row for every person of the events, or only for those whom some aggregate may count, which
   * lets it leave out what lies before all windows.
   */
  readonly keeps: "everybody" | "whoever counts";
}

/** A piece of SQL and DuckDB's name of its type. */
export interface Typed {
  readonly sql: string;
  readonly type: string;
}

/** A common table with at most one row per entity, known by `KEY`, that is joined to the people. */
export interface Join {
  readonly name: string;
  /** How its key is compared with the people's. */
  readonly match: Match;
  /** What is computed → the column that holds it. */
  readonly columns: Map<string, string>;
  /** The table's query; asked for once everything has been put down. */
  readonly query: () => string;
}

/** Keys of one type are compared as they are; a number and a text by the number's digits, or as doubles. */
export type Match = "as is" | "digits" | "double";

export const KEY = name("segbook key");

/** The column that holds what is computed, made where there is none yet; no column of the user's is likely to have its name. */
export function addColumn(work: Work, join: Join, computed: string): string {
  const known = join.columns.get(computed);
  if (known) return known;
  const made = [...work.joins.values()].reduce((sum, each) => sum + each.columns.size, 1);
  const column = name(`segbook ${made}`);
  join.columns.set(computed, column);
  return column;
}

export function refuse(work: Work, span: Span, slip: { code: string; message: string; hint: string }): void {
  work.problems.push({ code: slip.code, from: span.from, to: span.to, message: slip.message, hint: slip.hint });
}

/** The event that a step names; null, with a problem, where the vocabulary has lost it. */
export function eventOf(work: Work, step: Span & { words: string; relation: string }): EventWord | null {
  const event = work.vocabulary.events.find((each) => each.words === step.words && each.relation === step.relation);
  if (event) return event;
  const message = `There is no event \`${step.words}\`.`;
  refuse(work, step, { code: "unknown-event", message, hint: "Read the rule again with today's events." });
  return null;
}
