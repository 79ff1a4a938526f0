import { LARGEST, NARROW, SHARE, WIDE } from "./evidence.ts";
import { informed, type Stage } from "./informed.ts";
import type { Readings } from "./readings.ts";
import type { Sums } from "./sums.ts";
import { WEEKDAYS } from "./weekday.ts";

/** Which candidates are judged: all, or of older ones ever fewer, each standing for an eighth of its age. */
export type Grid = "full" | "thinned";

/** Periods to judge, from `from` up to before `until`, by candidates from `first` on; indexes of the series. */
export interface Span {
  readonly first: number;
  readonly from: number;
  readonly until: number;
  /** The first period with as much evidence is the last that is judged. */
  readonly stop: number;
  readonly grid: Grid;
}

/** Judges splits, with what is known of how many events they are of. */
export interface Staged {
  readonly stage: Stage;
  readonly readings: Pick<Readings, "tally">;
}

/** Puts the evidence of periods into an array by them; gives the period that reached `stop`, `until` where none did. */
export type EDetector = (staged: Staged, span: Span, into: Float64Array) => number;

/**
 * The e-detector M_t = Σ_k L_k of Shiryaev and Roberts (Shin, Ramdas, Rinaldo 2024), the L_k being `bayesFactor` of
 * `judgeSplits`, which say what is computed; here T²/ν is never taken out, so that a candidate costs four divisions less.
 * The twin of the kernel: the same sums in the same order, so that both give the same bytes.
 */
export const plainDetector: EDetector = ({ stage, readings }, span, into) => {
  const { sums, from: start } = stage;
  const work = roomFor(span.until - start);
  for (let i = 0; i < span.from - start; i++) addDay(sums, i, work);
  for (let t = span.from; t < span.until; t++) {
    addDay(sums, t - start, work);
    const [low, high] = informed(readings.tally, start, { first: span.first, last: t, end: t });
    const end = t - start + 1;
    const count = choose(low - start, high - start, { grid: span.grid, end: end - 1 }, work);
    const total = totals(sums, end, work);
    scan(sums, { count, end }, work);
    const sum = weigh(sums, { count, end, total }, work);
    into[t] = sum;
    if (sum >= span.stop) return t;
  }
  return span.until;
};

/** What is worked with, each array written before it is read. */
interface Work {
  readonly at: Int32Array;
  readonly stands: Float64Array;
  readonly ss: Float64Array;
  readonly oneS: Float64Array;
  readonly sy: Float64Array;
  readonly dayW: Float64Array;
  readonly dayWy: Float64Array;
  readonly share: Float64Array;
  readonly shareW: Float64Array;
  readonly shareWy: Float64Array;
  readonly after: Float64Array;
}

function roomFor(periods: number): Work {
  const row = () => new Float64Array(periods);
  const day = () => new Float64Array(WEEKDAYS);
  return {
    ...{ at: new Int32Array(periods), stands: row(), ss: row(), oneS: row(), sy: row() },
    ...{ dayW: day(), dayWy: day(), share: day(), shareW: day(), shareWy: day(), after: day() },
  };
}

function addDay({ w, wy, slot }: Sums, i: number, { dayW, dayWy }: Work): void {
  const day = slot[i] ?? 0;
  dayW[day] = (dayW[day] ?? 0) + ((w[i + 1] ?? 0) - (w[i] ?? 0));
  dayWy[day] = (dayWy[day] ?? 0) + ((wy[i + 1] ?? 0) - (wy[i] ?? 0));
}

/** The candidates in order, each block of a thinned grid by its middle: evidence changes little among those long past. */
function choose(
  first: number,
  last: number,
  { grid, end }: { readonly grid: Grid; readonly end: number },
  { at, stands }: Work,
): number {
  let count = 0;
  for (let k = first; k <= last; ) {
    const most = grid === "full" ? 1 : Math.max(1, (end - k) >> 3);
    const size = Math.min(most, last - k + 1);
    at[count] = k + (size >> 1);
    stands[count] = size;
    count += 1;
    k += size;
  }
  return count;
}

interface Total {
  readonly one: number;
  readonly oneY: number;
  readonly yy: number;
}

/** ⟨1,1⟩, ⟨1,y⟩ and ⟨y,y⟩ over the periods before `end`. */
function totals({ w, wy, wyy, kappa }: Sums, end: number, work: Work): Total {
  let one = w[end] ?? 0;
  let oneY = wy[end] ?? 0;
  let yy = wyy[end] ?? 0;
  for (let day = 0; day < WEEKDAYS; day++) {
    const weight = work.dayW[day] ?? 0;
    const value = work.dayWy[day] ?? 0;
    // κ = ∞ leaves nothing.
    const own = weight > 0 ? 1 / (weight + (kappa[day] ?? Infinity)) : 0;
    work.share[day] = own;
    work.shareW[day] = own * weight;
    work.shareWy[day] = own * value;
    one -= weight * weight * own;
    oneY -= weight * value * own;
    yy -= value * value * own;
  }
  return { one, oneY, yy };
}

/** ⟨s,s⟩, ⟨1,s⟩ and ⟨s,y⟩ of each candidate, going back from the end day by day. */
function scan(
  { w, wy, slot }: Sums,
  { count, end }: { readonly count: number; readonly end: number },
  work: Work,
): void {
  const { at, ss, oneS, sy, share, shareW, shareWy, after } = work;
  const endW = w[end] ?? 0;
  const endWy = wy[end] ?? 0;
  after.fill(0);
  let k = end;
  let later = endW;
  let squares = 0;
  let ones = 0;
  let values = 0;
  for (let index = count - 1; index >= 0; index--) {
    const to = at[index] ?? 0;
    while (k > to) {
      k -= 1;
      const day = slot[k] ?? 0;
      const before = w[k] ?? 0;
      const weight = later - before;
      later = before;
      const known = after[day] ?? 0;
      after[day] = known + weight;
      squares += weight * (weight + 2 * known) * (share[day] ?? 0);
      ones += weight * (shareW[day] ?? 0);
      values += weight * (shareWy[day] ?? 0);
    }
    const whole = endW - later;
    ss[index] = whole - squares;
    oneS[index] = whole - ones;
    sy[index] = endWy - (wy[k] ?? 0) - values;
  }
}

/** Σ L over the candidates, those at even and at odd places summed apart. */
function weigh(
  { floor, inflation }: Sums,
  { count, end, total: { one, oneY, yy } }: { readonly count: number; readonly end: number; readonly total: Total },
  { stands, ss, oneS, sy }: Work,
): number {
  const nu = end - 2;
  const rss = Math.max(0, yy - (oneY * oneY) / one);
  const bound = Math.max((nu * (floor[end] ?? 0)) / end, rss * 1e-12, 1e-300);
  const effective = Math.max(1, end - 2 * inflation);
  const factor = effective / (inflation * nu);
  const perOne = 1 / one;
  const narrowBy = NARROW / inflation;
  const wideBy = WIDE / inflation;
  let even = 0;
  let odd = 0;
  for (let index = 0; index < count; index++) {
    const ones = oneS[index] ?? 0;
    const share = ones * perOne;
    const m = Math.max(0, (ss[index] ?? 0) - ones * share);
    const num = (sy[index] ?? 0) - share * oneY;
    const explained = Math.min(rss, m > 0 ? (num * num) / m : 0);
    const residual = Math.max(rss - explained, bound);
    const gained = factor * explained;
    const total = residual + gained;
    const narrow = 1 + narrowBy * m;
    const wide = 1 + wideBy * m;
    // Both powers by squaring, side by side: a fraction of the time of exp and log, and this is where all the time goes.
    let a = (total * narrow) / (narrow * residual + gained);
    let b = (total * wide) / (wide * residual + gained);
    let byNarrow = nu & 1 ? 1 : Math.sqrt(a);
    let byWide = nu & 1 ? 1 : Math.sqrt(b);
    for (let rest = (nu + 1) >> 1; rest > 0; rest >>= 1) {
      if (rest & 1) {
        byNarrow *= a;
        byWide *= b;
      }
      a *= a;
      b *= b;
    }
    const rootNarrow = Math.sqrt(narrow);
    const rootWide = Math.sqrt(wide);
    const first = SHARE * Math.min(LARGEST, byNarrow) * rootWide;
    const second = (1 - SHARE) * Math.min(LARGEST, byWide) * rootNarrow;
    const weighed = (stands[index] ?? 0) * ((first + second) / (rootNarrow * rootWide));
    if (index & 1) odd += weighed;
    else even += weighed;
  }
  return even + odd;
}
