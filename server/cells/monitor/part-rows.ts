import { literal, name as quoted } from "../../language/quote.ts";
import { COUNTED } from "./count-counts.ts";
import type { SendCount } from "./count-sends.ts";
import { happenedSql } from "./happened.ts";
import type { PartColumn } from "./part-columns.ts";
import { firstDaySql, wallSql } from "./period.ts";
import { GROUP, placedSql } from "./sets.ts";

/** Rows that are counted, in SQL: tables of a WITH, the last of which, `counted_rows`, has segment, period, the parts and the counted form. */
export interface PartRows {
  readonly tables: string;
  /** Names of the columns with the parts, in the order of these. */
  readonly parts: readonly string[];
  /** Names of the counted form that the rows have. */
  readonly counted: readonly string[];
  /** Inputs that they name. */
  readonly inputs: readonly "as_of"[];
}

/** What a send counts for, by the names of the counted form. */
export const OF_A_SEND: Readonly<Record<string, string>> = {
  sent: "true",
  bounced: "bounced",
  delivered: "delivered",
  opened: "delivered AND opened",
  clicked: "delivered AND clicked",
  suspected_clicks: "delivered AND clicked AND suspected",
  unsubscribed: "delivered AND unsubscribed",
  machine_opened: "delivered AND opened AND machine_open",
};

/** Of sends: one row a send and segment of these, with its receiver and how it is known to be in it. */
export function sendRows(count: SendCount, columns: readonly PartColumn[], segments: readonly string[]): PartRows {
  const { body, groups, ids, stretches } = count;
  const parts = columns.map((_, i) => `p${i}`);
  const carried = columns.map(({ sql }, i) => ({ name: `p${i}`, sql }));
  const period = body.period === "send" ? "send_id::VARCHAR" : firstDaySql("sent_at", body.period, count.weekStarts);
  const mask = groups.map((group, i) => `WHEN ${i} THEN ${group}`).join(" ");
  const counted = Object.entries(OF_A_SEND).map(([name, sql]) => `(${sql})::INTEGER AS ${name}`);
  const listed = parts.map((name) => `, ${name}`).join("");
  const tables = `
    ${happenedSql({ ...count, carried }, period)},
    counted_rows AS (
      SELECT i.name AS segment, i.members_by, period::VARCHAR AS period, happened.entity AS entity${listed}, ${counted.join(", ")}
      FROM ${placedSql(stretches, count)}
      JOIN ${quoted(ids)} AS i ON (CASE i.id // ${GROUP} ${mask} END >> (i.id % ${GROUP})::SMALLINT) & 1 = 1
      WHERE NOT backwards AND period IS NOT NULL AND i.name IN (${segments.map(literal).join(", ")})
    )`;
  return { tables, parts, counted: Object.keys(OF_A_SEND), inputs: ["as_of"] };
}

export interface CountedRows {
  readonly relation: string;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly period: "day" | "week" | "send";
  readonly zone: string;
  readonly weekStarts: "monday" | "sunday";
}

/** Of a relation that is counted already: its rows of these segments. */
export function countRows(given: CountedRows, columns: readonly PartColumn[], segments: readonly string[]): PartRows {
  const type = given.columns.find(({ name }) => name === "period")?.type ?? "VARCHAR";
  const wall = wallSql("period", type, given.zone) ?? "period";
  const period = given.period === "send" ? "period" : firstDaySql(wall, given.period, given.weekStarts);
  const counted = COUNTED.filter((name) => given.columns.some((column) => column.name === name));
  const parts = columns.map((_, i) => `p${i}`);
  const tables = `
    counted_rows AS (
      SELECT segment::VARCHAR AS segment, (${period})::VARCHAR AS period${columns.map(({ sql }, i) => `, ${sql} AS p${i}`).join("")},
        ${counted.map((name) => `${quoted(name)}::DOUBLE AS ${quoted(name)}`).join(", ")}
      FROM ${quoted(given.relation)}
      WHERE period IS NOT NULL AND segment::VARCHAR IN (${segments.map(literal).join(", ")})
    )`;
  return { tables, parts, counted, inputs: [] };
}
