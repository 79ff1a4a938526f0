import { literal } from "../../language/quote.ts";
import type { MonitorBody } from "./schema.ts";

type Period = MonitorBody["period"];

/** A time column as wall time in the zone, in SQL; null where the type is no time. */
export function wallSql(sql: string, type: string, zone: string): string | null {
  if (type === "TIMESTAMP WITH TIME ZONE") return `(${sql} AT TIME ZONE ${literal(zone)})`;
  return type === "DATE" || type.startsWith("TIMESTAMP") ? `${sql}::TIMESTAMP` : null;
}

/** First day of the period of a wall time, in SQL: a DATE. */
export function firstDaySql(wall: string, period: "day" | "week", weekStarts: "monday" | "sunday"): string {
  if (period === "day") return `${wall}::DATE`;
  if (weekStarts === "monday") return `date_trunc('week', ${wall})::DATE`;
  return `(date_trunc('week', ${wall} + INTERVAL 1 DAY)::DATE - 1)`;
}

/** Whether a period is over and its last cohort old enough by `$as_of`, in SQL. */
export function matureSql(last: string, period: Period, maturity: string | null): string {
  const end = period === "send" ? last : `${last}::TIMESTAMP + INTERVAL ${period === "day" ? 1 : 7} DAY`;
  return `(${[end, ...(maturity === null ? [] : [maturity])].join(" + ")} <= $as_of)`;
}

export function periodType(period: Period): "DATE" | "VARCHAR" {
  return period === "send" ? "VARCHAR" : "DATE";
}
