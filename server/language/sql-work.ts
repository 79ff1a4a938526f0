import { name } from "./quote.ts";
import type { Filter } from "./sql-events.ts";
import type { Asked, Combining, Pass } from "./sql-pass.ts";
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
  /** The table's query with such columns; asked for once everything has been put down. */
  readonly query: Pass["query"];
  /** Which rows a column counts, where the query makes use of that. */
  readonly filters?: ReadonlyMap<string, Filter>;
  /** How a column is made of parts of its rows, where it can be. */
  readonly combinings?: ReadonlyMap<string, Combining>;
  /** What of it can be kept beyond the statement: the same text for the same rows and keys, and what it reads. */
  readonly pass?: Pick<Pass, "what" | "reads" | "rows" | "chains">;
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

/** The columns that have been put down. */
export function askedOf({ columns, filters, combinings }: Join): Asked[] {
  return [...columns].map(([computed, column]) => ({
    ...{ computed, column, filter: filters?.get(computed) ?? null, combining: combinings?.get(computed) ?? null },
  }));
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
