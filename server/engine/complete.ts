import type { DuckDBConnection } from "@duckdb/node-api";
import { guardSql } from "./guard.ts";

/** A word of the engine's that may come next in a SELECT. */
export interface EngineWord {
  readonly text: string;
  readonly kind: "keyword" | "function" | "type";
}

/** Words that begin other statements, or say where files are: refused anyway. */
const OTHERS = new Set(
  `alter analyze attach begin call checkpoint commit copy create deallocate delete desc describe detach drop end
   execute export import insert install load merge pragma prepare reset rollback set show truncate update use vacuum`.split(
    /\s+/,
  ),
);

/** What the engine's own grammar lets follow a text, as far as it begins with the word at its end. Names of relations and columns are the notebook's and not among them. */
export async function completeWords(connection: DuckDBConnection, before: string): Promise<EngineWord[]> {
  const word = /[\p{L}_][\p{L}\p{N}_]*$/u.exec(before)?.[0].toLowerCase() ?? "";
  const reader = await connection.runAndReadAll(
    "SELECT suggestion, suggestion_start, suggestion_type FROM sql_auto_complete($1)",
    [before],
  );
  const words = new Map<string, EngineWord>();
  for (const row of reader.getRowObjectsJS()) {
    const text = String(row["suggestion"])
      .trim()
      .replace(/^"([a-z_]+)"$/, "$1");
    const kind = KINDS[String(row["suggestion_type"])];
    const start = Number(row["suggestion_start"]);
    if (kind === undefined || start !== before.length - word.length) continue;
    const lower = text.toLowerCase();
    if (!/^[a-z_][\w ]*$/.test(lower) || !lower.startsWith(word) || lower === word) continue;
    if (kind === "keyword" ? OTHERS.has(lower) : !isAllowed(lower)) continue;
    words.set(lower, { text: kind === "keyword" ? text.toUpperCase() : lower, kind });
  }
  return [...words.values()];
}

const KINDS: Readonly<Record<string, EngineWord["kind"]>> = {
  keyword: "keyword",
  scalar_function: "function",
  aggregate_function: "function",
  table_function: "function",
  macro_function: "function",
  type_name: "type",
};

function isAllowed(name: string): boolean {
  const call = (table: boolean) => ({
    relations: [],
    functions: [{ name, at: 0, table }],
    parameters: [],
    canonical: "",
  });
  return guardSql(call(false)).length === 0;
}
