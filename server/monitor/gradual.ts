import type { Level } from "./era.ts";
import { shape } from "./era.ts";
import type { Episode } from "./watch.ts";

/** How much better than a step a ramp must fit, in units of the noise's variance: of true steps two in 100 look so by chance. */
const BETTER = 4;
/** A rise or fall over fewer periods is as good as at once. */
const SHORTEST = 7;
/** So many beginnings and ends of a ramp are tried at most. */
const TRIED = 24;
const CLIP = 3;

/**
 * Whether a change came little by little: whether a ramp between two levels, its beginning and its end where they fit best,
 * leaves less of the readings unexplained than a step does. Least squares on the metric's scale, weekdays taken off.
 */
export function paceOf(
  level: Level,
  { era, change, last }: Pick<Episode, "era" | "change" | "last">,
): "at once" | "gradual" {
  const { readings, segment } = level;
  const { from } = era;
  const length = last - from + 1;
  const y = new Float64Array(length);
  const w = new Float64Array(length);
  for (let i = 0; i < length; i++) {
    w[i] = readings.w[from + i] ?? 0;
    y[i] = (readings.y[from + i] ?? 0) - shape(level, from + i);
  }
  const at = change.at - from;
  const limits = w.map((weight) => (CLIP * segment.spread) / Math.sqrt(weight));
  const clipped = around(y, w, limits, at);
  const step = unexplained(clipped, w, (i) => (i < at ? 0 : 1));
  let ramp = Infinity;
  const latest = Math.min(at, length - SHORTEST);
  const earliest = Math.max(1, at - 42);
  for (const begin of spread(earliest, latest)) {
    for (const end of spread(Math.max(begin + SHORTEST, at), length)) {
      const rise = (i: number) => Math.min(1, Math.max(0, (i - begin + 1) / (end - begin)));
      ramp = Math.min(ramp, unexplained(clipped, w, rise));
    }
  }
  return step - ramp > BETTER * segment.spread ** 2 * segment.inflation ? "gradual" : "at once";
}

/** Readings drawn in to within three deviations of the level on their side of the change. */
function around(y: Float64Array, w: Float64Array, limits: Float64Array, at: number): Float64Array {
  const before = mean(y, w, 0, at);
  const after = mean(y, w, at, y.length);
  return y.map((value, i) => {
    const limit = limits[i] ?? 0;
    // What lies between the levels is a ramp's, and no outlier.
    const low = Math.min(before, after) - limit;
    const high = Math.max(before, after) + limit;
    return Math.min(high, Math.max(low, value));
  });
}

function mean(y: Float64Array, w: Float64Array, from: number, to: number): number {
  let sum = 0;
  let weight = 0;
  for (let i = from; i < to; i++) {
    sum += (w[i] ?? 0) * (y[i] ?? 0);
    weight += w[i] ?? 0;
  }
  return weight === 0 ? 0 : sum / weight;
}

/** Weighted sum of squares that a line in s leaves: RSS = Syy − Ssy²/Sss. */
function unexplained(y: Float64Array, w: Float64Array, s: (i: number) => number): number {
  let [weight, sumS, sumY, ss, sy, yy] = [0, 0, 0, 0, 0, 0];
  for (let i = 0; i < y.length; i++) {
    const one = w[i] ?? 0;
    const value = y[i] ?? 0;
    const rise = s(i);
    weight += one;
    sumS += one * rise;
    sumY += one * value;
    ss += one * rise * rise;
    sy += one * rise * value;
    yy += one * value * value;
  }
  const [sss, ssy, syy] = [ss - sumS ** 2 / weight, sy - (sumS * sumY) / weight, yy - sumY ** 2 / weight];
  return sss > 0 ? syy - ssy ** 2 / sss : syy;
}

/** Whole numbers from one to another, evenly spread where they are many. */
function spread(from: number, to: number): number[] {
  if (to < from) return [];
  const count = Math.min(TRIED, to - from + 1);
  return Array.from({ length: count }, (_, i) =>
    count === 1 ? from : Math.round(from + (i * (to - from)) / (count - 1)),
  );
}
