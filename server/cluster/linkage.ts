import { nearestNeighbourChain } from "./chain.ts";
import { condensedDistances, condensedSpace, type Groups, UPDATES } from "./condensed.ts";
import { condensedJoins } from "./condensed-joins.ts";
import { compactPoints, distinctRows } from "./distinct.ts";
import { expandJoins } from "./expand.ts";
import { type Joins, type Merges, toMerges } from "./merges.ts";
import { grouped, type NearJoins, plainNearJoins } from "./near-joins.ts";
import { nearJoins } from "./near-kernel.ts";
import { fault, good, type Outcome } from "./outcome.ts";
import { Pace, type Watch } from "./pace.ts";
import { checkPoints, type Shape } from "./points.ts";
import { spanningTree } from "./spanning-tree.ts";

export type Linkage = "average" | "complete" | "single";

export interface LinkageOptions extends Shape, Watch {
  readonly method: Linkage;
}

/** Different rows up to which average and complete are computed (where centres tell nothing, 1.6 GB of distances), and single compares all pairs. */
export const LINKAGE_LIMIT: Readonly<Record<Linkage, number>> = { average: 20_000, complete: 20_000, single: 200_000 };

/**
 * Hierarchy by average (UPGMA), complete or single linkage of Euclidean distances, exact; heights in the points' units.
 * `points` is rows × columns, row-major, finite. Equal rows count once against `LINKAGE_LIMIT`.
 * Faults: `no-rows`, `missing-value`, `value-too-large`, `too-many-rows`. Rejects with the signal's reason when cancelled.
 */
export async function linkage(points: Float64Array, options: LinkageOptions): Promise<Outcome<Merges>> {
  const unfit = checkPoints(points, options);
  if (unfit) return unfit;
  const { method, rows } = options;
  const pace = new Pace(options);
  const distinct = distinctRows(points, rows, options.columns);
  const count = distinct.first.length;
  const limit = LINKAGE_LIMIT[method];
  if (count > limit) {
    return fault(
      "too-many-rows",
      `${method} linkage takes up to ${limit} different rows; there are ${count}.`,
      "Use ward or kmeans, or cluster a sample.",
    );
  }
  const { coordinates } = compactPoints(points, options.columns, distinct);
  const joins = await join(method, coordinates, distinct.weight, pace);
  return joins.ok ? good(toMerges(rows, expandJoins(joins.value, distinct))) : joins;
}

async function join(
  method: Linkage,
  coordinates: Float64Array,
  weight: Float64Array,
  pace: Pace,
): Promise<Outcome<Joins>> {
  const count = weight.length;
  if (method === "single") return good(await spanningTree(coordinates, count, pace));
  const points = { coordinates, columns: coordinates.length / Math.max(count, 1), weight };
  const { kernels } = pace;
  const near =
    kernels !== null && count > 1
      ? await nearJoins(method, points, { pace, kernels })
      : await plainNearJoins(method, points, pace);
  if (near.clusters.length < 2) return good(near.joins);
  const groups = grouped(points, near);
  const far = await (kernels !== null
    ? condensedJoins(method, groups, { pace, kernels })
    : plain(method, groups, pace));
  return far === null ? tooManyRows(near.clusters.length) : good(both(near, far));
}

async function plain(method: keyof typeof UPDATES, groups: Groups, pace: Pace): Promise<Joins | null> {
  const distances = await condensedDistances(method, groups, pace);
  if (distances === null) return null;
  const space = condensedSpace(distances, groups.weight, UPDATES[method]);
  return nearestNeighbourChain(space, pace, (distance) => distance);
}

/** Joins of points, then those of the clusters that they left. */
function both({ joins, clusters }: NearJoins, far: Joins): Joins {
  const made = joins.a.length;
  const total = made + far.a.length;
  const all: Joins = { a: new Int32Array(total), b: new Int32Array(total), height: new Float64Array(total) };
  all.a.set(joins.a);
  all.b.set(joins.b);
  all.height.set(joins.height);
  far.a.forEach((cluster, at) => {
    all.a[made + at] = clusters[cluster] as number;
    all.b[made + at] = clusters[far.b[at] as number] as number;
  });
  all.height.set(far.height, made);
  return all;
}

function tooManyRows(rows: number): Outcome<Joins> {
  return fault(
    "too-many-rows",
    `There is not enough memory for the distances between ${rows} different rows.`,
    "Use ward or kmeans, or cluster a sample.",
  );
}
