import { name } from "./quote.ts";
import { filterOf } from "./sql-events.ts";
import { expressionSql, noEventSql, stepsOf } from "./sql-expression.ts";
import { fillSql } from "./sql-fill.ts";
import { joinSql, passesOf, type Table, tablesOf, withSql } from "./sql-joined.ts";
import { matchOf, matchOfAll } from "./sql-match.ts";
import type { Kept, Statement } from "./sql-pass.ts";
import { addAggregate, filterClause, scanOf } from "./sql-scan.ts";
import { KEY, type Match, type Work } from "./sql-work.ts";
import type { Expression } from "./tree.ts";
import type { Clock, Column, EventWord, LanguageProblem, Vocabulary } from "./vocabulary.ts";

export interface NamedExpression {
  readonly name: string;
  readonly expression: Expression;
}

export interface ExpressionsRequest {
  /** The relation with the entities; null for every entity that has one of the events before `as_of`. */
  readonly from: string | null;
  /** The key column, in `from` and in what is yielded. */
  readonly entity: string;
  /** Columns of `from`, of which the key's type counts; the vocabulary's attributes where they are not given. */
  readonly fromColumns?: readonly Column[];
  readonly columns: readonly NamedExpression[];
  readonly vocabulary: Vocabulary;
  readonly clock: Clock;
  /** What "no event" gives, by column, or by `default` for every column of the value's own kind. */
  readonly fill: Readonly<Record<string, string | number | boolean | null>>;
}

type ColumnProblem = LanguageProblem & { readonly column: string };

export type CompiledExpressions =
  | (Statement & { readonly ok: true })
  | { readonly ok: false; readonly problems: ColumnProblem[] };

/**
 * One SELECT with a row for each entity, in no order: the key, and a column for each expression. Each event relation is
 * read once, and once more for each `most frequent`. Rows of events without a key are left out.
 */
export function compileExpressions(request: ExpressionsRequest): CompiledExpressions {
  const { from, entity, columns, vocabulary, clock, fill } = request;
  const problems: ColumnProblem[] = clashesOf(request);
  const joins: Work["joins"] = new Map();
  const workOf = (column: string): Work => {
    const match = (event: EventWord) => matchFor(request, event);
    const own = { push: (problem: LanguageProblem) => problems.push({ ...problem, column }) };
    return { vocabulary, clock, problems: own, joins, match };
  };
  const selected = columns.map(({ name: column, expression }) => {
    const work = workOf(column);
    const { sql, type } = expressionSql(work, expression, "p");
    const filled = fillSql(work, { column, expression, fill, type });
    if (filled === null) return `${sql} AS ${name(column)}`;
    return `CASE WHEN ${noEventSql(work, expression, "p")} THEN ${filled} ELSE ${sql} END AS ${name(column)}`;
  });
  const counts = eventsOf(request).map((event) => countOf(workOf(""), event));
  if (from === null && counts.length === 0) problems.push(nobody(columns));
  if (problems.length > 0) return { ok: false, problems };
  const over = (kept: Kept | null) => {
    const joined = tablesOf(joins.values(), kept);
    const keys = from === null ? everybody(joined, counts) : given(from, entity);
    const tables = [
      ...joined,
      { name: ENTITIES, sql: keys },
      { name: PEOPLE, sql: joinSql([`k.${KEY}`], `${ENTITIES} AS k`, `k.${KEY}`, joined) },
    ];
    const list = [`p.${KEY} AS ${name(entity)}`, ...selected].join(",\n  ");
    return withSql(tables, `SELECT ${list}\nFROM ${PEOPLE} AS p`);
  };
  return { ok: true, sql: over(null), passes: passesOf(joins.values()), over };
}

const ENTITIES = name("segbook entities");
const PEOPLE = name("segbook people");

/** The column that counts all of an event, whoever's it is. */
function countOf(work: Work, event: EventWord): string {
  const count = (condition: string | null) => `count(*)${filterClause(condition)}`;
  return addAggregate(work, scanOf(work, event), filterOf(work, event, null, null), count);
}

/** The keys that some event is counted for. */
function everybody(tables: readonly Table[], counts: readonly string[]): string {
  const selects = tables.flatMap(({ name: table, columns }) => {
    const own = counts.filter((column) => columns.includes(column)).map((column) => `${column} > 0`);
    return own.length === 0 ? [] : [`SELECT ${KEY} FROM ${table} WHERE ${[...new Set(own)].join(" OR ")}`];
  });
  return selects.join("\nUNION\n");
}

function given(from: string, entity: string): string {
  return `SELECT DISTINCT f.${name(entity)} AS ${KEY}\nFROM ${name(from)} AS f\nWHERE f.${name(entity)} IS NOT NULL`;
}

/** The events that the expressions speak of; where `from` is given, none are needed to tell who there is. */
function eventsOf({ from, columns, vocabulary }: ExpressionsRequest): EventWord[] {
  if (from !== null) return [];
  const steps = columns.flatMap(({ expression }) => stepsOf(expression).map(({ step }) => step));
  return vocabulary.events.filter((event) =>
    steps.some((step) => step.words === event.words && step.relation === event.relation),
  );
}

/** Where the keys of several relations are put together, all take one form. */
function matchFor(request: ExpressionsRequest, event: EventWord): Match {
  const { from, entity, vocabulary, fromColumns = vocabulary.attributes } = request;
  if (from !== null) return matchOf(typeOf(fromColumns, entity), keyTypeOf(event));
  const [first, ...others] = eventsOf(request).map(keyTypeOf);
  return matchOfAll(others.map((type) => matchOf(first ?? null, type)));
}

function keyTypeOf(event: EventWord): string | null {
  return typeOf(event.columns, event.entity);
}

function typeOf(columns: readonly Column[], column: string): string | null {
  return columns.find((each) => each.name.toLowerCase() === column.toLowerCase())?.type ?? null;
}

function nobody(columns: readonly NamedExpression[]): ColumnProblem {
  const message = "Nothing says who the rows are: no feature speaks of an event, and there is no `from`.";
  const hint = "Add `from:` with a relation of the entities, or a feature over an event.";
  return { code: "entities-missing", from: 0, to: 0, message, hint, column: columns[0]?.name ?? "" };
}

/** The engine's column names know no upper and lower case. */
function clashesOf({ columns, entity }: ExpressionsRequest): ColumnProblem[] {
  return columns.flatMap(({ name: column, expression: { from, to } }, index) => {
    const others = [entity, ...columns.slice(0, index).map((each) => each.name)];
    const other = others.find((each) => each.toLowerCase() === column.toLowerCase());
    if (other === undefined) return [];
    const message = `\`${column}\` and \`${other}\` would be two columns of one name.`;
    return [{ code: "duplicate-name", from, to, message, hint: "Give one of them another name.", column }];
  });
}
