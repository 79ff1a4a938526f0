import { once } from "node:events";
import type { Writable } from "node:stream";
import type { PlainValue, Table } from "../../engine/engine.ts";

export const FORMATS = ["table", "csv", "json", "ndjson", "parquet"] as const;

export type Format = (typeof FORMATS)[number];

export interface WriteOptions {
  readonly format: Exclude<Format, "parquet">;
  /** Rows of the whole relation, which the table names. */
  readonly total: number;
  /** Keeps a spreadsheet from reading text as a formula. */
  readonly spreadsheet: boolean;
}

export async function writeRows(sink: Writable, table: Table, options: WriteOptions): Promise<void> {
  for (const piece of PIECES[options.format](table, options)) {
    if (!sink.write(piece)) await once(sink, "drain");
  }
}

const PIECES: Record<WriteOptions["format"], (table: Table, options: WriteOptions) => Iterable<string>> = {
  table: tablePieces,
  csv: csvPieces,
  json: function* (table) {
    yield "[";
    for (const [index, row] of table.rows.entries()) yield `${index === 0 ? "\n" : ",\n"}${jsonRow(table, row)}`;
    yield table.rows.length === 0 ? "]\n" : "\n]\n";
  },
  ndjson: function* (table) {
    for (const row of table.rows) yield `${jsonRow(table, row)}\n`;
  },
};

function jsonRow(table: Table, row: readonly PlainValue[]): string {
  return `{${table.columns.map((column, index) => `${JSON.stringify(column.name)}:${JSON.stringify(row[index] ?? null)}`).join(",")}}`;
}

function* csvPieces(table: Table, options: WriteOptions): Iterable<string> {
  yield `${table.columns.map((column) => csvField(column.name, options)).join(",")}\n`;
  for (const row of table.rows) yield `${row.map((value) => csvField(value, options)).join(",")}\n`;
}

function csvField(value: PlainValue, options: WriteOptions): string {
  if (value === null) return "";
  const raw = typeof value === "object" ? JSON.stringify(value) : String(value);
  const text =
    options.spreadsheet && typeof value === "string" && /^[=+\-@\t\r]/.test(raw) && !isNumber(raw) ? `'${raw}` : raw;
  return text === "" || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function isNumber(text: string): boolean {
  return /^[+-]?\d+(\.\d+)?$/.test(text);
}

function* tablePieces(table: Table, options: WriteOptions): Iterable<string> {
  const cells = table.rows.map((row) =>
    row.map((value) => (value === null ? "" : typeof value === "object" ? JSON.stringify(value) : String(value))),
  );
  const widths = table.columns.map((column, index) =>
    Math.min(40, Math.max(column.name.length, ...cells.map((row) => (row[index] ?? "").length))),
  );
  const right = table.columns.map((column) => /INT|DECIMAL|DOUBLE|FLOAT/.test(column.type));
  const line = (row: readonly string[]) =>
    `${row
      .map((text, index) => {
        const width = widths[index] ?? 0;
        const cut = text.length > width ? `${text.slice(0, width - 1)}…` : text;
        return right[index] ? cut.padStart(width) : cut.padEnd(width);
      })
      .join("  ")
      .trimEnd()}\n`;
  yield line(table.columns.map((column) => column.name));
  yield `${widths.map((width) => "─".repeat(width)).join("  ")}\n`;
  for (const row of cells) yield line(row);
  yield `${options.total.toLocaleString("en")} ${options.total === 1 ? "row" : "rows"}${options.total > table.rows.length ? `, the first ${table.rows.length} shown` : ""}\n`;
}
