import { literal, name as quoted } from "../../language/quote.ts";
import type { RunContext } from "../kind.ts";
import { parametersOf } from "../sql.ts";
import { happenedSql, type SendRows } from "./happened.ts";
import { partColumns } from "./part-columns.ts";
import { OF_A_SEND } from "./part-rows.ts";
import { firstDaySql, wallSql } from "./period.ts";
import type { MonitorBody, SendColumn } from "./schema.ts";
import { staysOf, type Within } from "./stays.ts";
import type { Plan } from "./study.ts";

/** A segment as `<id>_counts` names it, and its periods from one to another; of sends one, whose id is both. */
export interface CohortPeriods {
  readonly segment: string;
  readonly from: string;
  readonly to: string;
}

/** A table of the rows that periods of a segment are made of, and columns of it by what they are called. */
export interface CohortTable {
  readonly table: string;
  /** What a reader is shown of a row. */
  readonly shown: readonly Named[];
  /** The parts that rows are grouped by, as alerts are split. */
  readonly parts: readonly Named[];
  /** The table's order, in SQL. */
  readonly order: string;
  /** How it is known that the receiver was in the segment; null where nobody's membership was looked at. */
  readonly membersBy: string | null;
}

interface Named {
  readonly name: string;
  readonly column: string;
}

/** So many columns of the sends are shown that mean nothing to the monitor. */
const MOST_COLUMNS = 12;

/** What is told of a send, by the counted form's names, and the column that it takes. */
const TOLD: readonly (readonly [string, SendColumn | null])[] = [
  ["delivered", null],
  ["opened", "opened_at"],
  ["machine_opened", "machine_open"],
  ["clicked", "clicked_at"],
  ["suspected_clicks", "clicked_at"],
  ["unsubscribed", "unsubscribed_at"],
  ["bounced", "bounced_at"],
];

/**
 * Makes a table of the sends that count in some periods of a segment: to whom it had in it when it was sent, by the same
 * stays that the monitor counts by. It also has a column for each name of the counted form, 0 or 1.
 */
export async function cohortSends(
  asked: CohortPeriods,
  { body, plan }: { readonly body: MonitorBody; readonly plan: Plan },
  context: RunContext,
): Promise<CohortTable> {
  const { head, clock } = context;
  const { mapping } = plan;
  const sends = body.sends ?? "";
  const rows: SendRows = { body, sends, entity: head.entity, columns: mapping, ...clock };
  const near = context.scratch("near");
  await make(near, nearSql(asked, rows, body.period), context);
  const within = await withinOf({ near, rows }, context);
  const stays = await staysOf({ segmentations: plan.segmentations, sends, mapping, within }, context);
  const columns = await context.relation(sends);
  const taken = [head.entity, ...[...mapping.values()].map(({ name }) => name)];
  const ask = { relation: sends, columns, taken, at: sentAt(rows), zone: clock.zone, by: body.by };
  const by = await partColumns(ask, context);
  const extra = columns.filter(({ name }) => !taken.includes(name)).slice(0, MOST_COLUMNS);
  const id = mapping.get("send_id");
  const carried = [
    ...by.map(({ sql }, i) => ({ name: `p${i}`, sql })),
    ...extra.map(({ name }, i) => ({ name: `e${i}`, sql: `${quoted(name)}::VARCHAR` })),
    { name: "of_send", sql: id === undefined ? "NULL::VARCHAR" : `${quoted(id.name)}::VARCHAR` },
  ];
  const told = TOLD.filter(([, needed]) => needed === null || mapping.has(needed));
  const shown = [
    { name: head.entity, sql: "h.entity" },
    { name: "sent_at", sql: "h.sent_at" },
    ...(id === undefined ? [] : [{ name: "send_id", sql: "h.of_send" }]),
    ...extra.map(({ name }, i) => ({ name, sql: `h.e${i}` })),
    ...told.map(([name]) => ({ name, sql: OF_A_SEND[name] ?? "false" })),
  ];
  const counted = Object.entries(OF_A_SEND).map(([name, sql]) => `(${sql})::INTEGER AS ${name}`);
  const selected = [
    ...shown.map(({ sql }, i) => `${sql} AS s${i}`),
    ...by.map((_, i) => `p${i}`),
    ...["h.sent_at AS sent_at", "h.entity AS entity", "of_send", "m.members_by AS members_by"],
  ];
  const table = context.scratch("cohort");
  const select = `
    WITH ${happenedSql({ ...rows, sends: near, carried }, periodSql(body.period, clock.weekStarts))}, members AS (
      SELECT DISTINCT s.entity, s.since, s.until, i.members_by
      FROM (${stays.sql}) AS s JOIN ${quoted(stays.ids)} AS i USING (id)
      WHERE i.name = ${literal(asked.segment)} OR i.cell || '.' || i.segment = ${literal(asked.segment)}
    )
    SELECT ${[...selected, ...counted].join(", ")}
    FROM happened AS h JOIN members AS m ON h.entity = m.entity AND h.sent_at >= m.since AND h.sent_at < m.until
    WHERE NOT backwards AND ${isAsked("h.period", asked)}`;
  await make(table, select, context);
  const named = (names: readonly { name: string }[], prefix: string) =>
    names.map(({ name }, i) => ({ name, column: `${prefix}${i}` }));
  const order = "sent_at, entity, of_send";
  return { table, shown: named(shown, "s"), parts: named(by, "p"), order, membersBy: "members_by" };
}

/** Rows that belong to sends of these periods: of a send that has several rows all of them. */
function nearSql(asked: CohortPeriods, rows: SendRows, period: MonitorBody["period"]): string {
  const { sends, entity, columns, weekStarts } = rows;
  const all = `SELECT * FROM ${quoted(sends)}`;
  const id = columns.get("send_id");
  if (period === "send") return id === undefined ? all : `${all} WHERE ${isAsked(quoted(id.name), asked)}`;
  const isNear = isAsked(firstDaySql(sentAt(rows) ?? "NULL::TIMESTAMP", period, weekStarts), asked);
  if (id === undefined) return `${all} WHERE ${isNear}`;
  const key = `${quoted(entity)}, ${quoted(id.name)}`;
  return `${all} WHERE ${isNear}
    UNION ALL ${all} WHERE NOT coalesce(${isNear}, false) AND (${key}) IN (SELECT (${key}) FROM ${quoted(sends)} WHERE ${isNear} AND ${quoted(id.name)} IS NOT NULL)`;
}

/** From when to when these were sent; null where nothing was. */
async function withinOf(
  { near, rows }: { near: string; rows: SendRows },
  { engine, signal }: RunContext,
): Promise<Within | null> {
  const at = sentAt(rows) ?? "NULL::TIMESTAMP";
  const sql = `SELECT min(${at})::VARCHAR AS first, max(${at})::VARCHAR AS last FROM ${quoted(near)} WHERE isfinite(${at})`;
  const [row] = await engine.rows({ sql, signal });
  return typeof row?.first === "string" ? { first: row.first, last: String(row.last) } : null;
}

function sentAt({ columns, zone }: SendRows): string | null {
  const sent = columns.get("sent_at");
  return sent === undefined ? null : wallSql(quoted(sent.name), sent.type, zone);
}

function periodSql(period: MonitorBody["period"], weekStarts: "monday" | "sunday"): string {
  return period === "send" ? "send_id::VARCHAR" : firstDaySql("sent_at", period, weekStarts);
}

/** Days as text stand in their order. */
export function isAsked(period: string, { from, to }: CohortPeriods): string {
  return from === to
    ? `(${period})::VARCHAR = ${literal(from)}`
    : `(${period})::VARCHAR BETWEEN ${literal(from)} AND ${literal(to)}`;
}

function make(table: string, sql: string, { engine, signal, inputs }: RunContext): Promise<void> {
  const parameters = sql.includes("$as_of") ? parametersOf(inputs, ["as_of"]) : {};
  return engine.execute({ sql: `CREATE TABLE ${quoted(table)} AS ${sql}`, parameters, signal });
}
