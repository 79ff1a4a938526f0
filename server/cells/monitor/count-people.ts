import { literal, name as quoted } from "../../language/quote.ts";
import { HISTORY } from "../../language/sql-history.ts";
import type { FoundAlert } from "../../monitor/explain/alert.ts";
import type { Edit, People } from "../../monitor/explain/people.ts";
import { periodWords } from "../../monitor/period.ts";
import type { RunContext } from "../kind.ts";
import { parametersOf } from "../sql.ts";
import type { PartsGiven } from "./count-parts.ts";
import type { MonitorBody } from "./schema.ts";
import { spannedSql } from "./spans.ts";

/**
 * Of each alert, by its index: whom its sends went to before and after. Only where it is known who was in the segment when
 * they were sent; of today's members it would say nothing.
 */
export async function countPeople(
  { rows, spans, countings }: PartsGiven,
  context: RunContext,
): Promise<Map<number, People>> {
  const both = "n0 > 0 AND n1 > 0";
  const found = await context.engine.rows({
    sql: `
      WITH ${rows.tables}
      SELECT alert, count(*) FILTER (WHERE n0 > 0) AS people,
        ${["n0", "x0", "n1", "x1"].map((name) => `coalesce(sum(${name}) FILTER (WHERE ${both}), 0)::DOUBLE AS ${name}`).join(", ")},
        coalesce(sum(n0) FILTER (WHERE n1 = 0), 0)::DOUBLE AS gone_n, coalesce(sum(x0) FILTER (WHERE n1 = 0), 0)::DOUBLE AS gone_x,
        coalesce(sum(n1) FILTER (WHERE n0 = 0), 0)::DOUBLE AS came_n, coalesce(sum(x1) FILTER (WHERE n0 = 0), 0)::DOUBLE AS came_x
      FROM (
        SELECT alert, entity, bool_or(members_by = 'today') AS today,
          ${["n", "x"].flatMap((of) => [`coalesce(sum(${of}) FILTER (WHERE NOT later), 0) AS ${of}0`, `coalesce(sum(${of}) FILTER (WHERE later), 0) AS ${of}1`]).join(", ")}
        FROM (${spannedSql(spans, "counted_rows", countings)})
        GROUP BY alert, entity
      )
      GROUP BY alert
      HAVING NOT bool_or(today)`,
    parameters: parametersOf(context.inputs, rows.inputs),
    signal: context.signal,
  });
  return new Map(
    found.map((row) => {
      const tally = (n: string, x: string) => ({ n: Number(row[n]), x: Number(row[x]) });
      const stayed = { before: tally("n0", "x0"), after: tally("n1", "x1") };
      const people = {
        stayed,
        gone: tally("gone_n", "gone_x"),
        came: tally("came_n", "came_x"),
        before: Number(row.people),
      };
      return [Number(row.alert), people] as const;
    }),
  );
}

export interface EditsAsk {
  /** The table of segments by cell and name. */
  readonly ids: string;
  readonly period: MonitorBody["period"];
  /** What a refresh at midnight belongs to: of sends the day that begins, of sizes the one that ends. */
  readonly midnight: "begins" | "ends";
}

/**
 * Of each alert, by its index: whom an edit brought and took about when its change began, as refreshes recorded it; a period
 * more on either side, for a day's sends go out before or after a refresh.
 */
export async function countEdits(
  alerts: readonly FoundAlert[],
  { ids, period, midnight }: EditsAsk,
  context: RunContext,
): Promise<Map<number, Edit>> {
  if (period === "send" || alerts.length === 0) return new Map();
  const { zone } = context.clock;
  const reach = period === "day" ? 1 : 7;
  const wall = (column: string) => `${quoted(column)} AT TIME ZONE ${literal(zone)}`;
  // It is told as pages tell a refresh: midnight ends a day, whichever period it belongs to.
  const told = (column: string) => `(${wall(column)} - INTERVAL 1 MICROSECOND)::DATE`;
  const day = (column: string) => (midnight === "begins" ? `(${wall(column)})::DATE` : told(column));
  const values = alerts.map(
    ({ segment, change_from, change_to }, i) =>
      `(${i}, ${literal(segment)}, DATE ${literal(change_from)} - ${reach}, DATE ${literal(change_to)} + ${2 * reach - 1})`,
  );
  const turn = (column: string, because: string, came: boolean) =>
    `SELECT cell, segment, ${day(column)} AS at, ${told(column)} AS told, ${because} AS because, ${came} AS came FROM ${quoted(HISTORY)} WHERE ${because} IN ('rule', 'upstream')`;
  const found = await context.engine.rows({
    sql: `
      WITH alerts (alert, name, since, until) AS (VALUES ${values.join(", ")}),
      turns AS (${turn("since", "entered_because", true)} UNION ALL ${turn("until", "left_because", false)}),
      called AS (SELECT DISTINCT cell, segment, name FROM ${quoted(ids)})
      SELECT alert, because, strftime(turns.told, '%Y-%m-%d') AS at, count(*) FILTER (WHERE came) AS came, count(*) FILTER (WHERE NOT came) AS went
      FROM turns JOIN called USING (cell, segment) JOIN alerts USING (name)
      WHERE turns.at BETWEEN alerts.since AND alerts.until
      GROUP BY alert, because, turns.told
      ORDER BY alert, count(*), turns.told, because`,
    signal: context.signal,
  });
  // The largest of several comes last.
  return new Map(
    found.map((row) => {
      const what = row.because === "rule" ? "rule" : "upstream";
      const at = periodWords(String(row.at), "day");
      return [Number(row.alert), { what, at, came: Number(row.came), went: Number(row.went) }] as const;
    }),
  );
}
