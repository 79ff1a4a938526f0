import { literal, name as quoted } from "../../language/quote.ts";
import type { RunContext } from "../kind.ts";
import { firstDaySql } from "./period.ts";
import type { MonitorBody } from "./schema.ts";

/** The beginning of a week. */
export interface Week {
  /** Its first day. */
  readonly period: string;
  /** Milliseconds since 1970, and the wall time in SQL. */
  readonly moment: number;
  readonly wall: string;
  /** Segments of which it is the reference. */
  readonly begins: readonly string[];
}

/** So many of the last weeks are compared; each is a question of its own. */
const WEEKS = 26;

/**
 * The weeks that are compared, with those that they are compared with: of each segment the first since its members are
 * recorded, or where they are not, since the baseline from when on its rule tells them; or since the last new baseline that was
 * accepted. That week stays.
 */
export async function weeksOfMakeUp(members: string, body: MonitorBody, context: RunContext): Promise<Week[]> {
  const { engine, signal, clock } = context;
  const zone = literal(clock.zone);
  const days = body.baseline * (body.period === "week" ? 7 : 1);
  const end = `(make_timestamptz(${clock.asOf * 1000}) AT TIME ZONE ${zone})`;
  const anew = context.rebaselines
    .filter(({ metric, period }) => (metric === null || metric === "mix") && /^\d{4}-\d{2}-\d{2}$/.test(period))
    .map(({ segment, period }) => `(${segment === null ? "NULL" : literal(segment)}, DATE ${literal(period)})`);
  const weekOf = (day: string) => firstDaySql(`(${day} + INTERVAL 6 DAY)`, "week", clock.weekStarts);
  const rows = await engine.rows({
    sql: `
      WITH anew (segment, day) AS (VALUES ${["(NULL::VARCHAR, NULL::DATE)", ...anew].join(", ")}), segments AS (
        SELECT m.segment, greatest(m.day, max(a.day)) AS day
        FROM (
          SELECT segment, coalesce(min(since) FILTER (WHERE is_recorded), min(since) + INTERVAL ${days} DAY)::DATE AS day
          FROM ${quoted(members)} WHERE isfinite(since) GROUP BY segment
        ) AS m
        JOIN anew AS a ON a.segment IS NULL OR a.segment = m.segment
        GROUP BY m.segment, m.day
      ), references_ AS (
        SELECT ${weekOf("day")} AS week, list(segment ORDER BY segment) AS begins FROM segments GROUP BY week
      ), latest AS (
        SELECT week::DATE AS week
        FROM (SELECT unnest(generate_series((SELECT min(week) FROM references_)::TIMESTAMP, ${end}, INTERVAL 7 DAY)) AS week)
        ORDER BY week DESC LIMIT ${WEEKS}
      )
      SELECT week::VARCHAR AS period, epoch_ms(week::TIMESTAMP AT TIME ZONE ${zone}) AS moment, to_json(coalesce(begins, [])) AS begins
      FROM (FROM latest UNION SELECT week FROM references_) LEFT JOIN references_ USING (week)
      WHERE week::TIMESTAMP <= ${end} ORDER BY week`,
    signal,
  });
  return rows.map(({ period, moment, begins }) => ({
    period: String(period),
    moment: Number(moment),
    wall: `TIMESTAMP ${literal(String(period))}`,
    begins: JSON.parse(String(begins)) as string[],
  }));
}
