import type { Readings } from "./readings.ts";
import { judgeSplits, type Splits } from "./splits.ts";
import type { Sums } from "./sums.ts";
import type { Tally } from "./tally.ts";

/** Judges splits of the periods from `from` on. */
export interface Stage {
  readonly from: number;
  readonly sums: Sums;
}

/** Two events make no rate. */
const FEWEST = 2;

/**
 * `judgeSplits` in indexes of the series, for the candidates with something to say: both sides of a split expect two events
 * (and non-events) or more at the rate of all its periods. With fewer, chance is too skewed for a squared deviation: one
 * unsubscribe after weeks of three sends a day would be far from a normal reading.
 */
export function judgeInformed(
  { from, sums }: Stage,
  { tally }: Readings,
  first: number,
  last: number,
  into: Splits | null = null,
): Splits {
  const [low, high] = tally === null ? [first, last] : informed(tally, from, first, last);
  const splits = judgeSplits(sums, low - from, last - from, into);
  return { ...splits, first: low, count: Math.max(0, high - low + 1) };
}

/** First and last candidate that both sides of speak. */
function informed({ events, chances }: Tally, from: number, first: number, last: number): [number, number] {
  const sent = (a: number, b: number) => (chances[b] ?? 0) - (chances[a] ?? 0);
  const rate = ((events[last + 1] ?? 0) - (events[from] ?? 0) + 0.5) / (sent(from, last + 1) + 1);
  const needed = FEWEST / Math.min(rate, 1 - rate);
  let low = first;
  while (low <= last && sent(from, low) < needed) low += 1;
  let high = last;
  while (high >= low && sent(high, last + 1) < needed) high -= 1;
  return [low, high];
}
