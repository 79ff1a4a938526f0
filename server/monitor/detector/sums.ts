import { longer } from "./longer.ts";

/** Running sums of a stretch of a series, from which any split of it is judged without reading it again. */
export interface Sums {
  /** Periods in the stretch. */
  readonly length: number;
  /** Each of length + 1: Σ w, Σ wy, Σ wyy and Σ floor before period i. */
  readonly w: Float64Array;
  readonly wy: Float64Array;
  readonly wyy: Float64Array;
  readonly floor: Float64Array;
  /** Day of the week, a period. */
  readonly slot: ArrayLike<number>;
  /** Ridge a weekday; Infinity takes no weekday out. */
  readonly kappa: Float64Array;
  /** (1 + φ)/(1 − φ). */
  readonly inflation: number;
}

/** Arrays of one length. */
export interface Stretch {
  readonly y: ArrayLike<number>;
  readonly w: ArrayLike<number>;
  readonly floor: ArrayLike<number>;
  /** Of what came before too. */
  readonly slot: ArrayLike<number>;
}

/** On from the sums `before`, if they are given. */
export function runningSums(
  { y, w, floor, slot }: Stretch,
  kappa: Float64Array,
  inflation: number,
  before?: Sums,
): Sums {
  const known = before?.length ?? 0;
  const length = known + y.length;
  const sums = {
    w: longer(before?.w, length + 1),
    wy: longer(before?.wy, length + 1),
    wyy: longer(before?.wyy, length + 1),
    floor: longer(before?.floor, length + 1),
  };
  for (let i = known; i < length; i++) {
    const weight = w[i - known] ?? 0;
    const value = y[i - known] ?? 0;
    sums.w[i + 1] = (sums.w[i] ?? 0) + weight;
    sums.wy[i + 1] = (sums.wy[i] ?? 0) + weight * value;
    sums.wyy[i + 1] = (sums.wyy[i] ?? 0) + weight * value * value;
    sums.floor[i + 1] = (sums.floor[i] ?? 0) + (floor[i - known] ?? 0);
  }
  return { length, ...sums, slot, kappa, inflation };
}
