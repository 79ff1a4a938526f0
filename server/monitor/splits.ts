import type { Sums } from "./sums.ts";
import { WEEKDAYS } from "./weekday.ts";

/** Splits of the periods up to one of them. */
export interface Splits {
  readonly count: number;
  /** Each of `count` or more: the first changed period, and how many splits this one stands for. */
  readonly at: Int32Array;
  readonly stands: Uint16Array;
  /** Degrees of freedom, t − 2. */
  readonly nu: number;
  /** T², and m, the weight of the split; both over the inflation. */
  readonly t2: Float64Array;
  readonly m: Float64Array;
  /** num/m: the step on the readings' scale, and the variance of that; 0 where m is. */
  readonly step: Float64Array;
  readonly variance: Float64Array;
  readonly days: Days;
}

/** A weekday, while splits are judged: 1/(W + κ), that times W and times Σ wy, and Σ w after the split. */
interface Days {
  readonly share: Float64Array;
  readonly shareW: Float64Array;
  readonly shareWy: Float64Array;
  readonly after: Float64Array;
}

/** Which candidates are judged: all, or of older ones ever fewer, each standing for an eighth of its age. */
export type Grid = "full" | "thinned";

/** The candidates from `first` to `last`, seen from period `end`. */
export interface Candidates {
  readonly first: number;
  readonly last: number;
  readonly end: number;
  readonly grid: Grid;
}

/**
 * Judges candidates k ("changed from k on") against no change, on periods 0 to `end` of the sums.
 * ⟨a,b⟩ = Σ wab − Σ_d (Σ_d wa)(Σ_d wb)/(W_d + κ); m = ⟨s,s⟩ − ⟨1,s⟩²/⟨1,1⟩; num = ⟨s,y⟩ − ⟨1,s⟩⟨1,y⟩/⟨1,1⟩;
 * T² = ν(num²/m)/(RSS₀ − num²/m). A rate can't vary less than a binomial does, so the residual sum is bounded below.
 */
export function judgeSplits(sums: Sums, candidates: Candidates, into: Splits | null = null): Splits {
  const end = candidates.end + 1;
  const nu = end - 2;
  const splits = chosen(candidates, nu, into);
  const { w, wy, dayW, inflation } = sums;
  const { share, shareW, shareWy, after } = splits.days;
  const { one, oneY, yy, slots } = dayTotals(sums, end, splits.days);
  const rss = Math.max(0, yy - (oneY * oneY) / one);
  const bound = Math.max((nu * (sums.floor[end] ?? 0)) / end, rss * 1e-12);
  const free = 1 / inflation;
  // Each level that is fitted to correlated periods takes out as much as `inflation` free ones.
  const effective = Math.max(1, end - 2 * inflation);
  const spare = inflation / effective;
  after.fill(0);
  let k = end;
  let squares = 0;
  let ones = 0;
  let values = 0;
  for (let index = splits.count - 1; index >= 0; index--) {
    const to = splits.at[index] ?? 0;
    if (k - to > WEEKDAYS) {
      // A week or more is quicker taken from the sums than day by day.
      squares = 0;
      ones = 0;
      values = 0;
      for (let slot = 0; slot < slots; slot++) {
        const weight = (dayW[end * WEEKDAYS + slot] ?? 0) - (dayW[to * WEEKDAYS + slot] ?? 0);
        after[slot] = weight;
        squares += weight * weight * (share[slot] ?? 0);
        ones += weight * (shareW[slot] ?? 0);
        values += weight * (shareWy[slot] ?? 0);
      }
      k = to;
    }
    while (k > to) {
      k -= 1;
      const slot = sums.slot[k] ?? 0;
      const weight = (w[k + 1] ?? 0) - (w[k] ?? 0);
      const before = after[slot] ?? 0;
      after[slot] = before + weight;
      squares += weight * (weight + 2 * before) * (share[slot] ?? 0);
      ones += weight * (shareW[slot] ?? 0);
      values += weight * (shareWy[slot] ?? 0);
    }
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

/**
 * The candidates in order, each block of a thinned grid by its middle. Evidence changes little from one candidate to the
 * next where both are long past, so the sum over blocks is close to the sum over all.
 */
function chosen({ first, last, end, grid }: Candidates, nu: number, into: Splits | null): Splits {
  const room = sized(into, Math.max(0, last - first + 1));
  let count = 0;
  for (let k = first; k <= last; ) {
    const most = grid === "full" ? 1 : Math.max(1, (end - k) >> 3);
    const stands = Math.min(most, last - k + 1);
    room.at[count] = k + (stands >> 1);
    room.stands[count] = stands;
    count += 1;
    k += stands;
  }
  return { ...room, count, nu };
}

/** ⟨1,1⟩, ⟨1,y⟩ and ⟨y,y⟩ over the periods before `end`, and of each weekday into `days`. */
function dayTotals(sums: Sums, end: number, { share, shareW, shareWy }: Days) {
  let one = sums.w[end] ?? 0;
  let oneY = sums.wy[end] ?? 0;
  let yy = sums.wyy[end] ?? 0;
  let slots = 0;
  share.fill(0);
  shareW.fill(0);
  shareWy.fill(0);
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
  return { one, oneY, yy, slots };
}

/** Room for the answer: the arrays of an earlier call where they are long enough. */
function sized(into: Splits | null, count: number): Omit<Splits, "count" | "nu"> {
  if (into !== null && into.t2.length >= count) return into;
  const room = Math.max(64, 2 * count);
  return {
    at: new Int32Array(room),
    stands: new Uint16Array(room),
    t2: new Float64Array(room),
    m: new Float64Array(room),
    step: new Float64Array(room),
    variance: new Float64Array(room),
    days: {
      share: new Float64Array(WEEKDAYS),
      shareW: new Float64Array(WEEKDAYS),
      shareWy: new Float64Array(WEEKDAYS),
      after: new Float64Array(WEEKDAYS),
    },
  };
}
