import { CLIP } from "./baseline.ts";
import { type Level, shape } from "./era.ts";
import type { Episode } from "./watch.ts";

/** How much better than a step a ramp must fit, in units of the noise's variance: of true steps two in 100 look so by chance. */
const BETTER = 4;
/** A rise or fall over fewer periods is as good as at once. */
const SHORTEST = 7;
/** So many beginnings and ends of a ramp are tried at most. */
const TRIED = 24;

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
  const sums = momentsOf(clipped, w);
  // A step is a ramp of one period.
  const step = unexplained(sums, at, at + 1);
  let ramp = Infinity;
  const latest = Math.min(at, length - SHORTEST);
  const earliest = Math.max(1, at - 42);
  for (const begin of spread(earliest, latest)) {
    for (const end of spread(Math.max(begin + SHORTEST, at), length)) {
      ramp = Math.min(ramp, unexplained(sums, begin, end));
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

/** Running sums before each period, of length + 1. */
interface Moments {
  readonly length: number;
  /** Σ w, Σ wi and Σ wi². */
  readonly w: Float64Array;
  readonly wi: Float64Array;
  readonly wii: Float64Array;
  /** Σ wy and Σ wiy. */
  readonly wy: Float64Array;
  readonly wiy: Float64Array;
  /** Σ wy² of all, about the mean. */
  readonly yy: number;
}

function momentsOf(y: Float64Array, w: Float64Array): Moments {
  const { length } = y;
  const row = () => new Float64Array(length + 1);
  const sums = { w: row(), wi: row(), wii: row(), wy: row(), wiy: row() };
  const centre = mean(y, w, 0, length);
  let yy = 0;
  for (let i = 0; i < length; i++) {
    const weight = w[i] ?? 0;
    const value = (y[i] ?? 0) - centre;
    sums.w[i + 1] = (sums.w[i] ?? 0) + weight;
    sums.wi[i + 1] = (sums.wi[i] ?? 0) + weight * i;
    sums.wii[i + 1] = (sums.wii[i] ?? 0) + weight * i * i;
    sums.wy[i + 1] = (sums.wy[i] ?? 0) + weight * value;
    sums.wiy[i + 1] = (sums.wiy[i] ?? 0) + weight * i * value;
    yy += weight * value * value;
  }
  return { length, ...sums, yy };
}

/**
 * Weighted sum of squares that a ramp leaves, s = (i − begin + 1)/(end − begin) between 0 before and 1 after:
 * RSS = Syy − Ssy²/Sss.
 */
function unexplained({ length, w, wi, wii, wy, wiy, yy }: Moments, begin: number, end: number): number {
  const over = (sums: Float64Array, from: number, to: number) => (sums[to] ?? 0) - (sums[from] ?? 0);
  const span = end - begin;
  const last = begin - 1;
  const [weight, first, second] = [over(w, begin, end), over(wi, begin, end), over(wii, begin, end)];
  const after = over(w, end, length);
  const sumS = (first - last * weight) / span + after;
  const ss = (second - 2 * last * first + last * last * weight) / (span * span) + after;
  const sy = (over(wiy, begin, end) - last * over(wy, begin, end)) / span + over(wy, end, length);
  const whole = w[length] ?? 0;
  // Readings are about their mean, so that Σ wy is 0.
  const sss = ss - (sumS * sumS) / whole;
  return sss > 0 ? yy - (sy * sy) / sss : yy;
}

/** Whole numbers from one to another, evenly spread where they are many. */
function spread(from: number, to: number): number[] {
  if (to < from) return [];
  const count = Math.min(TRIED, to - from + 1);
  return Array.from({ length: count }, (_, i) =>
    count === 1 ? from : Math.round(from + (i * (to - from)) / (count - 1)),
  );
}
