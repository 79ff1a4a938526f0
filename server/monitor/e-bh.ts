/** How a series stands today. */
export interface Standing {
  /** M of its latest judged period. */
  readonly evidence: number;
  /** Periods judged since the evidence began. */
  readonly elapsed: number;
}

/**
 * (M + H − elapsed)/H: M less the periods judged is a martingale where nothing changed (Shin, Ramdas, Rinaldo 2024), so this
 * has a mean of at most 1 whenever it is looked at in the first H periods. Beyond them it says nothing: 0.
 */
export function eValue({ evidence, elapsed }: Standing, horizon: number): number {
  return elapsed > horizon ? 0 : (evidence + horizon - elapsed) / horizon;
}

/**
 * e-BH (Wang, Ramdas 2022): the k series with the largest e-values, k as large as it can be with k·e₍ₖ₎ ≥ K/share; K is
 * how many there are. Of the series on such a list, at most `share` are expected to have not changed, whatever the
 * dependence between them. That holds for one list, at a moment that was not chosen by what the lists show, not for all
 * lists over time. Largest first.
 */
export function todaysList<One extends Standing>(
  all: readonly One[],
  { horizon, share }: { readonly horizon: number; readonly share: number },
): One[] {
  const sorted = all.map((one) => ({ one, e: eValue(one, horizon) })).sort((a, b) => b.e - a.e);
  const count = sorted.findLastIndex(({ e }, i) => (i + 1) * e >= all.length / share) + 1;
  return sorted.slice(0, count).map(({ one }) => one);
}

/** A cohort in its order, with M where it was judged. */
export interface Judged {
  readonly evidence: number | null;
  readonly mature: boolean;
}

/**
 * How a series stands by its cohorts, young ones aside; null while it is learning. Where evidence began anew without learning
 * first, the periods before count too, which only makes the e-value smaller.
 */
export function standingOf(cohorts: readonly Judged[]): Standing | null {
  const old = cohorts.filter(({ mature }) => mature);
  const evidence = old.at(-1)?.evidence ?? null;
  if (evidence === null) return null;
  return { evidence, elapsed: old.length - 1 - old.findLastIndex((one) => one.evidence === null) };
}
