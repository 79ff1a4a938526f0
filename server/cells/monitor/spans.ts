import { literal, name as quoted } from "../../language/quote.ts";
import type { FoundAlert } from "../../monitor/explain/alert.ts";
import { comparePeriods } from "../../monitor/period.ts";
import type { RunContext } from "../kind.ts";
import type { Cohorts } from "./cohorts.ts";

/**
 * Makes a table of the periods that alerts are judged by, `later` for those from the change on: alert (its index), metric,
 * segment, period. Those are the cohorts that the detector saw, none that wait or were set aside. Gives its name.
 */
export async function spansTable(
  alerts: readonly FoundAlert[],
  cohorts: readonly Cohorts[],
  context: RunContext,
): Promise<string> {
  const alert: number[] = [];
  const metric: string[] = [];
  const segment: string[] = [];
  const period: string[] = [];
  const later: boolean[] = [];
  const wanted = new Set(alerts.map(keyOf));
  const seen = new Map<string, string[]>();
  for (const { metric: name, counts } of cohorts) {
    for (const count of counts) {
      const key = keyOf({ metric: name, segment: count.segment });
      if (!wanted.has(key) || !count.mature || count.n === 0) continue;
      const own = seen.get(key);
      if (own === undefined) seen.set(key, [count.period]);
      else own.push(count.period);
    }
  }
  alerts.forEach((one, index) => {
    for (const at of seen.get(keyOf(one)) ?? []) {
      if (comparePeriods(at, one.from) < 0 || comparePeriods(at, one.last) > 0) continue;
      alert.push(index);
      metric.push(one.metric);
      segment.push(one.segment);
      period.push(at);
      later.push(comparePeriods(at, one.change_at) >= 0);
    }
  });
  const table = context.scratch("spans");
  const columns = [
    { name: "alert", type: "INTEGER", values: alert },
    { name: "metric", type: "VARCHAR", values: metric },
    { name: "segment", type: "VARCHAR", values: segment },
    { name: "period", type: "VARCHAR", values: period },
    { name: "later", type: "BOOLEAN", values: later },
  ];
  await context.engine.load(table, columns, { signal: context.signal });
  return table;
}

/** The rows that count for alerts, with n and x by each one's metric, in SQL; those that lack either are no data for it. */
export function spannedSql(
  spans: string,
  rows: string,
  countings: readonly { metric: string; n: string; x: string }[],
): string {
  const by = (of: "n" | "x") => countings.map((one) => `WHEN ${literal(one.metric)} THEN ${one[of]}`).join(" ");
  return `SELECT * FROM (
      SELECT r.*, s.alert, s.later, CASE s.metric ${by("n")} END AS n, CASE s.metric ${by("x")} END AS x
      FROM ${rows} AS r JOIN ${quoted(spans)} AS s ON r.segment = s.segment AND r.period = s.period
    ) WHERE n IS NOT NULL AND x IS NOT NULL`;
}

function keyOf({ metric, segment }: { metric: string; segment: string }): string {
  return JSON.stringify([metric, segment]);
}
