import { Temporal } from "temporal-polyfill";
import { name } from "./quote.ts";
import { columnOf, EVENT, type Filter, pastSql } from "./sql-events.ts";
import { keySql } from "./sql-match.ts";
import { compareInstant } from "./sql-time.ts";
import { addColumn, type Join, KEY, type Work } from "./sql-work.ts";
import type { EventWord } from "./vocabulary.ts";

/** One pass over an event relation: everything that is asked of it, as filtered aggregates by entity. */
export interface Scan extends Join {
  readonly event: EventWord;
  readonly filters: Filter[];
}

/** Finds or begins the scan of an event's relation. */
export function scanOf(work: Work, event: EventWord): Scan {
  const what = `events ${JSON.stringify([event.relation, event.at, event.entity])}`;
  const known = work.joins.get(what);
  if (known && isScan(known)) return known;
  const parts = { event, filters: [], columns: new Map<string, string>() };
  const table = name(`segbook events ${work.joins.size + 1}`);
  const scan: Scan = { ...parts, name: table, match: work.match(event), query: () => scanSql(work, parts) };
  work.joins.set(what, scan);
  return scan;
}

/** Adds an aggregate and gives the column that holds it; it is told the condition on its rows, null where there is none. */
export function addAggregate(
  work: Work,
  scan: Scan,
  filter: Filter,
  aggregate: (condition: string | null) => string,
): string {
  scan.filters.push(filter);
  return addColumn(work, scan, aggregate(filter.parts.length === 0 ? null : filter.parts.join(" AND ")));
}

/** The FILTER clause for a condition, and one condition more where there is one. */
export function filterClause(condition: string | null, more?: string): string {
  const parts = [condition, more].filter((part) => part !== null && part !== undefined);
  return parts.length === 0 ? "" : ` FILTER (WHERE ${parts.join(" AND ")})`;
}

function isScan(join: Join): join is Scan {
  return "event" in join;
}

function scanSql(work: Work, { event, filters, columns }: Pick<Scan, "event" | "filters" | "columns">): string {
  const key = keySql(`${EVENT}.${name(event.entity)}`, work.match(event));
  const selected = [`${key} AS ${KEY}`, ...[...columns].map(([sql, column]) => `${sql} AS ${column}`)];
  const lowest = work.keeps === "everybody" ? [] : lowestOf(work, event, filters);
  const conditions = [pastSql(work, event), ...kindsOf(filters), ...lowest];
  return `SELECT ${selected.join(",\n  ")}\nFROM ${name(event.relation)} AS ${EVENT}\nWHERE ${conditions.join(" AND ")}\nGROUP BY 1`;
}

/** Where every aggregate is of a kind of event, other kinds need not be read further. */
function kindsOf(filters: readonly Filter[]): string[] {
  const kinds = [...new Set(filters.map((filter) => filter.kind))];
  if (kinds.length === 0 || kinds.includes(null)) return [];
  return [`(${kinds.join(" OR ")})`];
}

/** Where every aggregate has a window that begins somewhere, nothing before the first of them need be read. */
function lowestOf(work: Work, event: EventWord, filters: readonly Filter[]): string[] {
  const lows = filters.map((filter) => filter.low);
  const known = lows.filter((low) => low !== null);
  const [first, ...others] = known;
  if (!first || known.length < lows.length) return [];
  const lowest = others.reduce((least, low) => (Temporal.Instant.compare(low, least) < 0 ? low : least), first);
  return [compareInstant(columnOf(event, event.at), ">=", lowest, work.clock.zone)];
}
