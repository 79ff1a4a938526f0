import { name as quoted } from "../../language/quote.ts";
import type { Check } from "./checks.ts";
import { ROW } from "./raw.ts";
import type { SourceBody } from "./schema.ts";

/** SELECT of the rows that `where` keeps and that break none of the checks given, each identity once. */
export function goodRows(rows: string, ask: { condition: string; checks: readonly Check[]; body: SourceBody }): string {
  const broken = ask.checks.map((check) => `coalesce(${check.broken}, false)`);
  const conditions = [
    ...(ask.condition === "true" ? [] : [ask.condition]),
    ...(broken.length === 0 ? [] : [`NOT (${broken.join(" OR ")})`]),
  ];
  const where = conditions.length === 0 ? "" : ` WHERE ${conditions.join(" AND ")}`;
  return `SELECT * FROM (${rows})${where}${onePerIdentity(ask.body)}`;
}

/**
 * Of the rows with equal `dedupe` columns the first or last by `at` stays, of equal times the first or last in the
 * files. Rows that lack every one of these columns identify nothing, so all of them stay.
 */
function onePerIdentity({ dedupe, keep, at }: SourceBody): string {
  if (dedupe.length === 0) return "";
  const keys = dedupe.map((key) => quoted(key));
  const direction = keep === "first" ? "ASC" : "DESC";
  const order = [...(at === null ? [] : [`${quoted(at)} ${direction} NULLS LAST`]), `${ROW} ${direction}`];
  const keyless = keys.map((key) => `${key} IS NULL`).join(" AND ");
  return `\nQUALIFY (${keyless}) OR row_number() OVER (PARTITION BY ${keys.join(", ")} ORDER BY ${order.join(", ")}) = 1`;
}

/** SQL, to follow QUALIFY, that is true for rows whose value of a column was there in an earlier row. */
export function repeats(column: string): string {
  const value = quoted(column);
  return `(${value} IS NOT NULL AND row_number() OVER (PARTITION BY ${value} ORDER BY ${ROW}) > 1)`;
}
