import { name as quoted } from "../../language/quote.ts";
import type { Column } from "../../language/vocabulary.ts";
import type { MonitorBody } from "./schema.ts";
import { countsColumns } from "./yields.ts";

/** The relation `<id>_counts`, in SQL: a row a segment and period; of what can't be a number of something, nothing. */
export function countsSql(table: string, columns: readonly Column[], period: MonitorBody["period"]): string {
  const has = new Set(columns.map(({ name }) => name));
  const selected = countsColumns(period).map(({ name, type }) => {
    if (name === "segment" || name === "period") return quoted(name);
    if (!has.has(name)) return `NULL::${type} AS ${quoted(name)}`;
    return `${JOINED[name] ?? summed(name)} AS ${quoted(name)}`;
  });
  return `SELECT ${selected.join(", ")} FROM ${quoted(table)} GROUP BY segment, period ORDER BY segment, period`;
}

/** Columns that are not added up. Of ways by which members are known the least sure is the last by its letters. */
const JOINED: Readonly<Record<string, string>> = {
  mature: "bool_and(mature)",
  members_by: "max(members_by)::VARCHAR",
  members: whole("max(members)"),
};

function summed(name: string): string {
  return whole(`sum(${quoted(name)})`);
}

function whole(sql: string): string {
  return `CASE WHEN ${sql} = round(${sql}) THEN try_cast(${sql} AS BIGINT) END`;
}
