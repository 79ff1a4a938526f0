/** A size that is a fifth away from what it was `apart` periods earlier; indexes of periods. */
export interface Sudden {
  /** Where it was first so far away. */
  readonly detected: number;
  /** The period with the largest step on the way, and the stretch that was compared. */
  readonly at: number;
  readonly from: number;
}

const SUDDEN = 0.2;

/**
 * The plain rule for sizes: |change over `apart` periods| ≥ 20 %, once a stretch of such periods. What lies before an index of
 * `anew` is compared with nothing after it.
 */
export function suddenChanges(sizes: ArrayLike<number>, apart: number, anew: readonly number[] = []): Sudden[] {
  const found: Sudden[] = [];
  let last = Number.NEGATIVE_INFINITY;
  for (let t = apart; t < sizes.length; t++) {
    if (anew.some((start) => t - apart < start && start <= t)) continue;
    const before = sizes[t - apart] ?? 0;
    const moved = Math.abs((sizes[t] ?? 0) - before);
    // A fifth is a fifth, whatever the last bit of a double says.
    if (moved === 0 || moved < SUDDEN * before * (1 - 1e-12)) continue;
    if (t - last > apart) found.push({ detected: t, at: largestStep(sizes, t - apart, t), from: t - apart + 1 });
    last = t;
  }
  return found;
}

function largestStep(sizes: ArrayLike<number>, from: number, to: number): number {
  const step = (i: number) => Math.abs((sizes[i] ?? 0) - (sizes[i - 1] ?? 0));
  let best = from + 1;
  for (let i = from + 2; i <= to; i++) if (step(i) > step(best)) best = i;
  return best;
}
