import type { LoadColumn } from "../../engine/engine.ts";
import type { Column } from "../../language/vocabulary.ts";

type Value = string | number | boolean | null;

/** Rows as columns of these names. */
export function loaded<Row extends object>(columns: readonly Column[], rows: readonly Row[]): LoadColumn[] {
  return columns.map(({ name, type }) => ({
    name,
    type,
    values: rows.map((row) => (row as Readonly<Record<string, Value>>)[name] ?? null),
  }));
}
