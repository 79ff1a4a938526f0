import { fromDouble } from "./decimal.ts";
import { isMoment } from "./moment.ts";
import { literal } from "./quote.ts";
import { refuse, type Work } from "./sql-work.ts";
import type { Expression } from "./tree.ts";
import { isTime, kindOf, spoken } from "./types.ts";

export interface FillRequest {
  readonly column: string;
  readonly expression: Expression;
  readonly fill: Readonly<Record<string, string | number | boolean | null>>;
  /** DuckDB's type of the column. */
  readonly type: string;
}

/**
 * What "no event" gives in a column; null where nothing is said of it. A column's own value must be of its kind;
 * `default` speaks of the columns of its kind only, so that `default: 0` leaves a most frequent category missing.
 */
export function fillSql(work: Work, { column, expression, fill, type }: FillRequest): string | null {
  const own = Object.hasOwn(fill, column);
  const value = own ? fill[column] : fill.default;
  if (value === undefined) return null;
  if (value === null) return "NULL";
  const kind = kindOf(type);
  if (kind === "number" && typeof value === "number" && Number.isFinite(value)) return fromDouble(value);
  if (kind === "text" && typeof value === "string") return literal(value);
  if (kind === "boolean" && typeof value === "boolean") return value ? "TRUE" : "FALSE";
  if (isTime(kind) && typeof value === "string" && isMoment(value)) return `CAST(${literal(value)} AS ${type})`;
  if (!own) return null;
  refuse(work, expression, {
    code: "wrong-type",
    message: `\`fill\` gives \`${value}\` for \`${column}\`, which is ${spoken(kind)}.`,
    hint: "Give a value of the column's own kind, or leave it out.",
  });
  return null;
}
