import { compactPoints, distinctRows } from "./distinct.ts";
import { expandJoins } from "./expand.ts";
import { type Merges, toMerges } from "./merges.ts";
import { good, type Outcome } from "./outcome.ts";
import { Pace, type Watch } from "./pace.ts";
import { checkPoints, type Shape } from "./points.ts";
import { kernelWard } from "./ward-kernel.ts";
import { plainWard } from "./ward-rounds.ts";

export interface WardOptions extends Shape, Watch {}

/**
 * Ward's hierarchy (R's `ward.D2`, scipy's `ward`), exact: heights √(2 ‖x − y‖² / (1/nₓ + 1/n_y)) in the points' units.
 * `points` is rows × columns, row-major, finite. O(n) memory beside the points. Ties: see `plainWard`, `toMerges`.
 * Faults: `no-rows`, `missing-value`, `value-too-large`. Rejects with the signal's reason when cancelled.
 */
export async function ward(points: Float64Array, options: WardOptions): Promise<Outcome<Merges>> {
  const unfit = checkPoints(points, options);
  if (unfit) return unfit;
  const pace = new Pace(options);
  const distinct = distinctRows(points, options.rows, options.columns);
  const { coordinates, columns } = compactPoints(points, options.columns, distinct);
  const weighted = { coordinates, columns, weight: distinct.weight };
  const joins =
    pace.kernels === null || distinct.weight.length < 2
      ? await plainWard(weighted, pace)
      : await kernelWard(weighted, pace, pace.kernels);
  return good(toMerges(options.rows, expandJoins(joins, distinct)));
}
