import type { Sums } from "./sums.ts";
import { WEEKDAYS } from "./weekday.ts";

/** Every split of the periods up to one of them: index k − first for "changed from k on". */
export interface Splits {
  readonly first: number;
  readonly count: number;
  /** Degrees of freedom, t − 2. */
  readonly nu: number;
  /** T², and m, the weight of the split; both over the inflation. */
  readonly t2: Float64Array;
  readonly m: Float64Array;
  /** num/m: the step on the readings' scale, and the variance of that; 0 where m is. */
  readonly step: Float64Array;
  readonly variance: Float64Array;
}

/**
 * Judges each candidate k from `first` to `last` ("changed from k on") against no change, on periods 0 to last of the sums.
 * ⟨a,b⟩ = Σ wab − Σ_d (Σ_d wa)(Σ_d wb)/(W_d + κ); m = ⟨s,s⟩ − ⟨1,s⟩²/⟨1,1⟩; num = ⟨s,y⟩ − ⟨1,s⟩⟨1,y⟩/⟨1,1⟩;
 * T² = ν(num²/m)/(RSS₀ − num²/m). A rate can't vary less than a binomial does, so the residual sum is bounded below.
 */
export function judgeSplits(sums: Sums, first: number, last: number, into: Splits | null = null): Splits {
  const count = Math.max(0, last - first + 1);
  const end = last + 1;
  const nu = end - 2;
  const splits = sized(into, first, count, nu);
  const { w, wy, dayW, inflation } = sums;
  const { one, oneY, yy, slots, share, shareW, shareWy } = dayTotals(sums, end);
  const rss = Math.max(0, yy - (oneY * oneY) / one);
  const bound = Math.max((nu * (sums.floor[end] ?? 0)) / end, rss * 1e-12);
  const free = 1 / inflation;
  // Each level that is fitted to correlated periods takes out as much as `inflation` free ones.
  const effective = Math.max(1, end - 2 * inflation);
  const spare = inflation / effective;
  const row = end * WEEKDAYS;
  for (let index = 0; index < count; index++) {
    const k = first + index;
    let ss = (w[end] ?? 0) - (w[k] ?? 0);
    let oneS = ss;
    let sy = (wy[end] ?? 0) - (wy[k] ?? 0);
    const start = k * WEEKDAYS;
    for (let slot = 0; slot < slots; slot++) {
      const after = (dayW[row + slot] ?? 0) - (dayW[start + slot] ?? 0);
      ss -= after * after * (share[slot] ?? 0);
      oneS -= after * (shareW[slot] ?? 0);
      sy -= after * (shareWy[slot] ?? 0);
    }
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

/** ⟨1,1⟩, ⟨1,y⟩ and ⟨y,y⟩ over the periods before `end`; a weekday: 1/(W + κ), and that times W and times Σ wy. */
function dayTotals(sums: Sums, end: number) {
  let one = sums.w[end] ?? 0;
  let oneY = sums.wy[end] ?? 0;
  let yy = sums.wyy[end] ?? 0;
  let slots = 0;
  const share = new Float64Array(WEEKDAYS);
  const shareW = new Float64Array(WEEKDAYS);
  const shareWy = new Float64Array(WEEKDAYS);
  for (let slot = 0; slot < WEEKDAYS; slot++) {
    const kappa = sums.kappa[slot] ?? Infinity;
    const weight = sums.dayW[end * WEEKDAYS + slot] ?? 0;
    if (kappa === Infinity || weight === 0) continue;
    const value = sums.dayWy[end * WEEKDAYS + slot] ?? 0;
    const part = 1 / (weight + kappa);
    slots = WEEKDAYS;
    share[slot] = part;
    shareW[slot] = part * weight;
    shareWy[slot] = part * value;
    one -= weight * weight * part;
    oneY -= weight * value * part;
    yy -= value * value * part;
  }
  return { one, oneY, yy, slots, share, shareW, shareWy };
}

/** Room for the answer: the arrays of an earlier call where they are long enough. */
function sized(into: Splits | null, first: number, count: number, nu: number): Splits {
  if (into !== null && into.t2.length >= count) {
    return { first, count, nu, t2: into.t2, m: into.m, step: into.step, variance: into.variance };
  }
  const room = Math.max(64, 2 * count);
  return {
    first,
    count,
    nu,
    t2: new Float64Array(room),
    m: new Float64Array(room),
    step: new Float64Array(room),
    variance: new Float64Array(room),
  };
}
