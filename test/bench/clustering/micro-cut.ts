import { topClusters } from "../../../server/cluster/cut.ts";
import type { MicroHierarchy } from "../../../server/cluster/micro-hierarchy.ts";

/** The rows' clusters where a hierarchy of micro-clusters is cut into k, before k-means settles them; k is at most its cells. */
export function microCut({ cells, merges }: MicroHierarchy, k: number): Int32Array {
  const top = topClusters(merges, k);
  return cells.cellOf.map((cell) => top[cell] as number);
}
