import { wilson } from "../score/wilson.ts";

/** x of n, twice: of the mailed and of the held out. */
export interface Groups {
  readonly mailed: number;
  readonly mailedConversions: number;
  readonly heldOut: number;
  readonly heldOutConversions: number;
}

export interface Difference {
  readonly difference: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Difference of two independent shares, mailed less held out, with its 95 % interval: the hybrid score interval of
 * R. G. Newcombe, Statistics in Medicine 17 (1998) 873–890, method 10. Null where a group is empty.
 */
export function newcombe({ mailed, mailedConversions, heldOut, heldOutConversions }: Groups): Difference | null {
  const a = wilson(mailedConversions, mailed);
  const b = wilson(heldOutConversions, heldOut);
  if (a === null || b === null) return null;
  const [p, q] = [mailedConversions / mailed, heldOutConversions / heldOut];
  const difference = p - q;
  return {
    difference,
    low: difference - Math.hypot(p - a.low, b.high - q),
    high: difference + Math.hypot(a.high - p, q - b.low),
  };
}

/**
 * How many times as long it must go on, at the same shares, until the interval leaves 0 out: 1 where it does so already,
 * and null where it would not even within `most` times. What is observed grows with time.
 */
export function timesUntilKnown(groups: Groups, most: number): number | null {
  const isKnown = (times: number) => {
    const { mailed, mailedConversions, heldOut, heldOutConversions } = groups;
    const found = newcombe({
      mailed: mailed * times,
      mailedConversions: mailedConversions * times,
      heldOut: heldOut * times,
      heldOutConversions: heldOutConversions * times,
    });
    return found !== null && (found.low > 0 || found.high < 0);
  };
  if (isKnown(1)) return 1;
  if (!isKnown(most)) return null;
  // The interval narrows with time, so that there is one moment from which on it leaves 0 out.
  let [not, known] = [1, most];
  while (known - not > 1e-6 * known) {
    const middle = (not + known) / 2;
    if (isKnown(middle)) known = middle;
    else not = middle;
  }
  return known;
}
