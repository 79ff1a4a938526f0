import type { Readings } from "./readings.ts";
import { type Candidates, judgeSplits, type Splits } from "./splits.ts";
import type { Sums } from "./sums.ts";
import type { Tally } from "./tally.ts";

/** Judges splits of the periods from `from` on. */
export interface Stage {
  readonly from: number;
  readonly sums: Sums;
}

/** Both sides of a split expect so many events, and non-events, or more. */
export const FEWEST = 2;

/**
 * `judgeSplits` in indexes of the series, for the candidates with something to say: both sides of a split expect two events
 * (and non-events) or more at the rate of all its periods. With fewer, chance is too skewed for a squared deviation: one
 * unsubscribe after weeks of three sends a day would be far from a normal reading.
 */
export function judgeInformed(stage: Stage, { tally }: Pick<Readings, "tally">, candidates: Candidates): Splits {
  const { end } = candidates;
  const [low, high] = informed(tally, stage.from, candidates);
  const { from } = stage;
  const splits = judgeSplits(stage.sums, { first: low - from, last: high - from, end: end - from });
  if (from > 0) for (let i = 0; i < splits.count; i++) splits.at[i] = (splits.at[i] ?? 0) + from;
  return splits;
}

/** First and last candidate that both sides of speak; all of them where nothing is counted. */
export function informed(tally: Tally | null, from: number, { first, last, end }: Candidates): [number, number] {
  if (tally === null) return [first, last];
  const { events, chances } = tally;
  const after = end + 1;
  const before = chances[from] ?? 0;
  const all = chances[after] ?? 0;
  const rate = ((events[after] ?? 0) - (events[from] ?? 0) + 0.5) / (all - before + 1);
  const needed = FEWEST / Math.min(rate, 1 - rate);
  let low = first;
  while (low <= last && (chances[low] ?? 0) - before < needed) low += 1;
  let high = last;
  while (high >= low && all - (chances[high] ?? 0) < needed) high -= 1;
  return [low, high];
}
