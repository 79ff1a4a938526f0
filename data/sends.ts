import { END } from "./calendar.ts";
import { byKind, CLICKS_BY_KIND, KINDS, LATE_KINDS, OPENS_BY_KIND } from "./kinds.ts";
import { PLANTED_FALL } from "./planted-fall.ts";
import { PLANTED_MIX_SHIFT } from "./planted-mix-shift.ts";
import { literal, wheel } from "./randomness.ts";

/**
 * Table `shocks`: how well a day's mail does with each archetype, the overdispersion between days that no number of
 * receivers averages out. A third of its variance is common to all.
 */
export function shocksTable(): string {
  return `CREATE TABLE shocks AS
    SELECT archetype, day, ${common("opens", 0.035)} * ${own("opens", 0.06)} AS opens,
      ${common("clicks", 0.06)} * ${own("clicks", 0.09)} AS clicks
    FROM archetypes, days`;
}

/** Table `stopped`: who gets no more mail, having unsubscribed or bounced for good. */
export const STOPPED_TABLE = "CREATE TABLE stopped (customer_id BIGINT)";

/**
 * Table `month_sends` of one month, then its part in `stopped`. Months must come in order. At most one send per
 * person and day; a click is never without an open, a machine's open hides the person's own.
 */
export function sendsOfMonth(month: string): string[] {
  return [
    `CREATE OR REPLACE TABLE month_sends AS
      WITH planned AS (
        SELECT p.customer_id, p.archetype, p.mail_domain, p.interest, p.mailbox_closed_on,
          coalesce(d.day >= p.machine_opens_from, false) AS machine_opens,
          d.day, d.number, d.weekday, d.opens AS day_opens, d.clicks AS day_clicks,
          key_of('send', p.customer_id * 1000 + d.number) AS ks
        FROM people AS p CROSS JOIN days AS d
        WHERE d.month = ${literal(month)} AND d.day > p.signed_up AND p.consent AND unit(ks, 'sent') < p.send_rate * d.sends
      ), addressed AS (
        SELECT planned.*, CASE WHEN ${SHIFTED} THEN pick(${wheel(PLANTED_MIX_SHIFT.kinds)}, unit(ks, 'kind'))
            WHEN weekday IN (4, 5) THEN pick(${wheel(LATE_KINDS)}, unit(ks, 'kind'))
          ELSE pick(${wheel(KINDS)}, unit(ks, 'kind')) END AS kind,
          day + to_seconds(CASE kind WHEN 'newsletter' THEN 25200 WHEN 'offers' THEN 36000 ELSE 61200 END
            + floor(2400 * unit(ks, 'queue'))::INTEGER) AS sent_at,
          coalesce(day >= mailbox_closed_on, false) AS closed
        FROM planned ANTI JOIN stopped USING (customer_id)
      ), chances AS (
        SELECT s.*, closed OR unit(ks, 'bounce') < CASE mail_domain WHEN 'work.example' THEN 0.013 ELSE 0.005 END AS bounces,
          least(a.open * interest * ${byKind(OPENS_BY_KIND)} * s.day_opens * shocks.opens, 0.92) AS open_chance,
          least(a.click / a.open * ${FALL} * s.day_clicks / s.day_opens * shocks.clicks / shocks.opens
            * ${byKind(CLICKS_BY_KIND)} / ${byKind(OPENS_BY_KIND)}, 1) AS click_chance,
          least(a.unsubscribe / open_chance, 1) AS leave_chance
        FROM addressed AS s JOIN archetypes AS a USING (archetype) JOIN shocks USING (archetype, day)
      ), read AS (
        SELECT *, NOT bounces AND unit(ks, 'open') < open_chance AS opens,
          sent_at + to_seconds(2 + floor(25 * unit(ks, 'delivery'))::INTEGER) AS arrives,
          CASE WHEN opens THEN arrives + to_seconds(least(20 + exp(9 + 1.5 * normal(ks, 'lag')), 518400)::INTEGER) END
            AS opens_at,
          CASE WHEN opens THEN opens_at + to_seconds(3 + floor(-60 * ln(unit(ks, 'linger')))::INTEGER) END AS clicks_at,
          opens AND unit(ks, 'click') < click_chance AND clicks_at < ${END} AS clicks,
          opens AND unit(ks, 'leaving') < leave_chance AND clicks_at < ${END} AS leaves
        FROM chances
      )
      SELECT customer_id, day, number, kind, mail_domain, machine_opens, sent_at, arrives, opens_at, clicks_at, ks,
        bounces, opens, clicks, leaves, closed OR leaves AS stops FROM read`,
    // Who leaves within the month gets no more from then on.
    `DELETE FROM month_sends USING (
        SELECT customer_id, min(number) AS last_number FROM month_sends WHERE stops GROUP BY customer_id
      ) AS ended
      WHERE month_sends.customer_id = ended.customer_id AND number > last_number`,
    "INSERT INTO stopped SELECT customer_id FROM month_sends WHERE stops",
  ];
}

/** The month's rows of sends: one row a send, by the day it was sent. */
export function sendsQuery(): string {
  return `SELECT strftime(day, '%Y%m%d')::BIGINT * 10000000 + customer_id AS send_id, customer_id,
      day || ' ' || kind AS campaign, kind, mail_domain, sent_at,
      CASE WHEN NOT bounces THEN arrives END AS delivered_at,
      CASE WHEN NOT bounces AND machine_opens THEN arrives + to_seconds(1 + floor(40 * unit(ks, 'proxy'))::INTEGER)
        WHEN opens AND opens_at < ${END} THEN opens_at END AS opened_at,
      CASE WHEN clicks THEN clicks_at END AS clicked_at,
      CASE WHEN leaves THEN clicks_at + INTERVAL 30 SECONDS END AS unsubscribed_at,
      CASE WHEN bounces THEN arrives END AS bounced_at,
      NOT bounces AND machine_opens AS machine_open
    FROM month_sends ORDER BY sent_at, send_id`;
}

/** The long form of \`sends\`, a relation or files in the form of sendsQuery: one row for each thing that happened in the month. */
export function mailEventsQuery(sends: string, month: string): string {
  const kinds = [
    ["delivered_at", "'delivered'"],
    ["opened_at", "CASE WHEN machine_open THEN 'machine_opened' ELSE 'opened' END"],
    ["clicked_at", "'clicked'"],
    ["unsubscribed_at", "'unsubscribed'"],
    ["bounced_at", "'bounced'"],
  ] as const;
  const parts = kinds.map(
    ([column, type]) => `SELECT customer_id, ${column} AS happened_at, ${type} AS type, send_id, campaign, kind
      FROM ${sends} WHERE strftime(${column}, '%Y-%m') = ${literal(month)}`,
  );
  return `${parts.join(" UNION ALL ")} ORDER BY happened_at, send_id, type`;
}

const FALL = `CASE WHEN archetype = ${literal(PLANTED_FALL.archetype)} AND s.day >= DATE ${literal(PLANTED_FALL.firstDay)}
  THEN ${PLANTED_FALL.factor}e0 ELSE 1e0 END`;

const SHIFTED = `archetype = ${literal(PLANTED_MIX_SHIFT.archetype)} AND day >= DATE ${literal(PLANTED_MIX_SHIFT.firstDay)}`;

function common(draw: string, spread: number): string {
  return `varied(key_of('mood', number), ${literal(draw)}, ${spread})`;
}

function own(draw: string, spread: number): string {
  return `varied(key_of('mood ' || archetype, number), ${literal(draw)}, ${spread})`;
}
