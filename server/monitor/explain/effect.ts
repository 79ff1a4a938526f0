import type { Scale } from "../detector/scale.ts";

/** How a rate stands after a change against what the same periods would have given before it. */
export interface Effect {
  readonly before: number;
  readonly after: number;
  /** after / before − 1 with its 95 % interval; null where nothing happened before. */
  readonly relative: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** Events a period more (or, below 0, fewer) than expected. */
  readonly extra: number;
  /** Standard error of the step on the metric's scale. */
  readonly error: number;
}

/** Arrays over the periods of one series; indexes `from` (level before), `at` (first changed) and `last` are inclusive. */
export interface Effected {
  readonly n: ArrayLike<number>;
  readonly x: ArrayLike<number>;
  /** Rate that the level before would give in each period, up to a factor: carries the weekdays. */
  readonly shape: (i: number) => number;
  readonly from: number;
  readonly at: number;
  readonly last: number;
  /** Standard error of the step on the metric's scale. */
  readonly error: number;
  readonly scale: Scale;
}

/**
 * Indirect standardisation (Breslow and Day 1987): the rate after is Σx/Σn, the rate before is what those same periods were expected to give, the
 * shape being fitted to the events before. So a change that is judged on three weekend days is compared with weekend days.
 */
export function effect({ n, x, shape, from, at, last, error, scale }: Effected): Effect {
  const before = total(n, x, shape, from, at - 1);
  const after = total(n, x, shape, at, last);
  const factor = before.shaped > 0 ? before.events / before.shaped : 0;
  const expected = factor * after.shaped;
  const rateBefore = expected / after.chances;
  const rateAfter = after.events / after.chances;
  const extra = (after.events - expected) / (last - at + 1);
  if (expected === 0) return { before: 0, after: rateAfter, relative: null, low: null, high: null, extra, error };
  const reach = 1.96 * error;
  const bound = (y: number) => scale.back(y) / rateBefore - 1;
  return {
    before: rateBefore,
    after: rateAfter,
    relative: rateAfter / rateBefore - 1,
    low: bound(scale.forward(rateAfter) - reach),
    high: bound(scale.forward(rateAfter) + reach),
    extra,
    error,
  };
}

function total(
  n: ArrayLike<number>,
  x: ArrayLike<number>,
  shape: (i: number) => number,
  from: number,
  to: number,
): { events: number; chances: number; shaped: number } {
  let events = 0;
  let chances = 0;
  let shaped = 0;
  for (let i = from; i <= to; i++) {
    events += x[i] ?? 0;
    chances += n[i] ?? 0;
    shaped += (n[i] ?? 0) * shape(i);
  }
  return { events, chances, shaped };
}
