import { name as quoted } from "../../language/quote.ts";
import type { Column } from "../../language/vocabulary.ts";
import { firstDaySql, matureSql, wallSql } from "./period.ts";
import { type MonitorBody, maturity } from "./schema.ts";

/** Columns that a counted relation may have besides `segment` and `period`. */
export const COUNTED = [
  "sent",
  "bounced",
  "delivered",
  "opened",
  "clicked",
  "unsubscribed",
  "complained",
  "machine_opened",
  "suspected_clicks",
  "members",
  "there",
  "changed",
] as const;

/** How many the last of a period's refreshes found, in SQL; a row that doesn't say stays one that doesn't. */
const LAST_MEMBERS = `CASE WHEN members IS NOT NULL
  THEN arg_max(members, {'at': starts, 'members': members}) OVER (PARTITION BY segment, cohort) END AS members`;

export interface CountedRelation {
  readonly body: MonitorBody;
  readonly relation: string;
  readonly columns: readonly Column[];
  readonly zone: string;
  readonly weekStarts: "monday" | "sunday";
}

/**
 * The same form as for sends, in SQL, from a relation that is already counted; periods that begin at or after `$as_of` are
 * left out. Rows of one period are added up, `twice` where no other column tells them apart either; of `members`, which are
 * a standing and no sum, each row has those of the period's last moment.
 */
export function countCountsSql({ body, relation, columns, zone, weekStarts }: CountedRelation): string {
  const type = columns.find((column) => column.name === "period")?.type ?? "VARCHAR";
  const wall = wallSql("period", type, zone);
  const limit = maturity(body);
  const start = wall ?? "NULL::TIMESTAMP";
  const period = body.period === "send" ? "period::VARCHAR" : firstDaySql(start, body.period, weekStarts);
  const mature =
    body.period !== "send"
      ? matureSql("cohort", body.period, limit)
      : wall === null
        ? "true"
        : matureSql("starts", "send", limit);
  const present = COUNTED.filter((name) => columns.some((column) => column.name === name));
  const values = present.map((name) => `, ${quoted(name)}::DOUBLE AS ${quoted(name)}`).join("");
  const listed = present.map((name) => `, ${name === "members" ? LAST_MEMBERS : quoted(name)}`).join("");
  const parts = columns.filter((column) => !COUNTED.some((name) => name === column.name));
  const alike = parts.map((column) => quoted(column.name)).join(", ");
  return `
    SELECT segment, cohort AS period, ${mature} AS mature, NULL AS members_by, twice, 0 AS backwards, 0 AS sends${listed}
    FROM (
      SELECT segment::VARCHAR AS segment, ${period} AS cohort, ${start} AS starts,
        count(*) OVER (PARTITION BY ${alike}) > 1 AS twice${values}
      FROM ${quoted(relation)}
      WHERE segment IS NOT NULL AND period IS NOT NULL
    )
    WHERE starts IS NULL OR starts < $as_of`;
}
