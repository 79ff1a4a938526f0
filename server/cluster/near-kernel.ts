import type { UPDATES } from "./condensed.ts";
import { type Kernels, startKernel } from "./kernels.ts";
import { NEARING, type NearJoins } from "./near-joins.ts";
import type { Pace } from "./pace.ts";
import type { WeightedPoints } from "./ward-rounds.ts";

/** Looks at a cluster's centre between two looks at the clock. */
const PORTION = 1_000_000;

/** `plainNearJoins` in WebAssembly: the same bytes. */
export async function nearJoins(
  method: keyof typeof UPDATES,
  { coordinates, columns, weight }: WeightedPoints,
  { pace, kernels }: { readonly pace: Pace; readonly kernels: Kernels },
): Promise<NearJoins> {
  const kernel = startKernel<{
    reserve(points: number, columns: number, byLargest: number): void;
    rowStride(): number;
    centres(): number;
    weights(): number;
    begin(): void;
    advance(looks: number): number;
    joinsMade(): number;
    joinsA(): number;
    joinsB(): number;
    heights(): number;
    list(): number;
    clustersLeft(): number;
    clusterStarts(): number;
    clusterMembers(): number;
  }>(kernels, "near-joins");
  const points = weight.length;
  kernel.reserve(points, columns, method === "complete" ? 1 : 0);
  const stride = kernel.rowStride();
  const { buffer } = kernel.memory;
  new Float64Array(buffer, kernel.weights(), points).set(weight);
  const centres = new Float64Array(buffer, kernel.centres(), points * stride);
  for (let point = 0, at = 0; point < points; point++) {
    for (let c = 0; c < columns; c++) centres[point * stride + c] = coordinates[at++] as number;
  }
  kernel.begin();
  while (kernel.advance(PORTION) === 0) {
    if (pace.due()) await pace.rest(NEARING * (kernel.joinsMade() / points));
  }
  const made = kernel.joinsMade();
  const left = kernel.list();
  return {
    joins: {
      a: new Int32Array(buffer, kernel.joinsA(), made).slice(),
      b: new Int32Array(buffer, kernel.joinsB(), made).slice(),
      height: new Float64Array(buffer, kernel.heights(), made).slice(),
    },
    clusters: new Int32Array(buffer, kernel.clustersLeft(), left).slice(),
    members: new Int32Array(buffer, kernel.clusterMembers(), points).slice(),
    starts: new Int32Array(buffer, kernel.clusterStarts(), left + 1).slice(),
  };
}
