import { name } from "./quote.ts";
import { columnOf, EVENT, type Filter, pastSql } from "./sql-events.ts";
import { keySql } from "./sql-match.ts";
import { addColumn, type Join, KEY, type Typed, type Work } from "./sql-work.ts";
import type { EventWord } from "./vocabulary.ts";

/**
 * The most frequent value, of several equally frequent ones the smallest. Counting values by grouping is many times
 * faster than the engine's `mode` over many people, whose ties are also settled by the order of rows.
 */
export function commonestSql(
  work: Work,
  people: string,
  { event, property, filter }: { event: EventWord; property: string; filter: Filter },
): Typed {
  const value = columnOf(event, property);
  const conditions = [pastSql(work, event), `${value.sql} IS NOT NULL`, ...filter.parts].join(" AND ");
  const key = keySql(`${EVENT}.${name(event.entity)}`, work.match(event));
  const counts = `SELECT ${key} AS k, ${value.sql} AS v, count(*) AS n\nFROM ${name(event.relation)} AS ${EVENT}\nWHERE ${conditions}\nGROUP BY 1, 2`;
  const join = work.joins.get(counts) ?? addJoin(work, counts, event);
  return { sql: `${people}.${addColumn(work, join, "arg_min(v, row(-n, v))")}`, type: value.type };
}

function addJoin(work: Work, counts: string, event: EventWord): Join {
  const join: Join = {
    name: name(`segbook commonest ${work.joins.size + 1}`),
    match: work.match(event),
    columns: new Map(),
    query: (asked) => {
      const selected = asked.map(({ computed, column }) => `${computed} AS ${column}`);
      return `SELECT k AS ${KEY}, ${selected.join(", ")}\nFROM (${counts})\nGROUP BY k`;
    },
    pass: { what: counts, reads: [event.relation], rows: null, chains: null },
  };
  work.joins.set(counts, join);
  return join;
}
