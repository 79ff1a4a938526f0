import { literal, name as quoted } from "../../language/quote.ts";
import { converted, misfit } from "./profile.ts";
import { type RawGroup, ROW, rawRows } from "./raw.ts";
import type { SourceColumn } from "./resolve.ts";

/** SELECT of all rows of all groups in our names and types, numbered by `__segbook_row`. Rows with a misfit are left out. */
export function typedRows(groups: readonly RawGroup[], columns: readonly SourceColumn[]): string {
  const parts = groups.map((group, index) => {
    const values = columns.map((column) => `${typedValue(column, group)} AS ${quoted(column.name)}`);
    const bad = columns.filter(({ declared }) => declared).flatMap((column) => misfitOf(column, group) ?? []);
    const where = bad.length === 0 ? "" : `\nWHERE NOT (${bad.join(" OR ")})`;
    return `SELECT ${[ROW, ...values].join(", ")}\nFROM ${rawRows(group, index)}${where}`;
  });
  return parts.join("\nUNION ALL\n");
}

/** SELECT of the rows whose value of a column is not of its type: row, column, value, reason. */
export function misfitRows(groups: readonly RawGroup[], column: SourceColumn, reason: string): string {
  const parts = groups.flatMap((group, index) => {
    const bad = misfitOf(column, group);
    if (bad === null) return [];
    const value = `CAST(r${indexOf(column, group)} AS VARCHAR)`;
    return [
      `SELECT ${ROW} AS row, ${literal(column.name)} AS "column", ${value} AS value, ${literal(reason)} AS reason FROM ${rawRows(group, index)} WHERE ${bad}`,
    ];
  });
  return parts.join("\nUNION ALL\n");
}

function typedValue(column: SourceColumn, group: RawGroup): string {
  const at = indexOf(column, group);
  const raw = group.columns[at];
  if (raw === undefined) return `CAST(NULL AS ${column.type})`;
  const value = converted(`r${at}`, raw, column.type, group);
  return raw.type === null || raw.type === column.type ? value : `CAST(${value} AS ${column.type})`;
}

function misfitOf(column: SourceColumn, group: RawGroup): string | null {
  const at = indexOf(column, group);
  const raw = group.columns[at];
  return raw === undefined ? null : misfit(`r${at}`, raw, column.type, group);
}

function indexOf(column: SourceColumn, group: RawGroup): number {
  return group.columns.findIndex(({ name }) => name === column.raw);
}
