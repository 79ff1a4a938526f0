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
  readonly slot: ArrayLike<number>;
}

export function runningSums({ y, w, floor, slot }: Stretch, kappa: Float64Array, inflation: number): Sums {
  const length = y.length;
  const sums = {
    w: new Float64Array(length + 1),
    wy: new Float64Array(length + 1),
    wyy: new Float64Array(length + 1),
    floor: new Float64Array(length + 1),
  };
  for (let i = 0; i < length; i++) {
    const weight = w[i] ?? 0;
    const value = y[i] ?? 0;
    sums.w[i + 1] = (sums.w[i] ?? 0) + weight;
    sums.wy[i + 1] = (sums.wy[i] ?? 0) + weight * value;
    sums.wyy[i + 1] = (sums.wyy[i] ?? 0) + weight * value * value;
    sums.floor[i + 1] = (sums.floor[i] ?? 0) + (floor[i] ?? 0);
  }
  return { length, ...sums, slot, kappa, inflation };
}
