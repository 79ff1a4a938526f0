import { laneyChart, pChart } from "../../../server/monitor/charts.ts";
import { ARCSINE } from "../../../server/monitor/detector/scale.ts";
import { learnRates, type Series, toSeries } from "../../../server/monitor/detector/series.ts";
import { adwin, pageHinkley } from "./drift.ts";
import { type Alarm, type Method, once } from "./score.ts";
import { indexOf } from "./simulate.ts";
import { CALM } from "./worlds.ts";

const BASELINE = CALM.baseline;

/** The usual ways to watch a rate, for comparison. Each learns from the baseline and alarms on single days after it: p < .05 a day, 3 σ, k = .5. */
export const RIVALS: Readonly<Record<string, Method>> = {
  "z-test": plain((one, baseline) => zTest(one, baseline, 1.959964)),
  // .05/50 two-sided.
  bonferroni: plain((one, baseline) => zTest(one, baseline, 3.290527)),
  "p-chart": plain((one, baseline) => pChart(one, baseline).out),
  laney: plain((one, baseline) => laneyChart(one, baseline).out),
  "cusum-5": standardised((z) => cusum(z, 5)),
  "cusum-10": standardised((z) => cusum(z, 10)),
  ewma: standardised((z) => ewma(z, 0.2, 3)),
  "page-hinkley": plain((one) => pageHinkley(ratesOf(one))),
  adwin: plain((one) => adwin(ratesOf(one))),
};

function plain(out: (one: Series, baseline: number) => readonly boolean[]): Method {
  return (counts) => toSeries(counts, "day").flatMap((one) => alarmsOf(one, out(one, BASELINE)));
}

/** On beta-binomial z with pooled weekdays; `out` is given the days after the baseline. */
function standardised(out: (z: readonly number[]) => readonly boolean[]): Method {
  return (counts) => {
    const { series, z } = scores(counts);
    return series.flatMap((one, j) => {
      const none = Array.from({ length: BASELINE }, () => false);
      return alarmsOf(one, [...none, ...out((z[j] ?? []).slice(BASELINE))]);
    });
  };
}

function alarmsOf(one: Series, out: readonly boolean[]): Alarm[] {
  return out.flatMap((alarm, i) => {
    if (!alarm || i < BASELINE) return [];
    return [{ segment: one.segment, day: indexOf(one.periods[i] ?? ""), change: null, from: null, to: null }];
  });
}

function ratesOf({ n, x }: Series): number[] {
  return Array.from(n, (size, i) => (x[i] ?? 0) / size);
}

/** Each day against the baseline, by the pooled two-proportion test. */
function zTest({ n, x }: Series, baseline: number, limit: number): boolean[] {
  const events = x.subarray(0, baseline).reduce((a, b) => a + b, 0);
  const chances = n.subarray(0, baseline).reduce((a, b) => a + b, 0);
  return Array.from(n, (size, i) => {
    const own = x[i] ?? 0;
    const p = (own + events) / (size + chances);
    return Math.abs(own / size - events / chances) > limit * Math.sqrt(p * (1 - p) * (1 / size + 1 / chances));
  });
}

/** Page 1954, both ways with k = .5, started anew after an alarm. */
function cusum(z: readonly number[], limit: number): boolean[] {
  let [up, down] = [0, 0];
  return z.map((value) => {
    up = Math.max(0, up + value - 0.5);
    down = Math.max(0, down - value - 0.5);
    if (up <= limit && down <= limit) return false;
    [up, down] = [0, 0];
    return true;
  });
}

/** Roberts 1959: an exponentially weighted mean beyond L of its standard deviations, started anew after an alarm. */
function ewma(z: readonly number[], lambda: number, limit: number): boolean[] {
  let mean = 0;
  let left = 1;
  return z.map((value) => {
    mean += lambda * (value - mean);
    left *= (1 - lambda) ** 2;
    if (Math.abs(mean) <= limit * Math.sqrt((lambda / (2 - lambda)) * (1 - left))) return false;
    [mean, left] = [0, 1];
    return true;
  });
}

const scores = once((counts): { series: Series[]; z: number[][] } => {
  const series = toSeries(counts, "day");
  const learnt = learnRates(series, BASELINE, "day");
  const z = series.map((one, j) => {
    const segment = learnt.baseline.segments[j];
    const readings = learnt.readings[j];
    if (segment === null || segment === undefined || readings === undefined) return [];
    return ratesOf(one).map((rate, i) => {
      const level = segment.centre + (learnt.baseline.offsets[one.slot[i] ?? 0] ?? 0);
      return ((ARCSINE.forward(rate) - level) * Math.sqrt(readings.w[i] ?? 1)) / segment.spread;
    });
  });
  return { series, z };
});
