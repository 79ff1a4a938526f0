/** How a series stands at a moment, by all evidence since its baseline: none of it starts anew where an alert was confirmed or faded. */
export interface Standing {
  /** M = Σ L over the candidates of a change. */
  readonly evidence: number;
  /** How many candidates there are: periods since the baseline. */
  readonly candidates: number;
}

/**
 * (M + H − elapsed)/H with H = elapsed: the mean of the candidates' L, each of which has a mean of at most 1 at a given moment
 * where nothing changed (Shin, Ramdas, Rinaldo 2024).
 */
export function eValue({ evidence, candidates }: Standing): number {
  return evidence / candidates;
}

/** Of a list, at most this share is expected to be false. */
export const FALSE_SHARE = 0.1;

/**
 * e-BH (Wang, Ramdas 2022): the k series with the largest e-values, k as large as it can be with k·e₍ₖ₎ ≥ K/share; K is
 * how many there are. Of the series on such a list, at most `share` are expected to have not changed, whatever the
 * dependence between them. That holds for one list, at a moment that was not chosen by what the lists show, not for all
 * lists over time. Largest first.
 */
export function todaysList<One extends { readonly eValue: number }>(all: readonly One[], share: number): One[] {
  const sorted = all.toSorted((a, b) => b.eValue - a.eValue);
  const count = sorted.findLastIndex((one, i) => (i + 1) * one.eValue >= all.length / share) + 1;
  return sorted.slice(0, count);
}
