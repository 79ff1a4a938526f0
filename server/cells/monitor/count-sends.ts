import { BITS, happenedSql, type SendRows } from "./happened.ts";
import { firstDaySql, matureSql } from "./period.ts";
import { type MonitorBody, maturity, type SendColumn } from "./schema.ts";
import { placedSql, unfoldedSets, unfoldedSql } from "./sets.ts";

export interface SendCount extends SendRows {
  readonly body: MonitorBody;
  /** Tables: who was in which segments when, and what these are called. */
  readonly stretches: string;
  readonly ids: string;
  readonly groups: readonly string[];
  readonly isBounded: boolean;
  /** A table of the sets of segments, whose numbers the stretches have; null where sends are counted by groups. */
  readonly sets: string | null;
}

/** What the sends of a mapping can count, by the names of the counted form. */
export function countedBySends(columns: ReadonlyMap<SendColumn, unknown>): string[] {
  const needs: [string, SendColumn[]][] = [
    ["sent", []],
    ["bounced", ["bounced_at"]],
    ["delivered", []],
    ["opened", ["opened_at"]],
    ["clicked", ["clicked_at"]],
    ["suspected_clicks", ["clicked_at"]],
    ["unsubscribed", ["unsubscribed_at"]],
    ["machine_opened", ["opened_at", "machine_open"]],
  ];
  return needs.filter(([, needed]) => needed.every((column) => columns.has(column))).map(([name]) => name);
}

/** After so long hardly anything comes in any more: what came by then is what comes in time and late. */
const SETTLED = "INTERVAL 14 DAY";

/**
 * Cohorts of sends a segment and period, in SQL, with the columns of the counted form. Only what happened before `$as_of`
 * counts, opens, clicks and unsubscribes only within `mature_after` of delivery. A send counts in each segment that its
 * receiver was in when it was sent. Sends of one day and outcome are counted once for all segments: by groups of these.
 */
export function countSendsSql(count: SendCount): string {
  const { body, ids, groups, stretches, sets } = count;
  const isSend = body.period === "send";
  const period = body.period === "send" ? "send_id::VARCHAR" : firstDaySql("sent_at", body.period, count.weekStarts);
  const last = isSend ? "max(max(latest)) OVER (PARTITION BY period)" : "period";
  const sum = (bits: number) => `coalesce(sum(n) FILTER (WHERE outcome & ${bits} = ${bits}), 0)::BIGINT`;
  const { delivered, opened, clicked } = BITS;
  const limit = maturity(body);
  const by =
    sets === null
      ? {
          ...{ columns: groups, which: `, GROUPING(${groups.join(", ")}) AS which` },
          unfolded: unfoldedSql("counted", { ids, groups }),
        }
      : { columns: ["number"], which: "", unfolded: unfoldedSets("counted", { ids, sets, groups }) };
  return `
    WITH ${happenedSql(count, period)},
    counted AS (
      SELECT period, outcome, ${by.columns.join(", ")}${by.which}, count(*) AS n${isSend ? ", max(sent_at) AS latest" : ""}
      FROM (
        SELECT period, outcome, sent_at, ${by.columns.join(", ")}
        FROM ${placedSql(stretches, count)} WHERE period IS NOT NULL
      )
      GROUP BY GROUPING SETS (${by.columns.map((column) => `(period, outcome, ${column})`).join(", ")})
    )
    SELECT i.name AS segment, period, ${matureSql(last, body.period, limit)} AS mature,
      ${matureSql(last, body.period, limit === null ? SETTLED : `${limit} + ${SETTLED}`)} AS settled,
      i.members_by, false AS twice, ${sum(BITS.backwards)} AS backwards, coalesce(sum(n) FILTER (WHERE outcome & ${BITS.backwards} = 0), 0)::BIGINT AS sends,
      sends AS sent, ${sum(BITS.bounced)} AS bounced, ${sum(delivered)} AS delivered,
      ${sum(delivered | opened)} AS opened, ${sum(delivered | clicked)} AS clicked,
      ${sum(delivered | clicked | BITS.suspected)} AS suspected_clicks, ${sum(delivered | BITS.unsubscribed)} AS unsubscribed,
      ${sum(delivered | opened | BITS.machine_open)} AS machine_opened,
      ${sum(delivered | BITS.opened_late)} AS late_opens, ${sum(delivered | BITS.clicked_late)} AS late_clicks
    FROM ${by.unfolded}
    GROUP BY i.name, i.members_by, period`;
}
