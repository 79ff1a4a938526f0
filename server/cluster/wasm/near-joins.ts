// AssemblyScript: the kernel of `server/cluster/near-joins.ts`, which says what it computes and how ties are broken.
import { centres, layClusters, stride } from "./clusters/live";
import { measure } from "./clusters/steps";
import { heights, joinsA, joinsB, joinsMade, layJoins } from "./memory/joins";
import { beginBounds, layBounds } from "./near-joins/bounds";
import { clusterMembers, clusterStarts, clustersLeft, layLeft, list } from "./near-joins/left";
import { beginMembers, layMembers, weights } from "./near-joins/members";
import { advance, beginRounds, layRounds } from "./near-joins/rounds";
import { beginSlots, laySlots } from "./near-joins/slots";

/** Makes room for rows × columns; coordinates belong at `centres()`, `rowStride()` apart, weights at `weights()`. */
export function reserve(rows: i32, width: i32, byLargest: bool): void {
  layClusters(rows, width);
  layRounds();
  layMembers(byLargest);
  laySlots();
  layBounds();
  layLeft();
  layJoins(rows);
}

export function rowStride(): i32 {
  return stride;
}

/** Makes every point a cluster. */
export function begin(): void {
  measure();
  beginMembers();
  beginSlots();
  beginBounds();
  beginRounds();
}

export {
  advance,
  centres,
  clusterMembers,
  clusterStarts,
  clustersLeft,
  heights,
  joinsA,
  joinsB,
  joinsMade,
  list,
  weights,
};
