import { inUnitsOf, type KeptCluster, type KeptClusters } from "./kept-clusters.ts";
import { normalQuantile } from "./normal-quantile.ts";

/** What became of one cluster since the clustering before. Missing figures are NaN. */
export interface ClusterDrift {
  readonly number: number;
  readonly name: string;
  readonly sizeBefore: number;
  readonly size: number;
  /** How many of those who were in it are still in a cluster, and how many of them in another one. */
  readonly there: number;
  readonly changed: number;
  /** The column in which its centre moved furthest by its noise; null where none can be compared. */
  readonly column: string | null;
  /** That column's movement in standard errors, and in the cluster's own standard deviations. */
  readonly standardErrors: number;
  readonly deviations: number;
  readonly isBeyondNoise: boolean;
}

export interface ClusteringDrift {
  /** Of the people who were in a cluster and still are in one, the share in another one now; NaN where there are none. */
  readonly changed: number;
  /** Clusters that are there at both times, in the order of their numbers. */
  readonly clusters: readonly ClusterDrift[];
}

/** Chance at most of calling any movement of a clustering more than noise where there is none. */
const CHANCE = 0.001;

/**
 * How a clustering differs from one before whose numbers it follows. `common` counts people by their place in the lists of
 * earlier (rows) and later clusters; null where it is not known. A centre's movement in a column is held against its
 * standard error, z = (m₁ − m₀) / √(s₀²/n₀ + s₁²/n₁) (Welch 1947), both in the scaled units of the earlier one; beyond
 * noise is |z| above the normal quantile of 0.001, two-sided, shared among all columns of all clusters (Bonferroni).
 * The same people at both times make the true noise smaller, a border that moved makes it larger.
 */
export function clusteringDrift(
  earlier: KeptClusters,
  later: KeptClusters,
  common: readonly (readonly number[])[] | null,
): ClusteringDrift {
  const moved = inUnitsOf(earlier, later);
  const both = earlier.clusters.flatMap((before, row) => {
    const column = moved.findIndex(({ number }) => number === before.number);
    const now = moved[column];
    return now === undefined ? [] : [{ before, now, row, column }];
  });
  const tests = both.length * earlier.columns.length;
  const border = -normalQuantile(CHANCE / 2 / Math.max(1, tests));
  const clusters = both.map(({ before, now, row, column }): ClusterDrift => {
    const there = common?.[row] ?? [];
    const still = there.reduce((sum, count) => sum + count, 0);
    const furthest = furthestColumn(before, now);
    return {
      ...{ number: now.number, name: now.name, sizeBefore: before.size, size: now.size },
      there: common === null ? Number.NaN : still,
      changed: common === null ? Number.NaN : still - (there[column] ?? 0),
      column: furthest === null ? null : (earlier.columns[furthest.position]?.name ?? null),
      standardErrors: furthest?.z ?? Number.NaN,
      deviations: furthest?.deviations ?? Number.NaN,
      isBeyondNoise: furthest !== null && Math.abs(furthest.z) > border,
    };
  });
  return { changed: changedOf(both, common), clusters: clusters.sort((a, b) => a.number - b.number) };
}

function changedOf(
  both: readonly { readonly row: number; readonly column: number }[],
  common: readonly (readonly number[])[] | null,
): number {
  const still = (common ?? []).flat().reduce((sum, count) => sum + count, 0);
  const stayed = both.reduce((sum, { row, column }) => sum + (common?.[row]?.[column] ?? 0), 0);
  return still === 0 ? Number.NaN : (still - stayed) / still;
}

interface Movement {
  readonly position: number;
  readonly z: number;
  readonly deviations: number;
}

/** Null where no column has a standard error: two people at both times, who are not all the same. */
function furthestColumn(before: KeptCluster, now: KeptCluster): Movement | null {
  if (before.size < 2 || now.size < 2) return null;
  let best: Movement | null = null;
  for (const [position, was] of before.centre.entries()) {
    const [s0, s1] = [before.sd?.[position] ?? Number.NaN, now.sd?.[position] ?? Number.NaN];
    const gap = (now.centre[position] ?? Number.NaN) - was;
    const error = Math.sqrt(s0 ** 2 / before.size + s1 ** 2 / now.size);
    const z = gap === 0 ? 0 : gap / error;
    if (!Number.isFinite(z) || Number.isNaN(error)) continue;
    const pooled = Math.sqrt((s0 ** 2 + s1 ** 2) / 2);
    if (best === null || Math.abs(z) > Math.abs(best.z))
      best = { position, z, deviations: gap === 0 ? 0 : gap / pooled };
  }
  return best;
}
