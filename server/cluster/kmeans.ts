import { checkClusterCount } from "./cluster-count.ts";
import { distinctRows } from "./distinct.ts";
import { hamerly, type Partition } from "./hamerly.ts";
import { plusPlusStart, wardStart } from "./kmeans-start.ts";
import { type Labels, numberBySize } from "./number-by-size.ts";
import { good, type Outcome } from "./outcome.ts";
import { Pace, type Watch } from "./pace.ts";
import { checkPoints, type Shape } from "./points.ts";
import { sampleRows, seededRandom, takeRows } from "./random.ts";
import { matrixSource } from "./row-source.ts";

export interface KmeansOptions extends Shape, Watch {
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

/**
 * k-means, a fixed point of Lloyd's iterations, deterministic for a seed; clusters numbered by size. The first start is
 * Ward's clusters on a sample, the others k-means++. `points` is rows × columns, row-major, finite.
 * Faults: `no-rows`, `missing-value`, `value-too-large`, `k-not-whole`, `k-above-rows`, `k-above-distinct-rows`.
 */
export async function kmeans(points: Float64Array, options: KmeansOptions): Promise<Outcome<Kmeans>> {
  const { rows, columns, k, seed, starts = 4, iterations = 300 } = options;
  const shape = { rows, columns };
  const unfit =
    checkPoints(points, shape) ?? checkClusterCount(k, rows, distinctRows(points, rows, columns).first.length);
  if (unfit) return unfit;
  const pace = new Pace(options);
  const trial = trialRows(points, shape, k, seed);
  let best: Partition | null = null;
  for (let start = 0; start < Math.max(starts, 1); start++) {
    const random = seededRandom(seed, `kmeans start ${start}`);
    const fromWard = start === 0 ? await wardStart(trial.points, trial.shape, k, { random, watch: options }) : null;
    const first = fromWard ?? plusPlusStart(trial.points, trial.shape, k, random);
    const found = await hamerly(matrixSource(trial.points, trial.shape), first, { iterations, pace });
    if (!best || found.inertia < best.inertia) best = found;
    if (pace.due()) await pace.rest((start + 1) / (starts + 1));
  }
  if (best && trial.points !== points) {
    best = await hamerly(matrixSource(points, shape), best.centres, { iterations, pace });
  }
  if (!best) throw new Error("no start was tried");
  const { labels, renumber } = numberBySize(best.nearest);
  const centres = new Float64Array(k * columns);
  renumber.forEach((cluster, raw) => {
    centres.set(best.centres.subarray(raw * columns, (raw + 1) * columns), (cluster - 1) * columns);
  });
  return good({ labels, centres, inertia: best.inertia, iterations: best.iterations, converged: best.converged });
}

/** The rows that starts are tried on: all, or a sample that has k different ones. */
function trialRows(
  points: Float64Array,
  shape: Shape,
  k: number,
  seed: number,
): { points: Float64Array; shape: Shape } {
  if (shape.rows <= TRIAL_ROWS) return { points, shape };
  const sampled = sampleRows(shape.rows, TRIAL_ROWS, seededRandom(seed, "kmeans trial rows"));
  const taken = takeRows(points, shape.columns, sampled);
  const distinct = distinctRows(taken, sampled.length, shape.columns).first.length;
  return distinct < k ? { points, shape } : { points: taken, shape: { rows: sampled.length, columns: shape.columns } };
}
