import { type ColumnTable, table as makeTable } from "arquero";
import type { LoadColumn, PlainValue } from "../../engine/engine.ts";
import type { Column } from "../../language/vocabulary.ts";
import type { LoadedColumn } from "./load.ts";

/** A relation in memory, with the types its columns had in the engine. */
export interface Frame {
  readonly table: ColumnTable;
  readonly types: ReadonlyMap<string, string>;
}

export function toFrame(columns: readonly LoadedColumn[]): Frame {
  const data = columns.map(({ name, type, values }): [string, unknown[]] => [name, toScripts(values, type)]);
  return { table: makeTable(data), types: new Map(columns.map(({ name, type }) => [name, type])) };
}

/** The frame as columns for the engine. A column that kept its name and kind keeps its type. */
export function fromFrame(frame: Frame): { columns: LoadColumn[]; wanted: Column[] } {
  const table = frame.table.reify();
  const columns: LoadColumn[] = table.columnNames().map((name) => {
    const values = Array.from(table.array(name) as ArrayLike<unknown>);
    const type = inferType(values, frame.types.get(name));
    return { name, type, values: values.map((value) => fromScript(value, type)) };
  });
  const wanted: Column[] = columns.map((column) => ({
    name: column.name,
    type: keptType(column, frame.types.get(column.name)),
  }));
  return { columns, wanted };
}

/** Whole numbers that a double does not hold come as text; then the whole column is of BigInt, so that none is mixed with another kind. */
function toScripts(values: readonly PlainValue[], type: string): unknown[] {
  const isLarge = /^(U?BIGINT|U?HUGEINT)$/.test(type) && values.some((value) => typeof value === "string");
  return values.map((value) => {
    if (isLarge && (typeof value === "string" || typeof value === "number")) return BigInt(value);
    return toScript(value, type);
  });
}

function toScript(value: PlainValue, type: string): unknown {
  if (typeof value === "string" && type === "DATE") return new Date(`${value}T00:00:00Z`);
  if (typeof value === "string" && type.startsWith("TIMESTAMP"))
    return new Date(value.endsWith("Z") ? value : `${value}Z`);
  if (typeof value === "string" && type.startsWith("DECIMAL")) return Number(value);
  return value;
}

function inferType(values: readonly unknown[], before: string | undefined): string {
  const present = values.filter((value) => value !== null && value !== undefined && !Number.isNaN(value));
  if (present.length === 0)
    return before !== undefined && /^(BOOLEAN|BIGINT|DOUBLE|VARCHAR)$/.test(before) ? before : "VARCHAR";
  if (present.every((value) => typeof value === "boolean")) return "BOOLEAN";
  // An instant is handed over with its zone, as text.
  if (present.every((value) => value instanceof Date)) return before === INSTANT ? "VARCHAR" : "TIMESTAMP";
  if (present.every((value) => typeof value === "number" || typeof value === "bigint")) {
    if (present.some((value) => typeof value === "bigint" && BigInt.asIntN(64, value) !== value)) return "VARCHAR";
    return present.every((value) => typeof value === "bigint" || Number.isSafeInteger(value)) ? "BIGINT" : "DOUBLE";
  }
  return "VARCHAR";
}

const INSTANT = "TIMESTAMP WITH TIME ZONE";

function fromScript(value: unknown, type: string): string | number | bigint | boolean | null {
  if (value === null || value === undefined || Number.isNaN(value)) return null;
  if (value instanceof Date) return type === "VARCHAR" ? value.toISOString() : value.toISOString().replace("Z", "");
  if (typeof value === "bigint") return type === "DOUBLE" ? Number(value) : type === "VARCHAR" ? String(value) : value;
  if (type === "VARCHAR") return typeof value === "object" ? JSON.stringify(value) : String(value);
  return value as string | number | boolean;
}

function keptType(column: LoadColumn, before: string | undefined): string {
  if (before === undefined) return column.type;
  const numeric = /^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|DECIMAL|FLOAT|DOUBLE)/;
  if (column.type === "VARCHAR" && before === INSTANT && isTimes(column)) return before;
  if (column.type === "TIMESTAMP" && /^(DATE|TIMESTAMP)/.test(before)) return before;
  if (column.type === "BIGINT" && numeric.test(before)) return before;
  if (column.type === "DOUBLE" && /^(DECIMAL|FLOAT|DOUBLE)/.test(before)) return before;
  return column.type;
}

function isTimes({ values }: LoadColumn): boolean {
  return Array.from(values).every((value) => value === null || /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(String(value)));
}
