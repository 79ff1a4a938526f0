import { optimalAssignment } from "./optimal-assignment.ts";

/** Earlier clusters (rows) beside later ones (columns), all by their places in their lists. */
export interface Compared {
  /** People who were in the one and are in the other; null where it is not known who was in the earlier ones. */
  readonly common: readonly (readonly number[])[] | null;
  /** Distances between centres in any one unit; NaN where they can't be compared. */
  readonly gaps: readonly (readonly number[])[];
}

/** Less than this share of an earlier cluster's people makes no heir of it. */
export const PART = 0.2;

/**
 * The earlier cluster that each later one continues, −1 for none. First by people: the pairing by which the most keep their
 * cluster, of which pairs count that hold at least a fifth of those of the earlier cluster who are still there. Then by
 * centre, of those that are left and have nobody in common: each must be the other's nearest of all, the smaller number
 * first among equals.
 */
export function matchClusters({ common, gaps }: Compared, later: number): Int32Array {
  const heirOf = new Int32Array(later).fill(-1);
  const isTaken = new Set<number>();
  const pair = (before: number, now: number) => {
    heirOf[now] = before;
    isTaken.add(before);
  };
  if (common !== null) {
    optimalAssignment(common).forEach((now, before) => {
      const shared = common[before]?.[now] ?? 0;
      if (now >= 0 && shared > 0 && shared >= PART * sum(common[before] ?? [])) pair(before, now);
    });
  }
  gaps.forEach((row, before) => {
    const now = nearest(row);
    const isMutual = now >= 0 && nearest(gaps.map((one) => one[now] ?? Number.NaN)) === before;
    const isFree = !isTaken.has(before) && heirOf[now] === -1;
    if (isMutual && isFree && (common?.[before]?.[now] ?? 0) === 0) pair(before, now);
  });
  return heirOf;
}

/**
 * Numbers of the later clusters: those that continue an earlier one have its number, the others, in their order, the
 * smallest that neither an earlier cluster has nor anything else that is `taken`.
 */
export function followedNumbers(heirOf: Int32Array, earlier: readonly number[], taken: readonly number[]): number[] {
  const used = new Set([...earlier, ...taken]);
  let next = 1;
  return Array.from(heirOf, (before) => {
    const kept = earlier[before];
    if (kept !== undefined) return kept;
    while (used.has(next)) next += 1;
    used.add(next);
    return next;
  });
}

/** The place of the least; −1 where there is none. */
function nearest(gaps: readonly number[]): number {
  let best = -1;
  gaps.forEach((gap, place) => {
    if (!Number.isNaN(gap) && (best < 0 || gap < (gaps[best] as number))) best = place;
  });
  return best;
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
