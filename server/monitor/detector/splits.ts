import type { Sums } from "./sums.ts";
import { WEEKDAYS } from "./weekday.ts";

/** Splits of the periods up to one of them. */
export interface Splits {
  readonly count: number;
  /** Each of `count`: the first changed period. */
  readonly at: Int32Array;
  /** Degrees of freedom, t − 2. */
  readonly nu: number;
  /** T², and m, the weight of the split; both over the inflation. */
  readonly t2: Float64Array;
  readonly m: Float64Array;
  /** num/m: the step on the readings' scale, and the variance of that; 0 where m is. */
  readonly step: Float64Array;
  readonly variance: Float64Array;
}

/** The candidates from `first` to `last`, seen from period `end`. */
export interface Candidates {
  readonly first: number;
  readonly last: number;
  readonly end: number;
}

/**
 * Judges candidates k ("changed from k on") against no change, on periods 0 to `end` of the sums: the t of a step beside a
 * level and ridged weekdays, by partialling those out (Frisch and Waugh 1933; Hoerl and Kennard 1970).
 * ⟨a,b⟩ = Σ wab − Σ_d (Σ_d wa)(Σ_d wb)/(W_d + κ); m = ⟨s,s⟩ − ⟨1,s⟩²/⟨1,1⟩; num = ⟨s,y⟩ − ⟨1,s⟩⟨1,y⟩/⟨1,1⟩;
 * T² = ν(num²/m)/(RSS₀ − num²/m). A rate can't vary less than a binomial does, so the residual sum is bounded below.
 */
export function judgeSplits(sums: Sums, candidates: Candidates): Splits {
  const end = candidates.end + 1;
  const nu = end - 2;
  const count = Math.max(0, candidates.last - candidates.first + 1);
  const row = () => new Float64Array(count);
  const splits = { count, nu, at: new Int32Array(count), t2: row(), m: row(), step: row(), variance: row() };
  const { w, wy, inflation } = sums;
  const { one, oneY, yy, share, shareW, shareWy } = dayTotals(sums, end);
  const after = new Float64Array(WEEKDAYS);
  const rss = Math.max(0, yy - (oneY * oneY) / one);
  const bound = Math.max((nu * (sums.floor[end] ?? 0)) / end, rss * 1e-12);
  const free = 1 / inflation;
  // Each level that is fitted to correlated periods takes out as much as `inflation` free ones.
  const effective = Math.max(1, end - 2 * inflation);
  const spare = inflation / effective;
  let squares = 0;
  let ones = 0;
  let values = 0;
  for (let k = end - 1; k >= candidates.first; k--) {
    const slot = sums.slot[k] ?? 0;
    const weight = (w[k + 1] ?? 0) - (w[k] ?? 0);
    const before = after[slot] ?? 0;
    after[slot] = before + weight;
    squares += weight * (weight + 2 * before) * (share[slot] ?? 0);
    ones += weight * (shareW[slot] ?? 0);
    values += weight * (shareWy[slot] ?? 0);
    if (k > candidates.last) continue;
    const index = k - candidates.first;
    splits.at[index] = k;
    const whole = (w[end] ?? 0) - (w[k] ?? 0);
    const ss = whole - squares;
    const oneS = whole - ones;
    const sy = (wy[end] ?? 0) - (wy[k] ?? 0) - values;
    const m = Math.max(0, ss - (oneS * oneS) / one);
    const num = sy - (oneS * oneY) / one;
    const per = m > 0 ? 1 / m : 0;
    const explained = Math.min(rss, num * num * per);
    const residual = Math.max(rss - explained, bound);
    splits.t2[index] = residual > 0 ? (effective * explained) / (residual * inflation) : 0;
    splits.m[index] = m * free;
    splits.step[index] = num * per;
    splits.variance[index] = residual * spare * per;
  }
  return splits;
}

/** ⟨1,1⟩, ⟨1,y⟩ and ⟨y,y⟩ over the periods before `end`, and of each weekday 1/(W + κ), that times W and times Σ wy. */
function dayTotals(sums: Sums, end: number) {
  const [w, wy] = [new Float64Array(WEEKDAYS), new Float64Array(WEEKDAYS)];
  for (let i = 0; i < end; i++) {
    const slot = sums.slot[i] ?? 0;
    w[slot] = (w[slot] ?? 0) + ((sums.w[i + 1] ?? 0) - (sums.w[i] ?? 0));
    wy[slot] = (wy[slot] ?? 0) + ((sums.wy[i + 1] ?? 0) - (sums.wy[i] ?? 0));
  }
  let one = sums.w[end] ?? 0;
  let oneY = sums.wy[end] ?? 0;
  let yy = sums.wyy[end] ?? 0;
  const [share, shareW, shareWy] = [new Float64Array(WEEKDAYS), new Float64Array(WEEKDAYS), new Float64Array(WEEKDAYS)];
  for (let slot = 0; slot < WEEKDAYS; slot++) {
    const kappa = sums.kappa[slot] ?? Infinity;
    const weight = w[slot] ?? 0;
    if (kappa === Infinity || weight === 0) continue;
    const value = wy[slot] ?? 0;
    const part = 1 / (weight + kappa);
    share[slot] = part;
    shareW[slot] = part * weight;
    shareWy[slot] = part * value;
    one -= weight * weight * part;
    oneY -= weight * value * part;
    yy -= value * value * part;
  }
  return { one, oneY, yy, share, shareW, shareWy };
}
