import { name } from "./quote.ts";
import { countedSql } from "./sql-counted.ts";
import { EVENT, type Filter, pastSql } from "./sql-events.ts";
import { keySql } from "./sql-match.ts";
import type { AggregateSql, Asked, Combining } from "./sql-pass.ts";
import { addColumn, type Join, KEY, type Work } from "./sql-work.ts";
import type { EventWord } from "./vocabulary.ts";

/** One pass over an event relation: everything that is asked of it, as filtered aggregates by entity. */
export interface Scan extends Join {
  readonly event: EventWord;
  readonly filters: Map<string, Filter>;
  readonly combinings: Map<string, Combining>;
}

/** Finds or begins the scan of an event's relation. */
export function scanOf(work: Work, event: EventWord): Scan {
  const what = `events ${JSON.stringify([event.relation, event.at, event.entity])}`;
  const known = work.joins.get(what);
  if (known && isScan(known)) return known;
  const match = work.match(event);
  const rows = rowsSql(work, event);
  const scan: Scan = {
    ...{ event, match, columns: new Map(), filters: new Map(), combinings: new Map() },
    name: name(`segbook events ${work.joins.size + 1}`),
    query: (asked) => scanSql(work, event, asked),
    pass: { what: JSON.stringify(rows), reads: [event.relation], rows: { event, key: rows.key }, chains: null },
  };
  work.joins.set(what, scan);
  return scan;
}

/** Adds an aggregate and gives the column that holds it; it is told the condition on its rows, null where there is none. */
export function addAggregate(work: Work, scan: Scan, filter: Filter, aggregate: AggregateSql | Combining): string {
  const condition = filter.parts.length === 0 ? null : filter.parts.join(" AND ");
  const isOne = typeof aggregate === "function";
  const computed = isOne ? aggregate(condition) : aggregate.whole(aggregate.parts.map(({ of }) => of(condition)));
  scan.filters.set(computed, filter);
  if (!isOne) scan.combinings.set(computed, aggregate);
  return addColumn(work, scan, computed);
}

/** The FILTER clause for a condition, and one condition more where there is one. */
export function filterClause(condition: string | null, more?: string): string {
  const parts = [condition, more].filter((part) => part !== null && part !== undefined);
  return parts.length === 0 ? "" : ` FILTER (WHERE ${parts.join(" AND ")})`;
}

function isScan(join: Join): join is Scan {
  return "event" in join;
}

/** The key, the relation and the cut at `as_of`, which all columns of a scan share. */
function rowsSql(work: Work, event: EventWord) {
  const key = keySql(`${EVENT}.${name(event.entity)}`, work.match(event));
  return { key, from: `${name(event.relation)} AS ${EVENT}`, where: pastSql(work, event) };
}

function scanSql(work: Work, event: EventWord, asked: readonly Asked[]): string {
  const { key, from, where } = rowsSql(work, event);
  const selected = [`${key} AS ${KEY}`, ...asked.map(({ computed, column }) => `${computed} AS ${column}`)];
  const conditions = [
    where,
    ...countedSql(
      work,
      event,
      asked.flatMap(({ filter }) => filter ?? []),
    ),
  ];
  return `SELECT ${selected.join(",\n  ")}\nFROM ${from}\nWHERE ${conditions.join(" AND ")}\nGROUP BY 1`;
}
