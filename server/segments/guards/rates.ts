/** A normal deviate that 95 % of all lie within, and one that 80 % lie below. */
const Z95 = 1.959963984540054;
const Z80 = 0.8416212335729143;

/** Openings of mails where the notebook has none of its own; sends a person in four weeks. */
export const USUAL = { rate: 0.2, sends: 4 };

/** A change of this share of a rate should show. */
export const CHANGE = 0.2;

/**
 * How far the rate seen in n trials may lie from the true one, as half the width of its 95 % interval. E. B. Wilson (1927),
 * J. Am. Stat. Assoc. 22, 209–212; n ≥ 1.
 */
export function marginOf(rate: number, n: number): number {
  const spread = Math.sqrt((rate * (1 - rate)) / n + Z95 ** 2 / (4 * n ** 2));
  return (Z95 * spread) / (1 + Z95 ** 2 / n);
}

/**
 * Trials in each of two samples for a rate's change by a share of it to be seen at 5 %, two-sided, in 80 of 100 cases; the
 * larger of what a rise and a fall need. Fleiss, Levin and Paik (2003), Statistical Methods for Rates and Proportions, 3rd
 * ed., eq. 4.14, without the correction for continuity. Rate between 0 and 1, both excluded.
 */
export function trialsToSee(rate: number, change: number = CHANGE): number {
  const others = [rate * (1 - change), rate * (1 + change)].filter((other) => other < 1);
  return Math.max(...others.map((other) => trialsBetween(rate, other)));
}

/** People whose sends of four weeks, beside those of the four weeks before, show a change. */
export function peopleToSee({ rate, sends }: { readonly rate: number; readonly sends: number }): number {
  return Math.ceil(trialsToSee(rate) / sends);
}

function trialsBetween(p: number, q: number): number {
  const mean = (p + q) / 2;
  const chance = Z95 * Math.sqrt(2 * mean * (1 - mean)) + Z80 * Math.sqrt(p * (1 - p) + q * (1 - q));
  return Math.ceil((chance / (p - q)) ** 2);
}
