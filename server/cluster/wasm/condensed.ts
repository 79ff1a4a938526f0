// AssemblyScript: the kernel of average and complete linkage, the twin of `server/cluster/condensed.ts`.
import { layChain, step } from "./condensed/chain";
import { linkBy } from "./condensed/linkage";
import { laySums, measureFour } from "./condensed/measuring";
import { knowAll, layMeeting, meetFour } from "./condensed/meeting";
import { layPoints, places, shares, starts, wholes } from "./condensed/points";
import { laySlots, quads, total, weights } from "./condensed/slots";
import { layTiles, lookAnew, looked } from "./condensed/tiles";
import { heights, joinsA, joinsB, layJoins, made } from "./memory/joins";

/** Fours of clusters whose distances are computed. */
let measured: i32 = 0;

/**
 * Makes room for points × columns in clusters; false where there is not enough memory. Coordinates are to be put where
 * `places` says, one cluster's points after the other's, in fours of points: four of the first column, four of the second and
 * so on; where each cluster starts and the last ends at `starts`; a point's weight in its cluster, and what these come to, at
 * `shares` and `wholes`; clusters' weights at `weights`.
 */
export function reserve(points: i32, clusters: i32, width: i32, byLargest: bool): bool {
  linkBy(byLargest);
  layPoints(points, clusters, width);
  laySums(points);
  laySlots(clusters);
  layMeeting();
  layChain(clusters);
  layJoins(total);
  return layTiles();
}

export { heights, joinsA, joinsB, places, shares, starts, weights, wholes };

/** Computes the distances of more clusters to all before them, from about `pairs` of points; gives how many fours of clusters are done. */
export function measure(pairs: i32): i32 {
  for (let work: i64 = 0; measured < quads && work < pairs; measured++) {
    work += measureFour(measured);
    meetFour(measured);
  }
  if (measured === quads) knowAll();
  return measured;
}

/** Joins clusters until about `distances` distances have been looked at; gives how many joins are made by now. */
export function advance(distances: i32): i32 {
  lookAnew();
  while (made < total && looked < distances) step();
  return made;
}
