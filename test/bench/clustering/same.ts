import { isDeepStrictEqual } from "node:util";
import { cutTree } from "../../../server/cluster/cut.ts";
import type { Merges } from "../../../server/cluster/merges.ts";
import type { Goal } from "./goals.ts";

/** How two results differ, in words; empty where they are the same for what is asked. */
export function difference(ours: Float64Array, theirs: Float64Array, same: Goal["same"]): string {
  if (same === "none") return "";
  if (same === "bytes") return isDeepStrictEqual(ours, theirs) ? "" : "other bytes";
  if (same === "tree") return treeDifference(merges(ours), merges(theirs));
  if (same === "heights") return heightDifference(merges(ours).height, theirs);
  const [one = Number.NaN] = ours;
  const [other = Number.NaN] = theirs;
  if (same === "agreement") {
    return one >= other - 0.02 ? "" : `agrees to ${one.toFixed(3)}, theirs to ${other.toFixed(3)}`;
  }
  const most = same === "inertia" ? 1 + 1e-9 : 1.02;
  const least = same === "inertia" ? 1 - 1e-9 : 0;
  const ratio = one / other;
  return ratio >= least && ratio <= most ? "" : `inertia ${ratio.toFixed(10)} times theirs`;
}

function treeDifference(ours: Merges, theirs: Merges): string {
  const heights = heightDifference(ours.height, theirs.height);
  if (heights !== "") return heights;
  for (let k = 2; k <= 20; k++) {
    const expected = cutTree(theirs, k);
    if (!cutTree(ours, k).every((label, row) => label === expected[row])) return `other clusters at k = ${k}`;
  }
  return "";
}

function heightDifference(ours: Float64Array, theirs: Float64Array): string {
  if (ours.length !== theirs.length) return `${ours.length} merges, not ${theirs.length}`;
  let most = 0;
  ours.forEach((height, t) => {
    const other = theirs[t] as number;
    if (height !== other) most = Math.max(most, Math.abs(height - other) / Math.max(height, other));
  });
  return most <= 1e-12 ? "" : `heights differ by ${most.toExponential(1)}`;
}

/** Merges from n − 1 rows of scipy's layout: two clusters, height, size. */
function merges(layout: Float64Array): Merges {
  const count = layout.length / 4;
  const column = (at: number) => Float64Array.from({ length: count }, (_, t) => layout[4 * t + at] as number);
  return {
    rows: count + 1,
    left: Int32Array.from(column(0)),
    right: Int32Array.from(column(1)),
    height: column(2),
    size: Int32Array.from(column(3)),
  };
}
