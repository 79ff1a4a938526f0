import { keySql } from "./sql-match.ts";
import { type Join, KEY } from "./sql-work.ts";

/** A query's SELECT with the columns of all joined tables, and the joins. */
export function joinSql(columns: readonly string[], from: string, key: string, joins: readonly Join[]): string {
  const made = joins.flatMap((join) => [...join.columns.values()].map((column) => `${join.name}.${column}`));
  const joined = joins.map((join) => `LEFT JOIN ${join.name} ON ${join.name}.${KEY} = ${keySql(key, join.match)}`);
  return [`SELECT ${[...columns, ...made].join(", ")}`, `FROM ${from}`, ...joined].join("\n");
}

/** WITH and its tables, and what follows. */
export function withSql(tables: readonly { readonly name: string; readonly sql: string }[], query: string): string {
  if (tables.length === 0) return query;
  return `WITH ${tables.map((table) => `${table.name} AS (\n${table.sql}\n)`).join(",\n")}\n${query}`;
}
