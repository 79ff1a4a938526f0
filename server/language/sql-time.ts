import type { Temporal } from "temporal-polyfill";
import type { Stretch } from "./moment.ts";
import { literal } from "./quote.ts";
import type { Typed } from "./sql-work.ts";
import type { Comparison } from "./tree.ts";
import { kindOf } from "./types.ts";

/**
 * A column compared with an instant. A time with a zone is an instant. One without is the wall's time in the notebook's
 * zone, and so is the instant then. A date stands for the start of its day in the zone: `2026-11-04` is later than
 * as_of − 7 days exactly where its midnight is, so that a date column and a column with that midnight as its time
 * always agree.
 */
export function compareInstant(
  column: Typed,
  operator: "<" | "<=" | ">" | ">=",
  instant: Temporal.Instant,
  zone: string,
): string {
  const local = instant.toZonedDateTimeISO(zone);
  switch (kindOf(column.type)) {
    case "timestamptz":
      return `${column.sql} ${operator} ${instantSql(instant)}`;
    case "date": {
      const day = local.toPlainDate();
      const exact = local.equals(local.startOfDay());
      // The first date whose midnight is at the instant or later; `>` and `<=` need the one before it only where it is exact.
      if (operator === ">" || operator === "<=") return `${column.sql} ${operator} ${dateSql(day)}`;
      return `${column.sql} ${operator} ${dateSql(exact ? day : day.add({ days: 1 }))}`;
    }
    default:
      return `${column.sql} ${operator} ${wallSql(local.toPlainDateTime())}`;
  }
}

/** A column compared with a date, which stands for its whole day, or with a time. */
export function compareStretch(column: Typed, operator: Comparison, { start, end }: Stretch, zone: string): string {
  const compare = (sign: "<" | "<=" | ">" | ">=", instant: Temporal.Instant) =>
    compareInstant(column, sign, instant, zone);
  const within = `(${compare(">=", start)} AND ${end ? compare("<", end) : compare("<=", start)})`;
  switch (operator) {
    case "=":
      return within;
    case "!=":
      return `NOT ${within}`;
    case "<":
      return compare("<", start);
    case ">=":
      return compare(">=", start);
    case ">":
      return end ? compare(">=", end) : compare(">", start);
    case "<=":
      return end ? compare("<", end) : compare("<=", start);
  }
}

/** The day in the zone, as a DATE. */
export function daySql(column: Typed, zone: string): string {
  switch (kindOf(column.type)) {
    case "date":
      return column.sql;
    case "timestamptz":
      return `CAST(timezone(${literal(zone)}, ${column.sql}) AS DATE)`;
    default:
      return `CAST(${column.sql} AS DATE)`;
  }
}

/** Microseconds since 1970-01-01 UTC, as a BIGINT; a time without a zone is in the notebook's. */
export function microsSql(column: Typed, zone: string): string {
  if (kindOf(column.type) === "timestamptz") return `epoch_us(${column.sql})`;
  const wall = column.type.toUpperCase() === "TIMESTAMP" ? column.sql : `CAST(${column.sql} AS TIMESTAMP)`;
  return zone === "UTC" ? `epoch_us(${wall})` : `epoch_us(timezone(${literal(zone)}, ${wall}))`;
}

export function dateSql(day: Temporal.PlainDate): string {
  return `DATE '${written(day.toString())}'`;
}

function wallSql(wall: Temporal.PlainDateTime): string {
  return `TIMESTAMP '${written(wall.toString())}'`;
}

function instantSql(instant: Temporal.Instant): string {
  return `TIMESTAMPTZ '${written(instant.toString()).replace("Z", "+00")}'`;
}

/** Years of five digits are written without a sign: the day after 9999-12-31 is in use as the end of time. */
function written(iso: string): string {
  return iso.replace(/^\+0*/, "").replace("T", " ");
}
