import type { Tally } from "./tally.ts";

/** A series on its scale, period by period; arrays of one length. */
export interface Readings {
  readonly y: Float64Array;
  /** Relative precision, mean 1 over the baseline. */
  readonly w: Float64Array;
  /** The least variance that y can have times w, as for a binomial; 0 where nothing bounds it. */
  readonly floor: Float64Array;
  /** What rates are made of; null for what is known and not drawn, as a size. */
  readonly tally: Tally | null;
  /** Day of the week from 0, or all 0 where periods are not days. */
  readonly slot: Uint8Array;
}

/** Σ wᵢ aᵢ / Σ wᵢ over the first `length`; 0 where there is no weight. */
export function weightedMean(a: ArrayLike<number>, w: ArrayLike<number>, length: number): number {
  let sum = 0;
  let weight = 0;
  for (let i = 0; i < length; i++) {
    sum += (w[i] ?? 0) * (a[i] ?? 0);
    weight += w[i] ?? 0;
  }
  return weight === 0 ? 0 : sum / weight;
}
