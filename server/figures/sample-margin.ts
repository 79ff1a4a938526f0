/** A count of all, guessed from a sample, with the stretch in which it lies 95 times in 100. */
export interface Guess {
  readonly count: number;
  readonly low: number;
  readonly high: number;
}

/** Two-sided 95 % of the normal distribution. */
const Z = 1.959963984540054;

/**
 * How many of `all` have what `found` of `drawn` have, drawn without putting back. Wilson's interval (1927), with the
 * number drawn enlarged by the finite population correction (all − 1)/(all − drawn) (Cochran, Sampling Techniques, 1977,
 * 2.6). It holds at least those that were found and at most those that may be among the others.
 */
export function guessOf(found: number, { drawn, all }: { drawn: number; all: number }): Guess {
  if (drawn <= 0) return { count: 0, low: 0, high: all };
  if (drawn >= all) return { count: found, low: found, high: found };
  const share = found / drawn;
  const n = (drawn * (all - 1)) / (all - drawn);
  const middle = (share + (Z * Z) / (2 * n)) / (1 + (Z * Z) / n);
  const half = (Z / (1 + (Z * Z) / n)) * Math.sqrt((share * (1 - share)) / n + (Z * Z) / (4 * n * n));
  const low = Math.max(found, Math.floor((middle - half) * all));
  const high = Math.min(all - (drawn - found), Math.ceil((middle + half) * all));
  return { count: Math.round(share * all), low: Math.min(low, Math.round(share * all)), high };
}
