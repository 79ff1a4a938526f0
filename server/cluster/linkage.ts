import { nearestNeighbourChain } from "./chain.ts";
import { condensedDistances, condensedSpace, UPDATES } from "./condensed.ts";
import { condensedJoins } from "./condensed-joins.ts";
import { compactPoints, distinctRows } from "./distinct.ts";
import { expandJoins } from "./expand.ts";
import { type Joins, type Merges, toMerges } from "./merges.ts";
import { fault, good, type Outcome } from "./outcome.ts";
import { Pace, type Watch } from "./pace.ts";
import { checkPoints, type Shape } from "./points.ts";
import { spanningTree } from "./spanning-tree.ts";

export type Linkage = "average" | "complete" | "single";

export interface LinkageOptions extends Shape, Watch {
  readonly method: Linkage;
}

/** Different rows up to which average and complete keep all distances (1.6 GB at the limit), and single compares all pairs. */
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
  if (method === "single") return good(await spanningTree(coordinates, weight.length, pace));
  if (pace.kernels !== null && weight.length > 1) {
    const joins = await condensedJoins(method, { coordinates, weight, pace, kernels: pace.kernels });
    return joins === null ? tooManyRows(weight.length) : good(joins);
  }
  const distances = await condensedDistances(coordinates, weight.length, pace);
  if (distances === null) return tooManyRows(weight.length);
  const space = condensedSpace(distances, weight, UPDATES[method]);
  return good(await nearestNeighbourChain(space, pace, (distance) => distance));
}

function tooManyRows(rows: number): Outcome<Joins> {
  return fault(
    "too-many-rows",
    `There is not enough memory for the distances between ${rows} different rows.`,
    "Use ward or kmeans, or cluster a sample.",
  );
}
