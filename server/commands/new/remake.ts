import type { ColumnSummary } from "../../run/view.ts";

/** A column that is made of what the file has: a time or an amount that it has as text, or a time as a number. */
export interface Remade {
  readonly name: string;
  /** DuckDB's. */
  readonly expression: string;
}

/** Columns whose commonest values are all times or amounts of one form. What a form leaves open, such as 3/4/2026, stays text. */
export function remadeOf(columns: readonly ColumnSummary[]): Remade[] {
  return columns.flatMap((column) => {
    const make = column.type === "VARCHAR" ? ofText(column) : /INT$/.test(column.type) ? ofNumber(column) : null;
    return make === null ? [] : [{ name: column.name, expression: make }];
  });
}

/** The SELECT that makes them in the place of what the file has. */
export function remakeSql(remade: readonly Remade[], from: string): string {
  const made = remade.map(({ name, expression }) => `${expression} AS ${quoted(name)}`);
  return `SELECT * REPLACE (${made.join(", ")}) FROM ${from}`;
}

export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function ofText({ name, top, distinct }: ColumnSummary): string | null {
  const values = top.map(({ value }) => value.trim());
  if (values.length === 0 || distinct < 2) return null;
  const time = timeFormat(values);
  if (time !== null) return `strptime(trim(${quoted(name)}), '${time}')`;
  const decimal = decimalOf(values);
  if (decimal === null) return null;
  const others = decimal === "," ? "[^0-9,-]" : "[^0-9.-]";
  const digits = `regexp_replace(${quoted(name)}, '${others}', '', 'g')`;
  return `CAST(${decimal === "," ? `replace(${digits}, ',', '.')` : digits} AS DECIMAL(18, 2))`;
}

const DAY = /^(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?:,?[ T](\d{1,2}):(\d{2})(:\d{2})?)?$/;

/** strptime's format of days such as 31.12.2026, 12/31/2026 and 31-12-2026, with or without a time of day. */
function timeFormat(values: readonly string[]): string | null {
  const found = values.map((value) => DAY.exec(value));
  const [first] = found;
  if (first === null || first === undefined) return null;
  const by = first[2] ?? "";
  const form = (match: RegExpExecArray) =>
    [match[2], match[5] !== undefined, match[6] !== undefined, match[7] !== undefined].join();
  if (found.some((match) => match === null || form(match) !== form(first))) return null;
  const is = (place: 1 | 3) => found.some((match) => Number(match?.[place]) > 12);
  const isDayFirst = is(1) || (by === "." && !is(3));
  if (isDayFirst === is(3)) return null;
  const day = isDayFirst ? `%d${by}%m${by}%Y` : `%m${by}%d${by}%Y`;
  if (first[5] === undefined) return day;
  const between = first[0].slice(first[0].search(/[, T]/)).replace(/\d.*$/, "");
  return `${day}${between}%H:%M${first[7] === undefined ? "" : ":%S"}`;
}

const MONEY = /^[-+]?\s?[$€£¥]?\s?[-+]?\d{1,3}(?:([.,' ]?)\d{3})*(?:([.,])\d{1,2})?\s?[$€£¥]?$/;

/** The decimal sign of amounts with a currency's sign or with signs between thousands; null where any is none, or where it is open. */
function decimalOf(values: readonly string[]): "." | "," | null {
  if (
    !values.every((value) => MONEY.test(value)) ||
    !values.some((value) => /[$€£¥]|[.,' ]\d{3}([.,]|\s?\D?$)/.test(value))
  )
    return null;
  const signs = new Set(values.flatMap((value) => /([.,])\d{1,2}\s?[$€£¥]?$/.exec(value)?.[1] ?? []));
  if (signs.size > 1) return null;
  const [sign] = signs;
  if (sign !== undefined) return sign === "," ? "," : ".";
  // Nothing but thousands: their sign is not the decimal's.
  const thousands = new Set(values.flatMap((value) => /([.,])\d{3}/.exec(value)?.[1] ?? []));
  if (thousands.size > 1) return null;
  return thousands.has(".") ? "," : ".";
}

const TIME_NAME = /(^|_)(ts|time|timestamp|date|at|epoch)$/i;
/** Seconds since 1970, of 1998 and of 2100. */
const EPOCH = { from: 9e8, to: 4.1e9 };

function ofNumber({ name, min, max }: ColumnSummary): string | null {
  if (!TIME_NAME.test(name) || typeof min !== "number" || typeof max !== "number") return null;
  // A second has so many of the units in which it may be counted.
  const units = [1, 1000].find((each) => min >= EPOCH.from * each && max <= EPOCH.to * each);
  return units === undefined ? null : `make_timestamp(CAST(${quoted(name)} AS BIGINT) * ${1_000_000 / units})`;
}
