import { openSync, readSync, statSync, writeFileSync } from "node:fs";
import { clusterKernels } from "../../../server/cells/cluster/kernels.ts";
import { clusterHelpers } from "../../../server/cells/cluster/threads.ts";
import { hierarchy } from "../../../server/cluster/flat.ts";
import { Pace, type Watch } from "../../../server/cluster/pace.ts";
import type { RowSource } from "../../../server/cluster/row-source.ts";
import { measured } from "./measured.ts";

/** One computation in a process of its own, on numbers that lie in a file: `node ours.js TASK POINTS COLUMNS K START OUT`. */
const [task = "", file = "", columnsText = "", kText = "", startFile = "", out = ""] = process.argv.slice(2);
const columns = Number(columnsText);
const k = Number(kText);
const kernels = clusterKernels();

/** What is compared with others' results, or how it is worked out of what was computed: that is no part of what is measured. */
type Result = Float64Array | (() => Float64Array);

/**
 * What is computed: from n × d points to merges as n − 1 rows of scipy's layout, or to one number, the inertia.
 * A task imports what it alone needs, so that nothing else takes memory.
 */
const TASKS: Readonly<Record<string, (points: Float64Array) => Promise<Result>>> = {
  ward: (points) => tree(points, "ward"),
  "ward-by-two": (points) => tree(points, "ward", { kernels, helpers: clusterHelpers(1) }),
  "plain-ward": (points) => tree(points, "ward", { kernels: null }),
  average: (points) => tree(points, "average"),
  "plain-average": (points) => tree(points, "average", { kernels: null }),
  complete: (points) => tree(points, "complete"),
  single: (points) => tree(points, "single"),
  async lloyd(points) {
    const { hamerly } = await import("../../../server/cluster/hamerly.ts");
    const { matrixSource } = await import("../../../server/cluster/row-source.ts");
    const pace = new Pace({ kernels });
    const shape = { rows: points.length / columns, columns };
    const found = await hamerly(matrixSource(points, shape), numbers(startFile), { iterations: 1000, pace });
    return Float64Array.of(found.inertia);
  },
  async kmeans(points) {
    const { kmeans } = await import("../../../server/cluster/kmeans.ts");
    const found = await kmeans(points, { rows: points.length / columns, columns, k, seed: 1, kernels });
    if (!found.ok) throw new Error(found.message);
    return Float64Array.of(found.value.inertia);
  },
  async settled(points) {
    const { settledClusterings } = await import("../../../server/cluster/flat.ts");
    const { centreDistances, centres } = await import("../../../server/cluster/centres.ts");
    const shape = { rows: points.length / columns, columns };
    const found = await settledClusterings(points, [k], { ...shape, seed: 1, kernels });
    const labels = found.ok ? found.value.clusterings.get(k) : undefined;
    if (labels === undefined) throw new Error("no clusters");
    return () => {
      const distances = centreDistances(points, shape, labels, centres(points, shape, labels, k));
      return Float64Array.of(distances.reduce((sum, distance) => sum + distance ** 2, 0));
    };
  },
  /** Rows are read from their file when they are needed: `points` are not looked at. */
  async "kmeans-streamed"() {
    const { kmeansOf } = await import("../../../server/cluster/kmeans.ts");
    const found = await kmeansOf(fileSource(file), { k, seed: 1, kernels });
    if (!found.ok) throw new Error(found.message);
    return Float64Array.of(found.value.inertia);
  },
  "micro-agreement": (points) => agreement(points, "micro"),
  "half-agreement": (points) => agreement(points, "half"),
  async "ml-hclust"(points) {
    const { agnes } = await import("ml-hclust");
    const heights: number[] = [];
    agnes(rowsOf(points), { method: "ward2" }).traverse((cluster) => {
      if (cluster.children.length > 0) heights.push(cluster.height);
    });
    return Float64Array.from(heights).sort();
  },
  async "ml-kmeans"(points) {
    const { kmeans: mlKmeans } = await import("ml-kmeans");
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
// As many rows as are worth another thread where there is one: it waits for more then.
const few = task.startsWith("ml-") ? 50 : task === "ward-by-two" ? 10_000 : 2000;
const streamed = task.endsWith("-streamed");
for (let time = 0; time < (streamed ? 0 : 3); time++) {
  await run(Float64Array.from({ length: few * columns }, (_, i) => Math.sin(i * i)));
}
const points = streamed ? new Float64Array() : numbers(file);
const { result, ...measures } = await measured(() => run(points));
const compared = typeof result === "function" ? result() : result;
writeFileSync(out, new Uint8Array(compared.buffer));
process.stdout.write(JSON.stringify(measures));

async function tree(
  points: Float64Array,
  method: "ward" | "average" | "complete" | "single",
  how: Pick<Watch, "kernels" | "helpers"> = { kernels },
): Promise<Float64Array> {
  const found = await hierarchy(points, { rows: points.length / columns, columns, method, ...how });
  if (!found.ok) throw new Error(found.message);
  const { left, right, height, size } = found.value;
  const layout = new Float64Array(height.length * 4);
  for (let t = 0; t < height.length; t++) {
    layout.set([left[t] as number, right[t] as number, height[t] as number, size[t] as number], 4 * t);
  }
  return layout;
}

/** Mean adjusted Rand index, at k from 3 to 10, of what is compared to the cuts of Ward's hierarchy of all rows. */
async function agreement(points: Float64Array, of: "micro" | "half"): Promise<Float64Array> {
  const { cutTree } = await import("../../../server/cluster/cut.ts");
  const { adjustedRandIndex } = await import("../../../server/cluster/rand-index.ts");
  const { microHierarchy } = await import("../../../server/cluster/micro-hierarchy.ts");
  const { microCut } = await import("./micro-cut.ts");
  const { matrixSource } = await import("../../../server/cluster/row-source.ts");
  const { sampleRows, seededRandom, takeRows } = await import("../../../server/cluster/random.ts");
  const shape = { rows: points.length / columns, columns };
  const wardOf = async (rows: Float64Array) => {
    const found = await hierarchy(rows, { rows: rows.length / columns, columns, method: "ward", kernels });
    if (!found.ok) throw new Error(found.message);
    return found.value;
  };
  const whole = await wardOf(points);
  const picked = sampleRows(shape.rows, Math.ceil(shape.rows / 2), seededRandom(1, "half"));
  const half = of === "half" ? await wardOf(takeRows(points, columns, picked)) : null;
  const micro = half ?? (await microHierarchy(matrixSource(points, shape), { seed: 1, pace: new Pace({ kernels }) }));
  let sum = 0;
  for (let cut = 3; cut <= 10; cut++) {
    const exact = cutTree(whole, cut);
    const theirs = picked.map((row) => exact[row] as number);
    sum +=
      "cells" in micro
        ? adjustedRandIndex(microCut(micro, cut), exact)
        : adjustedRandIndex(cutTree(micro, cut), theirs);
  }
  return Float64Array.of(sum / 8);
}

function fileSource(path: string): RowSource {
  const handle = openSync(path, "r");
  return {
    rows: statSync(path).size / 8 / columns,
    columns,
    read(from, to, target) {
      const bytes = new Uint8Array(target.buffer, target.byteOffset, (to - from) * columns * 8);
      for (let at = 0; at < bytes.length; ) {
        at += readSync(handle, bytes, at, bytes.length - at, from * columns * 8 + at);
      }
    },
  };
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
