import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { literal, name } from "../../../server/language/quote.ts";
import type { Column } from "../../../server/language/vocabulary.ts";
import type { Row } from "./interpreter.ts";

/** A real engine with nothing in it. */
export async function openEngine(): Promise<DuckDBConnection> {
  const instance = await DuckDBInstance.create(":memory:", { threads: "2" });
  return instance.connect();
}

/** Makes a relation of rows; missing keys are NULL. */
export async function fill(
  engine: DuckDBConnection,
  relation: string,
  { columns, rows }: { columns: readonly Column[]; rows: readonly Row[] },
): Promise<void> {
  const list = columns.map((column) => `${name(column.name)} ${column.type}`).join(", ");
  await engine.run(`CREATE OR REPLACE TABLE ${name(relation)} (${list})`);
  if (rows.length === 0) return;
  const tuples = rows.map((row) => `(${columns.map((column) => written(row[column.name] ?? null)).join(", ")})`);
  await engine.run(`INSERT INTO ${name(relation)} VALUES ${tuples.join(", ")}`);
}

export async function rowsOf(engine: DuckDBConnection, sql: string): Promise<Record<string, unknown>[]> {
  return (await engine.runAndReadAll(sql)).getRowObjectsJson();
}

function written(value: string | number | boolean | null): string {
  if (value === null) return "NULL";
  return typeof value === "string" ? literal(value) : String(value);
}
