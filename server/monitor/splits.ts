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
  /** num/m: the step on the readings' scale, and its standard error. */
  readonly step: Float64Array;
  readonly error: Float64Array;
}

/**
 * Judges each candidate k from `first` to `last` ("changed from k on") against no change, on periods 0 to last of the sums.
 * ⟨a,b⟩ = Σ wab − Σ_d (Σ_d wa)(Σ_d wb)/(W_d + κ); m = ⟨s,s⟩ − ⟨1,s⟩²/⟨1,1⟩; num = ⟨s,y⟩ − ⟨1,s⟩⟨1,y⟩/⟨1,1⟩;
 * T² = ν(num²/m)/(RSS₀ − num²/m). A rate can't vary less than a binomial does, so the residual sum is bounded below.
 */
export function judgeSplits(sums: Sums, first: number, last: number, into: Splits | null = null): Splits {
  const count = Math.max(0, last - first + 1);
  const end = last + 1;
  const splits = sized(into, first, count, end - 2);
  const { w, wy, dayW, dayWy, inflation } = sums;
  const totals = dayTotals(sums, end);
  const { one, oneY, yy } = totals;
  const rss = Math.max(0, yy - (oneY * oneY) / one);
  const bound = Math.max((splits.nu * (sums.floor[end] ?? 0)) / end, rss * 1e-12);
  const row = end * WEEKDAYS;
  for (let index = 0; index < count; index++) {
    const k = first + index;
    let ss = (w[end] ?? 0) - (w[k] ?? 0);
    let oneS = ss;
    let sy = (wy[end] ?? 0) - (wy[k] ?? 0);
    const start = k * WEEKDAYS;
    for (const slot of totals.slots) {
      const after = (dayW[row + slot] ?? 0) - (dayW[start + slot] ?? 0);
      const shrunk = after * (totals.share[slot] ?? 0);
      ss -= after * shrunk;
      oneS -= shrunk * (dayW[row + slot] ?? 0);
      sy -= shrunk * (dayWy[row + slot] ?? 0);
    }
    const m = ss - (oneS * oneS) / one;
    const num = sy - (oneS * oneY) / one;
    const explained = m > 0 ? Math.min(rss, (num * num) / m) : 0;
    const residual = Math.max(rss - explained, bound);
    splits.t2[index] = residual > 0 ? (splits.nu * explained) / residual / inflation : 0;
    splits.m[index] = Math.max(0, m) / inflation;
    splits.step[index] = m > 0 ? num / m : 0;
    splits.error[index] = m > 0 ? Math.sqrt(((residual / splits.nu) * inflation) / m) : Infinity;
  }
  return splits;
}

/** ⟨1,1⟩, ⟨1,y⟩, ⟨y,y⟩ and 1/(W_d + κ) over the periods before `end`. */
function dayTotals(sums: Sums, end: number) {
  let one = sums.w[end] ?? 0;
  let oneY = sums.wy[end] ?? 0;
  let yy = sums.wyy[end] ?? 0;
  const share = new Float64Array(WEEKDAYS);
  const slots: number[] = [];
  for (let slot = 0; slot < WEEKDAYS; slot++) {
    const kappa = sums.kappa[slot] ?? Infinity;
    const weight = sums.dayW[end * WEEKDAYS + slot] ?? 0;
    if (kappa === Infinity || weight === 0) continue;
    const value = sums.dayWy[end * WEEKDAYS + slot] ?? 0;
    slots.push(slot);
    share[slot] = 1 / (weight + kappa);
    one -= (weight * weight) / (weight + kappa);
    oneY -= (weight * value) / (weight + kappa);
    yy -= (value * value) / (weight + kappa);
  }
  return { one, oneY, yy, share, slots };
}

/** Room for the answer: the arrays of an earlier call where they are long enough. */
function sized(into: Splits | null, first: number, count: number, nu: number): Splits {
  if (into !== null && into.t2.length >= count) {
    return { first, count, nu, t2: into.t2, m: into.m, step: into.step, error: into.error };
  }
  const room = Math.max(64, 2 * count);
  return {
    first,
    count,
    nu,
    t2: new Float64Array(room),
    m: new Float64Array(room),
    step: new Float64Array(room),
    error: new Float64Array(room),
  };
}
