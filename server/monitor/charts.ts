/** Chances and events a period; arrays of one length. */
export interface Charted {
  readonly n: ArrayLike<number>;
  readonly x: ArrayLike<number>;
}

/** A control chart, for comparison with what the detector says: rates outside their limits are out of control. */
export interface Chart {
  /** p̄ of the baseline. */
  readonly centre: number;
  /** Laney's σ_z: how many times wider than a binomial's the limits are; 1 for a plain p-chart. */
  readonly spread: number;
  readonly limits: readonly { readonly low: number; readonly high: number }[];
  readonly out: readonly boolean[];
}

/** d₂ of two: what the mean range of two normal draws is, in standard deviations. */
const RANGE_OF_TWO = 2 / Math.sqrt(Math.PI);

/** Shewhart's p-chart over the first `baseline` periods: p̄ ± 3 √(p̄(1 − p̄)/n), kept between 0 and 1. Montgomery 2009, eq. 7.8. */
export function pChart(charted: Charted, baseline: number): Chart {
  return chart(charted, shareOf(charted, baseline), 1);
}

/** Laney 2002: p̄ ± 3 σ_z √(p̄(1 − p̄)/n), where σ_z is the mean moving range of the baseline's z over 1.128. */
export function laneyChart(charted: Charted, baseline: number): Chart {
  const centre = shareOf(charted, baseline);
  const z = (i: number) => {
    const n = charted.n[i] ?? 1;
    return ((charted.x[i] ?? 0) / n - centre) / Math.sqrt((centre * (1 - centre)) / n);
  };
  let ranges = 0;
  for (let i = 1; i < baseline; i++) ranges += Math.abs(z(i) - z(i - 1));
  return chart(charted, centre, ranges / (baseline - 1) / RANGE_OF_TWO);
}

function shareOf({ n, x }: Charted, baseline: number): number {
  let events = 0;
  let chances = 0;
  for (let i = 0; i < baseline; i++) {
    events += x[i] ?? 0;
    chances += n[i] ?? 0;
  }
  return events / chances;
}

function chart({ n, x }: Charted, centre: number, spread: number): Chart {
  const limits = Array.from(n, (size) => {
    const reach = 3 * spread * Math.sqrt((centre * (1 - centre)) / size);
    return { low: Math.max(0, centre - reach), high: Math.min(1, centre + reach) };
  });
  const out = limits.map(({ low, high }, i) => {
    const rate = (x[i] ?? 0) / (n[i] ?? 1);
    return rate < low || rate > high;
  });
  return { centre, spread, limits, out };
}
