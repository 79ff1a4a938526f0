import { longer } from "./longer.ts";

/** Running sums of what rates are made of: events and chances before period i, each of length + 1. */
export interface Tally {
  readonly events: Float64Array;
  readonly chances: Float64Array;
}

/** Sums up a series of rates, arrays of one length; on from the sums of its first periods, if they are given. */
export function tallyOf(n: ArrayLike<number>, x: ArrayLike<number>, before?: Tally): Tally {
  const events = longer(before?.events, n.length + 1);
  const chances = longer(before?.chances, n.length + 1);
  for (let i = (before?.events.length ?? 1) - 1; i < n.length; i++) {
    events[i + 1] = (events[i] ?? 0) + (x[i] ?? 0);
    chances[i + 1] = (chances[i] ?? 0) + (n[i] ?? 0);
  }
  return { events, chances };
}
