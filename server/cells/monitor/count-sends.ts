import { name as quoted } from "../../language/quote.ts";
import { firstDaySql, matureSql, wallSql } from "./period.ts";
import { type MonitorBody, maturity, type SendColumn } from "./schema.ts";

/** Clocks of different machines may differ by so much: what seems earlier than its send by more can't be. */
const CLOCKS_APART = "INTERVAL 1 MINUTE";

export interface SendCount {
  readonly body: MonitorBody;
  readonly sends: string;
  readonly entity: string;
  /** Our name → the relation's column and its type, for those that it has. */
  readonly columns: ReadonlyMap<SendColumn, { readonly name: string; readonly type: string }>;
  readonly zone: string;
  readonly weekStarts: "monday" | "sunday";
  /** Table of `entity`, `segment`. */
  readonly members: string;
}

/** What the sends of a mapping can count, by the names of the counted form. */
export function countedBySends(columns: ReadonlyMap<SendColumn, unknown>): string[] {
  const needs: [string, SendColumn[]][] = [
    ["sent", []],
    ["bounced", ["bounced_at"]],
    ["delivered", []],
    ["opened", ["opened_at"]],
    ["clicked", ["clicked_at"]],
    ["unsubscribed", ["unsubscribed_at"]],
    ["machine_opened", ["opened_at", "machine_open"]],
  ];
  return needs.filter(([, needed]) => needed.every((column) => columns.has(column))).map(([name]) => name);
}

/**
 * Cohorts of sends a segment and period, in SQL, with the columns of the counted form. Only what happened before `$as_of`
 * counts, opens, clicks and unsubscribes only within `mature_after` of delivery. A send counts in each of its receiver's segments.
 */
export function countSendsSql(count: SendCount): string {
  const { body, members } = count;
  const period = body.period === "send" ? "send_id::VARCHAR" : firstDaySql("sent_at", body.period, count.weekStarts);
  const last = body.period === "send" ? "max(max(sent_at)) OVER (PARTITION BY period)" : "period";
  const tally = (name: string, event: string) =>
    `count(*) FILTER (WHERE NOT backwards AND delivered AND ${event}) AS ${name}`;
  return `
    WITH ${happenedSql(count, period)}
    SELECT segment, period, ${matureSql(last, body.period, maturity(body))} AS mature,
      'today' AS members_by, false AS twice, count(*) FILTER (WHERE backwards) AS backwards, count(*) FILTER (WHERE NOT backwards) AS sends,
      count(*) FILTER (WHERE NOT backwards) AS sent, count(*) FILTER (WHERE NOT backwards AND bounced) AS bounced,
      ${tally("delivered", "true")},
      ${tally("opened", "opened")}, ${tally("clicked", "clicked")}, ${tally("unsubscribed", "unsubscribed")},
      ${tally("machine_opened", "opened AND machine_open")}
    FROM happened JOIN ${quoted(members)} AS members ON happened.entity = members.entity
    WHERE period IS NOT NULL
    GROUP BY segment, period`;
}

/** Tables of a WITH: `happened` has a row a send before `$as_of`, with its period and what became of it in time. */
export function happenedSql(
  count: Omit<SendCount, "body" | "members"> & { readonly body: Pick<MonitorBody, "mature_after"> },
  period: string,
): string {
  const { body, columns } = count;
  const limit = maturity(body);
  const within = (column: SendColumn) => {
    if (!columns.has(column)) return "false";
    const inTime = limit === null ? "" : ` AND ${column} <= coalesce(delivered_at, sent_at) + ${limit}`;
    return `(${column} IS NOT NULL AND ${column} < $as_of${inTime})`;
  };
  const bounced = "(bounced_at IS NOT NULL AND bounced_at < $as_of)";
  const arrived = columns.has("bounced_at") || !columns.has("delivered_at") ? "true" : "(delivered_at < $as_of)";
  const events = ["delivered_at", "opened_at", "clicked_at", "unsubscribed_at", "bounced_at"] as const;
  const early = events.filter((column) => columns.has(column)).map((column) => `${column} < sent_at - ${CLOCKS_APART}`);
  const backwards = early.length === 0 ? "false" : `coalesce(${early.join(" OR ")}, false)`;
  return `sends AS (
      ${oneRowASend(count)}
    ), happened AS (
      SELECT entity, sent_at, ${period} AS period, ${bounced} AS bounced, NOT ${bounced} AND coalesce(${arrived}, false) AS delivered,
        ${within("opened_at")} AS opened, ${within("clicked_at")} AS clicked, ${within("unsubscribed_at")} AS unsubscribed,
        coalesce(machine_open, false) AS machine_open, ${backwards} AS backwards
      FROM sends
      WHERE sent_at < $as_of
    )`;
}

/** Times as wall time in the zone; rows of one send to one receiver are one, with its earliest times. */
function oneRowASend({ sends, entity, columns, zone }: Omit<SendCount, "body" | "members">): string {
  const read = (column: SendColumn) => {
    const found = columns.get(column);
    if (found === undefined) return column === "machine_open" ? "NULL::BOOLEAN" : "NULL::TIMESTAMP";
    if (column === "machine_open") return `${quoted(found.name)}::BOOLEAN`;
    return wallSql(quoted(found.name), found.type, zone) ?? "NULL::TIMESTAMP";
  };
  const times = ["sent_at", "delivered_at", "opened_at", "clicked_at", "unsubscribed_at", "bounced_at"] as const;
  const id = columns.get("send_id");
  const selected = [
    `${quoted(entity)} AS entity`,
    ...times.map((column) => `${read(column)} AS ${column}`),
    `${read("machine_open")} AS machine_open`,
    `${id === undefined ? "NULL" : quoted(id.name)} AS send_id`,
  ];
  const from = `SELECT ${selected.join(", ")} FROM ${quoted(sends)} WHERE ${quoted(entity)} IS NOT NULL`;
  if (id === undefined) return from;
  const earliest = times.map((column) => `min(${column}) AS ${column}`).join(", ");
  return `SELECT entity, ${earliest}, bool_or(machine_open) AS machine_open, send_id
      FROM (${from})
      GROUP BY entity, send_id, CASE WHEN send_id IS NULL THEN sent_at END`;
}
