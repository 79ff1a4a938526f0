import { keySql } from "./sql-match.ts";
import type { Kept, Pass } from "./sql-pass.ts";
import { askedOf, type Join, KEY, type Match } from "./sql-work.ts";

/** A common table that is joined to the people. */
export interface Table {
  readonly name: string;
  readonly sql: string;
  readonly match: Match;
  readonly columns: readonly string[];
}

/** The joins as tables: each by its own query, or those that hold what is kept of it. */
export function tablesOf(joins: Iterable<Join>, kept: Kept | null): Table[] {
  return [...joins].flatMap((join) => {
    const { name, match } = join;
    const asked = askedOf(join);
    const pass = passOf(join);
    if (kept === null || pass === null)
      return [{ name, match, sql: join.query(asked), columns: asked.map(({ column }) => column) }];
    return kept(pass).map(({ from, columns }, index) => {
      const own = asked.flatMap(({ computed, column }) => {
        const there = columns.get(computed);
        return there === undefined ? [] : [{ there, column }];
      });
      const list = [KEY, ...own.map(({ there, column }) => `${there} AS ${column}`)].join(", ");
      return {
        name: index === 0 ? name : `${name.slice(0, -1)}.${index + 1}"`,
        ...{ match, sql: `SELECT ${list} FROM ${from}`, columns: own.map(({ column }) => column) },
      };
    });
  });
}

export function passesOf(joins: Iterable<Join>): Pass[] {
  return [...joins].flatMap((join) => passOf(join) ?? []);
}

function passOf(join: Join): Pass | null {
  return join.pass === undefined ? null : { ...join.pass, asked: askedOf(join), query: join.query };
}

/** A query's SELECT with the columns of all joined tables, and the joins. */
export function joinSql(columns: readonly string[], from: string, key: string, tables: readonly Table[]): string {
  const made = tables.flatMap((table) => table.columns.map((column) => `${table.name}.${column}`));
  const joined = tables.map((table) => `LEFT JOIN ${table.name} ON ${table.name}.${KEY} = ${keySql(key, table.match)}`);
  return [`SELECT ${[...columns, ...made].join(", ")}`, `FROM ${from}`, ...joined].join("\n");
}

/** WITH and its tables, and what follows. */
export function withSql(tables: readonly { readonly name: string; readonly sql: string }[], query: string): string {
  if (tables.length === 0) return query;
  return `WITH ${tables.map((table) => `${table.name} AS (\n${table.sql}\n)`).join(",\n")}\n${query}`;
}
