import { openSync, readSync, statSync, writeFileSync } from "node:fs";
import { agnes } from "ml-hclust";
import { kmeans as mlKmeans } from "ml-kmeans";
import { clusterKernels } from "../../../server/cells/cluster/kernels.ts";
import { clusterHelpers } from "../../../server/cells/cluster/threads.ts";
import { hierarchy } from "../../../server/cluster/flat.ts";
import { hamerly } from "../../../server/cluster/hamerly.ts";
import { kmeans } from "../../../server/cluster/kmeans.ts";
import { Pace } from "../../../server/cluster/pace.ts";
import type { Helpers } from "../../../server/cluster/shared-search.ts";
import { measured } from "./measured.ts";

/** One computation in a process of its own, on numbers that lie in a file: `node ours.js TASK POINTS COLUMNS K START OUT`. */
const [task = "", file = "", columnsText = "", kText = "", startFile = "", out = ""] = process.argv.slice(2);
const columns = Number(columnsText);
const k = Number(kText);
const kernels = clusterKernels();

/** What is computed: from n × d points to merges as n − 1 rows of scipy's layout, or to one number, the inertia. */
const TASKS: Readonly<Record<string, (points: Float64Array) => Promise<Float64Array>>> = {
  ward: (points) => tree(points, "ward"),
  "ward-by-two": (points) => tree(points, "ward", clusterHelpers(1)),
  average: (points) => tree(points, "average"),
  complete: (points) => tree(points, "complete"),
  single: (points) => tree(points, "single"),
  async lloyd(points) {
    const pace = new Pace({ kernels });
    const shape = { rows: points.length / columns, columns };
    const found = await hamerly(points, shape, numbers(startFile), { iterations: 1000, pace });
    return Float64Array.of(found.inertia);
  },
  async kmeans(points) {
    const found = await kmeans(points, { rows: points.length / columns, columns, k, seed: 1, kernels });
    if (!found.ok) throw new Error(found.message);
    return Float64Array.of(found.value.inertia);
  },
  async "ml-hclust"(points) {
    const heights: number[] = [];
    agnes(rowsOf(points), { method: "ward2" }).traverse((cluster) => {
      if (cluster.children.length > 0) heights.push(cluster.height);
    });
    return Float64Array.from(heights).sort();
  },
  async "ml-kmeans"(points) {
    const rows = rowsOf(points);
    const found = mlKmeans(rows, k, { initialization: rowsOf(numbers(startFile)), maxIterations: 1000, tolerance: 0 });
    let inertia = 0;
    found.clusters.forEach((cluster, row) => {
      (rows[row] ?? []).forEach((value, c) => {
        inertia += (value - (found.centroids[cluster]?.[c] ?? 0)) ** 2;
      });
    });
    return Float64Array.of(inertia);
  },
};

const run = TASKS[task];
if (run === undefined) throw new Error(`${task} is no task`);
// As in a process that has clustered before: the code is compiled.
if (!task.startsWith("ml-")) {
  const few = Float64Array.from({ length: 2000 * columns }, (_, i) => Math.sin(i * i));
  for (let time = 0; time < 3; time++) await run(few);
}
const points = numbers(file);
const { result, ...measures } = await measured(() => run(points));
writeFileSync(out, new Uint8Array(result.buffer));
process.stdout.write(JSON.stringify(measures));

async function tree(
  points: Float64Array,
  method: "ward" | "average" | "complete" | "single",
  helpers: Helpers | null = null,
): Promise<Float64Array> {
  const found = await hierarchy(points, { rows: points.length / columns, columns, method, kernels, helpers });
  if (!found.ok) throw new Error(found.message);
  const { left, right, height, size } = found.value;
  const layout = new Float64Array(height.length * 4);
  for (let t = 0; t < height.length; t++) {
    layout.set([left[t] as number, right[t] as number, height[t] as number, size[t] as number], 4 * t);
  }
  return layout;
}

/** Read piece by piece, so that nothing but the numbers themselves takes memory. */
function numbers(path: string): Float64Array {
  const values = new Float64Array(statSync(path).size / 8);
  const bytes = new Uint8Array(values.buffer);
  const handle = openSync(path, "r");
  for (let at = 0; at < bytes.length; ) at += readSync(handle, bytes, at, Math.min(bytes.length - at, 2 ** 26), at);
  return values;
}

function rowsOf(values: Float64Array): number[][] {
  return Array.from({ length: values.length / columns }, (_, row) => [
    ...values.subarray(row * columns, (row + 1) * columns),
  ]);
}
