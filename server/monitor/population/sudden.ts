/** A size that is a fifth away from what it was some time earlier; indexes of periods. */
export interface Sudden {
  /** Where it was first so far away. */
  readonly detected: number;
  /** The period with the largest step on the way, and the stretch that was compared. */
  readonly at: number;
  readonly from: number;
}

const SUDDEN = 0.2;

export interface Spaced {
  /** What is compared lies so far apart, or further where nothing is known between. */
  readonly apart: number;
  /** Where each size lies, in ascending order: its day, week or place. */
  readonly at: ArrayLike<number>;
  /** What lies before one of these indexes is compared with nothing after it. */
  readonly anew: readonly number[];
}

/** The plain rule for sizes: |change| ≥ 20 % from the last size that is `apart` or more before, once a stretch of such length. */
export function suddenChanges(sizes: ArrayLike<number>, { apart, at, anew }: Spaced): Sudden[] {
  const found: Sudden[] = [];
  let last = Number.NEGATIVE_INFINITY;
  let before = -1;
  for (let t = 0; t < sizes.length; t++) {
    const now = at[t] ?? 0;
    while ((at[before + 1] ?? Infinity) <= now - apart) before += 1;
    if (before < 0 || anew.some((start) => before < start && start <= t)) continue;
    const was = sizes[before] ?? 0;
    const moved = Math.abs((sizes[t] ?? 0) - was);
    // A fifth is a fifth, whatever the last bit of a double says.
    if (moved === 0 || moved < SUDDEN * was * (1 - 1e-12)) continue;
    if (now - last > apart) found.push({ detected: t, at: largestStep(sizes, before, t), from: before + 1 });
    last = now;
  }
  return found;
}

function largestStep(sizes: ArrayLike<number>, from: number, to: number): number {
  const step = (i: number) => Math.abs((sizes[i] ?? 0) - (sizes[i - 1] ?? 0));
  let best = from + 1;
  for (let i = from + 2; i <= to; i++) if (step(i) > step(best)) best = i;
  return best;
}
