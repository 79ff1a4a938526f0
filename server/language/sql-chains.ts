import { fixedMinutes } from "./clock.ts";
import { momentsSql } from "./sql-moments.ts";
import { CHAIN } from "./sql-pass.ts";
import { areAlike, areApart, eventsSql, type Steps, withinSql } from "./sql-steps.ts";
import { KEY, type Work } from "./sql-work.ts";

/** The chains that are not too long: the key, and for each moment at which one ends the latest start of one. */
export function chainsSql(work: Work, all: Steps): string {
  if (areApart(all.steps)) return nearestSql(work, all);
  return areAlike(all.steps) ? alikeSql(work, all) : momentsSql(work, all);
}

/**
 * Who has a chain, one row or more each. Two steps that no event can both be, within a fixed time: time is cut in
 * stretches of that length. Two events of one stretch are near enough, and two of neighbouring ones where the last of
 * the one and the first of the other are, so that the second step's first and last in each stretch tell all; no sorting.
 */
export function whoeverSql(work: Work, all: Steps): string {
  const { steps, within } = all;
  const [first, second] = steps;
  const minutes = fixedMinutes(within.unit);
  if (first === undefined || second === undefined || steps.length > 2 || minutes === null || !areApart(steps))
    return `SELECT ${KEY} FROM (${chainsSql(work, all)})`;
  const length = BigInt(minutes) * BigInt(within.units) * 60_000_000n;
  const stretch = `t // ${length} - CAST(t % ${length} < 0 AS BIGINT)`;
  const seconds = `SELECT k, ${stretch} AS n, min(t) AS low, max(t) AS high FROM (${eventsSql(work, all, second)}) GROUP BY ALL`;
  // A stretch answers for its own and for the one before it.
  const asked = `SELECT k, n - later AS n, later, low, high FROM (${seconds}), (VALUES (0), (1)) AS v(later)`;
  return `SELECT a.k AS ${KEY}
FROM (SELECT k, t, ${stretch} AS n FROM (${eventsSql(work, all, first)})) AS a JOIN (${asked}) AS b USING (k, n)
WHERE CASE WHEN later = 0 THEN t <= high ELSE low - t <= ${length} END`;
}

/** Where no event can be two steps, the latest chain that a step can go on from is that of the event before it. */
function nearestSql(work: Work, all: Steps): string {
  const [first, ...others] = all.steps.map((step) => eventsSql(work, all, step));
  let query = `SELECT k, t, t AS start FROM (${first})`;
  for (const events of others)
    query = `SELECT b.k, b.t, a.start FROM (${events}) AS b ASOF JOIN (${query}) AS a ON a.k = b.k AND a.t <= b.t`;
  return `SELECT k AS ${KEY}, start AS ${CHAIN.start}, t AS ${CHAIN.end}\nFROM (${query})\nWHERE ${withinSql(work, "start", all.within)}`;
}

/** Where any event can be every step, n of them in a row are a chain of n steps. */
function alikeSql(work: Work, all: Steps): string {
  const [first] = all.steps;
  const events = first === undefined ? "" : eventsSql(work, all, first);
  const start = `lag(t, ${all.steps.length - 1}) OVER (PARTITION BY k ORDER BY t)`;
  const query = `SELECT k, t, ${start} AS start FROM (${events})`;
  return `SELECT k AS ${KEY}, start AS ${CHAIN.start}, t AS ${CHAIN.end}\nFROM (${query})\nWHERE ${withinSql(work, "start", all.within)}`;
}
