import { checkClusterCount } from "./cluster-count.ts";
import { countDistinct, distinctRows } from "./distinct.ts";
import { hamerly, type Partition } from "./hamerly.ts";
import { plusPlusStart, wardStart } from "./kmeans-start.ts";
import { type Labels, numberBySize } from "./number-by-size.ts";
import { good, type Outcome } from "./outcome.ts";
import { Pace, type Watch } from "./pace.ts";
import type { Shape } from "./points.ts";
import { sampleRows, seededRandom } from "./random.ts";
import { allRows, checkRows, matrixSource, pickRows, type RowSource } from "./row-source.ts";

export interface KmeansOptions extends Watch {
  readonly k: number;
  readonly seed: number;
  /** Starts that are tried, of which the one with the least inertia is kept; 4 unless told. */
  readonly starts?: number;
  /** Most moves of the centres; 300 unless told. */
  readonly iterations?: number;
}

export interface Kmeans {
  readonly labels: Labels;
  /** k × columns, row-major, cluster 1 first. */
  readonly centres: Float64Array;
  /** Sum of squared distances to the own centre, in the points' units squared. */
  readonly inertia: number;
  readonly iterations: number;
  readonly converged: boolean;
}

/** Rows on which starts compete; with more rows than these the winner alone goes on to all of them. */
const TRIAL_ROWS = 20_000;

/** `kmeansOf` of a matrix, rows × columns, row-major. */
export function kmeans(points: Float64Array, options: KmeansOptions & Shape): Promise<Outcome<Kmeans>> {
  return kmeansOf(matrixSource(points, options), options);
}

/**
 * k-means, a fixed point of Lloyd's iterations, deterministic for a seed; clusters numbered by size. Four starts compete, on
 * 20,000 seeded rows where there are more: Ward's clusters of a sample, and three of greedy k-means++; the one that ends
 * with the least inertia goes on to all rows. Rows are finite.
 * Faults: `no-rows`, `missing-value`, `value-too-large`, `k-not-whole`, `k-above-rows`, `k-above-distinct-rows`.
 */
export async function kmeansOf(source: RowSource, options: KmeansOptions): Promise<Outcome<Kmeans>> {
  const { k, seed, starts = 4, iterations = 300 } = options;
  const { rows, columns } = source;
  const unfit = checkRows(source) ?? checkClusterCount(k, rows, countDistinct(source, k));
  if (unfit) return unfit;
  const pace = new Pace(options);
  const trial = trialRows(source, k, seed);
  const tried = trial ?? allRows(source);
  const shape = { rows: tried.length / columns, columns };
  let best: Partition | null = null;
  const tries = Math.max(starts, 1);
  const allTries = trial === null ? 1 : 0.3;
  for (let start = 0; start < tries; start++) {
    const share = (allTries * start) / tries;
    const random = seededRandom(seed, `kmeans start ${start}`);
    const fromWard = start === 0 ? await wardStart(tried, shape, k, { random, watch: options }) : null;
    const first = fromWard ?? plusPlusStart(tried, shape, k, random);
    if (pace.due()) await pace.rest(share);
    const own = pace.part(share, share + allTries / tries);
    const found = await hamerly(matrixSource(tried, shape), first, { iterations, pace: own });
    if (!best || found.inertia < best.inertia) best = found;
  }
  if (!best) throw new Error("no start was tried");
  if (trial !== null) best = await hamerly(source, best.centres, { iterations, pace: pace.part(allTries, 1) });
  return good(numbered(best, k, columns));
}

/** Clusters numbered by size, out of a partition. */
function numbered(found: Partition, k: number, columns: number): Kmeans {
  const { inertia, iterations, converged } = found;
  const { labels, renumber } = numberBySize(found.nearest);
  const centres = new Float64Array(k * columns);
  renumber.forEach((cluster, raw) => {
    centres.set(found.centres.subarray(raw * columns, (raw + 1) * columns), (cluster - 1) * columns);
  });
  return { labels, centres, inertia, iterations, converged };
}

/** The rows that starts are tried on, of more: a sample that has k different ones; null where it is all. */
function trialRows(source: RowSource, k: number, seed: number): Float64Array | null {
  const { rows, columns } = source;
  if (rows <= TRIAL_ROWS) return null;
  const taken = pickRows(source, sampleRows(rows, TRIAL_ROWS, seededRandom(seed, "kmeans trial rows")));
  return distinctRows(taken, TRIAL_ROWS, columns).first.length < k ? null : taken;
}
