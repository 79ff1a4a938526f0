import { formatNumber, formatPercent, MISSING } from "./format.ts";
import { formatDay, formatMoment } from "./format-time.ts";

/** How one value of a relation is written, by the engine's name of its type. */

export type CellValue = string | number | boolean | null;

export interface TableColumn {
  name: string;
  /** DuckDB's name of the type. */
  type: string;
  /** What it is counted in, such as `days` or `GBP`: said in the head. `percent` turns shares into per cent. */
  unit?: string;
  /** `key`: an identifier, written in plain digits and not ranged right. Absent: told by the name. */
  role?: "key" | "value";
}

export type ValueFamily = "number" | "day" | "moment" | "boolean" | "text";

const NUMBERS =
  /^(?:U?(?:TINY|SMALL|BIG|HUGE)INT|U?INTEGER|INT\d*|FLOAT|REAL|DOUBLE|DECIMAL|NUMERIC|UBIGINT|BIGNUM|VARINT)\b/i;

/** What kind of value a type holds. */
export function familyOf(type: string): ValueFamily {
  if (type.endsWith("]")) return "text";
  if (NUMBERS.test(type)) return "number";
  if (/^DATE$/i.test(type)) return "day";
  if (/^(?:TIMESTAMP|DATETIME)/i.test(type)) return "moment";
  return /^BOOL/i.test(type) ? "boolean" : "text";
}

/** Whether a column holds identifiers: numbers that are names are not grouped, summed or ranged right. */
export function isKey(column: TableColumn): boolean {
  if (column.role !== undefined) return column.role === "key";
  return (
    /(?:^|_)(?:id|key|code)$/i.test(column.name) ||
    /[a-z](?:ID|Id)$/.test(column.name) ||
    /^(?:cluster|year)$/i.test(column.name)
  );
}

/** Whether values of the column are ranged right. */
export function rangedRight(column: TableColumn): boolean {
  return familyOf(column.type) === "number" && !isKey(column);
}

/** Digits after the point that a whole column is written with, so that points stand under each other. */
export function columnDigits(column: TableColumn, values: Iterable<CellValue>): number {
  const scale = /^(?:DECIMAL|NUMERIC)\(\d+,\s*(\d+)\)/i.exec(column.type);
  if (scale !== null) return Number(scale[1]);
  if (!/^(?:FLOAT|REAL|DOUBLE)/i.test(column.type)) return 0;
  let needed = 0;
  let largest = 0;
  for (const value of values) {
    if (typeof value !== "number" || !Number.isFinite(value)) continue;
    largest = Math.max(largest, Math.abs(value));
    while (needed < 4 && Number(value.toFixed(needed)) !== value) needed += 1;
  }
  const enough = largest >= 1000 ? 1 : largest >= 10 ? 2 : largest >= 1 ? 3 : 4;
  return Math.min(needed, enough);
}

export interface CellOptions {
  locale?: string | undefined;
  /** IANA name in which instants are written; absent: the reader's own. */
  zone?: string | undefined;
}

/** The value as a reader sees it. */
export function formatCell(value: CellValue, column: TableColumn, digits: number, options: CellOptions = {}): string {
  const { locale, zone } = options;
  if (value === null) return MISSING;
  if (typeof value === "boolean") return value ? "yes" : "no";
  const family = familyOf(column.type);
  if (family === "number") return formatNumeric(value, column, digits, locale);
  const text = String(value);
  if (family === "day") return formatDay(text, { locale });
  if (family === "moment") return formatMoment(text, { locale, zone });
  return text === "" ? "(empty)" : text;
}

function formatNumeric(value: string | number, column: TableColumn, digits: number, locale?: string): string {
  if (isKey(column)) return String(value);
  if (column.unit === "percent" && typeof value === "number") return formatPercent(value, { digits: 1, locale });
  const small = typeof value === "number" && value !== 0 && digits > 0 && Math.abs(value) < 10 ** -digits / 2;
  if (small) return value.toExponential(1).replace("-", "−");
  return formatNumber(value, { digits, locale });
}

/** The value as it is, for the clipboard and for whoever wants every digit. */
export function exactValue(value: CellValue): string {
  return value === null ? "" : String(value);
}

/** `double, days`: the type as people write it, and what is counted. */
export function typeWords(column: TableColumn): string {
  const type = column.type.toLowerCase().replace("timestamp with time zone", "timestamptz");
  return column.unit === undefined ? type : `${type}, ${column.unit}`;
}
