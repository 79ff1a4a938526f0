import { ARCSINE } from "../../../server/monitor/scale.ts";
import { learnRates, type Series, toSeries } from "../../../server/monitor/series.ts";
import type { Alarm, Method } from "./score.ts";
import { indexOf } from "./simulation.ts";

/** The usual ways to watch a rate, for comparison. Each learns from the baseline and alarms on single days after it. */
export const RIVALS: Readonly<Record<string, Method>> = {
  "two-proportion z, p < .05": (counts, baseline) =>
    each(toSeries(counts, "day"), baseline, (one) => zTest(one, baseline, 1.959964)),
  "the same with Bonferroni": (counts, baseline) =>
    each(toSeries(counts, "day"), baseline, (one) => zTest(one, baseline, 3.2905)),
  "p-chart, 3 sigma": (counts, baseline) => each(toSeries(counts, "day"), baseline, (one) => pChart(one, baseline).out),
  "Laney p'": (counts, baseline) => each(toSeries(counts, "day"), baseline, (one) => laney(one, baseline)),
  "CUSUM k .5 h 5": (counts, baseline) => cusumAll(counts, baseline, 5),
  "CUSUM k .5 h 10": (counts, baseline) => cusumAll(counts, baseline, 10),
};

function each(series: readonly Series[], baseline: number, out: (one: Series) => readonly boolean[]): Alarm[] {
  return series.flatMap((one) => out(one).flatMap((alarm, i) => (alarm && i >= baseline ? [alarmOf(one, i)] : [])));
}

function alarmOf(one: Series, i: number): Alarm {
  return { segment: one.segment, day: indexOf(one.periods[i] ?? ""), change: null, from: null, to: null };
}

/** Share of the first `baseline` periods, and its chances. */
function pooled({ n, x }: Pick<Series, "n" | "x">, baseline: number): { p: number; n: number } {
  let events = 0;
  let chances = 0;
  for (let i = 0; i < baseline; i++) {
    events += x[i] ?? 0;
    chances += n[i] ?? 0;
  }
  return { p: events / chances, n: chances };
}

/** Each day against the baseline, by the pooled two-proportion test. */
function zTest(one: Series, baseline: number, limit: number): boolean[] {
  const base = pooled(one, baseline);
  return Array.from(one.n, (n, i) => {
    const x = one.x[i] ?? 0;
    const p = (x + base.p * base.n) / (n + base.n);
    return Math.abs(x / n - base.p) > limit * Math.sqrt(p * (1 - p) * (1 / n + 1 / base.n));
  });
}

export interface Chart {
  readonly centre: number;
  readonly limits: readonly { readonly low: number; readonly high: number }[];
  readonly out: readonly boolean[];
}

/** Shewhart's p-chart: p̄ ± 3 √(p̄(1 − p̄)/n). */
export function pChart(one: Pick<Series, "n" | "x">, baseline: number): Chart {
  const { p } = pooled(one, baseline);
  const limits = Array.from(one.n, (n) => {
    const reach = 3 * Math.sqrt((p * (1 - p)) / n);
    return { low: Math.max(0, p - reach), high: Math.min(1, p + reach) };
  });
  const out = limits.map(({ low, high }, i) => {
    const rate = (one.x[i] ?? 0) / (one.n[i] ?? 1);
    return rate < low || rate > high;
  });
  return { centre: p, limits, out };
}

/** Laney 2002: the p-chart's limits times the spread of z, from its moving ranges in the baseline. */
function laney(one: Series, baseline: number): boolean[] {
  const { p } = pooled(one, baseline);
  const z = Array.from(one.n, (n, i) => ((one.x[i] ?? 0) / n - p) / Math.sqrt((p * (1 - p)) / n));
  let ranges = 0;
  for (let i = 1; i < baseline; i++) ranges += Math.abs((z[i] ?? 0) - (z[i - 1] ?? 0));
  const spread = ranges / (baseline - 1) / 1.128;
  return z.map((value) => Math.abs(value) > 3 * spread);
}

/** Page's CUSUM both ways on beta-binomial z with pooled weekdays, started anew after an alarm. */
function cusumAll(counts: Parameters<Method>[0], baseline: number, limit: number): Alarm[] {
  const series = toSeries(counts, "day");
  const learnt = learnRates(series, baseline, "day");
  return series.flatMap((one, j) => {
    const segment = learnt.baseline.segments[j];
    const readings = learnt.readings[j];
    if (segment === null || segment === undefined || readings === undefined) return [];
    const level = (i: number) => segment.centre + (learnt.baseline.offsets[one.slot[i] ?? 0] ?? 0);
    let [up, down] = [0, 0];
    const alarms: Alarm[] = [];
    for (let i = baseline; i < one.n.length; i++) {
      const rate = ARCSINE.forward((one.x[i] ?? 0) / (one.n[i] ?? 1));
      const z = ((rate - level(i)) * Math.sqrt(readings.w[i] ?? 1)) / segment.spread;
      up = Math.max(0, up + z - 0.5);
      down = Math.max(0, down - z - 0.5);
      if (up <= limit && down <= limit) continue;
      alarms.push(alarmOf(one, i));
      [up, down] = [0, 0];
    }
    return alarms;
  });
}
