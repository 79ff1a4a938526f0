// AssemblyScript: the kernel of `server/cluster/ward.ts`, which says what it computes and how ties are broken.
import { axesAt, turn } from "./clusters/axes";
import { centres, distances, layClusters, slots, stride } from "./clusters/live";
import { laySteps } from "./clusters/steps";
import { layBoxes } from "./ward/boxes";
import { inverses, layInverses } from "./ward/distance";
import { layOrder } from "./ward/halving";
import { layPending } from "./ward/pending";
import { layRowSteps } from "./ward/row-steps";
import { laySearch } from "./ward/search";
import { isWorthSharing, layStages, live, next, portion, work } from "./ward/stages";
import { layTree, mostLeaves } from "./ward/tree";

/**
 * Makes room for rows × columns; 1/weight belongs at `inverses()`, coordinates at `centres()`, `rowStride()` apart.
 * Several instances over one memory find the same there: number 0 goes from stage to stage, any of them does a stage's units.
 */
export function reserve(rows: i32, columns: i32, searchers: i32, own: i32): void {
  layClusters(rows, columns);
  layInverses();
  laySteps();
  layRowSteps();
  layOrder();
  layTree();
  layBoxes(mostLeaves());
  layPending();
  layStages();
  laySearch(searchers, own);
}

/**
 * In the end every cluster but 0 has been joined into a smaller one: at `slots()`, four bytes each, −1 less that one; at
 * `distances()`, eight bytes each, the height.
 */
export { axesAt, centres, distances, inverses, isWorthSharing, live, next, portion, slots, turn, work };
export function rowStride(): i32 {
  return stride;
}
