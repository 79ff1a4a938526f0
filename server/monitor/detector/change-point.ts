import type { Splits } from "./splits.ts";

/** Indexes of periods: the likeliest first changed one, and the ends of the set that holds it about nine times in ten. */
export interface ChangePoint {
  readonly at: number;
  readonly from: number;
  readonly to: number;
  /** The step on the readings' scale, and its standard error. */
  readonly step: number;
  readonly error: number;
}

/** Twice the log-likelihood that a candidate may fall short and stay in the set. */
const REACH = 8;

/**
 * argmax T², and the set by the profile likelihood (Siegmund 1988): {k: ν ln[(1 + T²max/ν)/(1 + T²_k/ν)] ≤ 8}; null where there
 * is no candidate. Ties go to the earliest.
 */
export function changePoint({ count, nu, at, t2, step, variance }: Splits): ChangePoint | null {
  if (count === 0) return null;
  let best = 0;
  for (let i = 1; i < count; i++) if ((t2[i] ?? 0) > (t2[best] ?? 0)) best = i;
  const top = Math.log1p((t2[best] ?? 0) / nu);
  const inside = (i: number) => nu * (top - Math.log1p((t2[i] ?? 0) / nu)) <= REACH;
  let from = best;
  let to = best;
  for (let i = 0; i < count; i++) {
    if (!inside(i)) continue;
    from = Math.min(from, i);
    to = Math.max(to, i);
  }
  return {
    at: at[best] ?? 0,
    from: at[from] ?? 0,
    to: at[to] ?? 0,
    step: step[best] ?? 0,
    error: Math.sqrt(variance[best] ?? 0),
  };
}
