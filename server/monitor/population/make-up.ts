import { stability } from "./stability-index.ts";

/** How many of a segment's people are in each bin of a feature; the bins are those of the reference. */
export interface Binned {
  readonly segment: string;
  readonly feature: string;
  readonly period: string;
  readonly counts: readonly number[];
}

export interface MakeUp {
  readonly segment: string;
  readonly period: string;
  readonly feature: string;
  readonly psi: number;
  /** What it takes to be more than chance. */
  readonly threshold: number;
  readonly n_reference: number;
  readonly n: number;
  readonly flag: "shifted" | null;
}

/** Of the features of a segment, one is flagged by chance in this share of periods at most. */
const BY_CHANCE = 0.01;

/**
 * Each segment's features beside those of its first period, which is the reference and stays so. The level is shared between
 * the features of a segment (Bonferroni). Nothing is said of a segment that nobody was in at first, or is in.
 */
export function makeUp(binned: readonly Binned[]): MakeUp[] {
  const series = new Map<string, Binned[]>();
  for (const one of binned) {
    const key = JSON.stringify([one.segment, one.feature]);
    series.set(key, [...(series.get(key) ?? []), one]);
  }
  const features = new Map<string, number>();
  for (const [first] of series.values()) {
    if (first !== undefined) features.set(first.segment, (features.get(first.segment) ?? 0) + 1);
  }
  return [...series.values()].flatMap((own) => {
    const [reference, ...later] = own
      .filter(({ counts }) => total(counts) > 0)
      .sort((a, b) => (a.period < b.period ? -1 : 1));
    if (reference === undefined) return [];
    const level = 1 - BY_CHANCE / (features.get(reference.segment) ?? 1);
    const n = total(reference.counts);
    const { segment, feature, period } = reference;
    const { limit } = stability(reference.counts, reference.counts, level);
    const first: MakeUp = { segment, period, feature, psi: 0, threshold: limit, n_reference: n, n, flag: null };
    return [
      first,
      ...later.map((one): MakeUp => {
        const { psi, limit: threshold, shifted } = stability(reference.counts, one.counts, level);
        const flag = shifted === "shifted" ? shifted : null;
        return { segment, period: one.period, feature, psi, threshold, n_reference: n, n: total(one.counts), flag };
      }),
    ];
  });
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
