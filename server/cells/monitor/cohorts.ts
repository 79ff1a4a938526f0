import { name as quoted } from "../../language/quote.ts";
import { wordsOf } from "../../monitor/explain/alert.ts";
import type { Count } from "../../monitor/model.ts";
import { periodWords } from "../../monitor/period.ts";
import { gapsOf } from "../../monitor/population/gaps.ts";
import type { RunContext } from "../kind.ts";
import type { Counting } from "./metrics.ts";
import type { MonitorBody } from "./schema.ts";
import type { SetAside } from "./set-aside.ts";

export interface Cohorts {
  readonly metric: string;
  readonly counts: readonly Count[];
}

export interface Counted {
  readonly cohorts: readonly Cohorts[];
  readonly setAside: readonly SetAside[];
}

/** Of a cohort's sends this share may have times that run backwards: they are left out; where more have, the cohort is. */
const BACKWARDS = 0.01;

/** Reads a table of counted rows as one list of cohorts a metric; those that can't be, and what is odd, beside them. */
export async function readCohorts(
  table: string,
  { countings, body }: { countings: readonly Counting[]; body: MonitorBody },
  context: RunContext,
): Promise<Counted> {
  const values = countings.map(({ n, x, join }, i) => {
    const known = `(${n}) IS NOT NULL AND (${x}) IS NOT NULL`;
    const sums = `${join}(${n}) FILTER (WHERE ${known})::DOUBLE AS n${i}, ${join}(${x}) FILTER (WHERE ${known})::DOUBLE AS x${i}`;
    // Rows without events are no data where all of a cohort are; beside others they would make its rate another.
    const half = `bool_or((${n}) IS NULL AND (${x}) IS NOT NULL) OR (bool_or((${n}) IS NOT NULL AND (${x}) IS NULL) AND bool_or(${known}))`;
    return `${sums}, ${half} AS half${i}`;
  });
  const rows = await context.engine.rows({
    sql: `
      SELECT segment, period::VARCHAR AS cohort, bool_and(mature) AS mature, bool_or(twice) AS twice,
        sum(backwards)::DOUBLE AS backwards, sum(sends)::DOUBLE AS sends, ${values.join(", ")}
      FROM ${quoted(table)}
      GROUP BY segment, period
      ORDER BY segment, period`,
    signal: context.signal,
  });
  const cohorts = countings.map(({ metric }) => ({ metric, counts: [] as Count[] }));
  const periods = new Map<string, string[]>();
  const setAside: SetAside[] = [];
  for (const row of rows) {
    const at = { segment: String(row.segment), period: String(row.cohort) };
    const own = periods.get(at.segment);
    if (own === undefined) periods.set(at.segment, [at.period]);
    else own.push(at.period);
    const whole = { ...at, twice: row.twice === true, backwards: Number(row.backwards ?? 0), sends: Number(row.sends) };
    const odd = oddCohort(whole, body.period);
    if (odd !== null) setAside.push(odd);
    if (odd !== null && isLost(whole)) continue;
    for (const [i, { metric, counts }] of cohorts.entries()) {
      if (row[`half${i}`] === true) {
        setAside.push(halfKnown(at, metric, body.period));
        continue;
      }
      const [n = null, x = null] = [row[`n${i}`], row[`x${i}`]];
      // A period without the metric's counts is no data for it, as one without a row is.
      if (n === null || x === null) continue;
      // What is not finite comes as a text.
      const count = { ...at, n: Number(n), x: Number(x), mature: row.mature === true };
      const impossible = impossibleCount(count, metric, body.period);
      if (impossible === null) counts.push(count);
      else setAside.push(impossible);
    }
  }
  const due = body.sends === null ? "each" : "all";
  const gaps = gapsOf(periods, { period: body.period, due }).map((gap) => ({ ...gap, metric: null }));
  return { cohorts, setAside: [...setAside, ...gaps, ...cohorts.flatMap(undelivered)] };
}

interface Whole {
  readonly segment: string;
  readonly period: string;
  readonly twice: boolean;
  /** Sends that were left out, and those that were not. */
  readonly backwards: number;
  readonly sends: number;
}

function oddCohort(whole: Whole, kind: MonitorBody["period"]): SetAside | null {
  const { segment, period, twice, backwards, sends } = whole;
  const odd = (code: string, message: string): SetAside => ({ segment, metric: null, period, code, message });
  if (twice)
    return odd("cohort-twice", `${segment} has several rows of ${periodWords(period, kind)} that nothing tells apart.`);
  if (backwards === 0) return null;
  const what = `${backwards} of ${backwards + sends} sends to ${segment} of ${periodWords(period, kind)} were delivered, opened, clicked or more before they were sent`;
  return odd(
    "cohort-clock",
    isLost(whole) ? `${what}; the cohort is set aside.` : `${what}; these sends are left out.`,
  );
}

function isLost({ twice, backwards, sends }: Whole): boolean {
  return twice || backwards > BACKWARDS * (backwards + sends);
}

function halfKnown(
  { segment, period }: Pick<Count, "segment" | "period">,
  metric: string,
  kind: MonitorBody["period"],
): SetAside {
  const what = `${wordsOf(metric).words} of ${segment}, ${periodWords(period, kind)}`;
  const message = `${what}: some rows have one of its two counts and not the other.`;
  return { segment, metric, period, code: "cohort-not-counts", message };
}

function impossibleCount(
  { segment, period, n, x }: Count,
  metric: string,
  kind: MonitorBody["period"],
): SetAside | null {
  const what = `${wordsOf(metric).words} of ${segment}, ${periodWords(period, kind)}`;
  const counted = `${what}: ${metric === "size" ? x : `${x} of ${n}`}.`;
  const found = (code: string) => ({ segment, metric, period, code, message: counted });
  if (!(Number.isInteger(n) && Number.isInteger(x) && n >= 0 && x >= 0)) return found("cohort-not-counts");
  return metric !== "size" && x > n ? found("cohort-more-events") : null;
}

/** Segments of which no cohort had any chance. */
function undelivered({ metric, counts }: Cohorts): SetAside[] {
  const chances = new Map<string, number>();
  for (const { segment, n } of counts) chances.set(segment, (chances.get(segment) ?? 0) + n);
  return [...chances]
    .filter(([, n]) => n === 0)
    .map(([segment]) => {
      const message = `${segment} has no cohort with anything that the ${wordsOf(metric).words} is a share of.`;
      return { segment, metric, period: null, code: "segment-undelivered", message };
    });
}
