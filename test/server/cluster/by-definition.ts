/** Hierarchies by the textbook, slow and plain: what the fast ones are checked against. */
import type { Merges } from "../../../server/cluster/merges.ts";

export type Method = "ward" | "average" | "complete" | "single";

export type Point = readonly number[];

/** The distance of two clusters, straight from the linkage's definition over their members. */
export function clusterDistance(
  method: Method,
  points: readonly Point[],
  a: readonly number[],
  b: readonly number[],
): number {
  if (method === "ward") {
    const rise = scatter(points, [...a, ...b]) - scatter(points, a) - scatter(points, b);
    return Math.sqrt(2 * Math.max(rise, 0));
  }
  const pairs = a.flatMap((i) => b.map((j) => distance(at(points, i), at(points, j))));
  if (method === "average") return pairs.reduce((sum, value) => sum + value, 0) / pairs.length;
  return method === "complete" ? Math.max(...pairs) : Math.min(...pairs);
}

/** Joins the closest pair again and again; gives the members of each cluster before every join, and the heights. */
export function joinClosest(method: Method, points: readonly Point[]): { heights: number[]; partitions: number[][][] } {
  let clusters = points.map((_, i) => [i]);
  const heights: number[] = [];
  const partitions = [clusters];
  while (clusters.length > 1) {
    const { pair, height } = closest(method, points, clusters);
    clusters = [...clusters.filter((cluster) => !pair.includes(cluster)), pair.flat()];
    heights.push(height);
    partitions.push(clusters);
  }
  return { heights, partitions };
}

/** Follows merges step by step and gives, for each, its height, the distance of what it joins, and the least distance there was. */
export function replay(method: Method, points: readonly Point[], merges: Merges) {
  const live = new Map(points.map((_, i) => [i, [i]]));
  return Array.from(merges.height, (height, t) => {
    const left = merges.left[t] ?? -1;
    const right = merges.right[t] ?? -1;
    const a = live.get(left);
    const b = live.get(right);
    if (!a || !b) throw new Error(`merge ${t} joins a cluster that is not there`);
    const least = closest(method, points, [...live.values()]).height;
    const joined = clusterDistance(method, points, a, b);
    live.delete(left);
    live.delete(right);
    live.set(points.length + t, [...a, ...b]);
    return { height, joined, least, size: a.length + b.length };
  });
}

/** A partition as text that does not depend on how clusters are numbered or ordered. */
export function partitionText(clusters: Iterable<readonly number[]>): string {
  return [...clusters]
    .map((cluster) => [...cluster].sort((a, b) => a - b))
    .sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0))
    .map((cluster) => cluster.join(" "))
    .join(" | ");
}

/** The clusters that labels stand for. */
export function members(labels: Iterable<number>): number[][] {
  const clusters = new Map<number, number[]>();
  let row = 0;
  for (const label of labels) clusters.set(label, [...(clusters.get(label) ?? []), row++]);
  return [...clusters.values()];
}

export function flat(points: readonly Point[]): Float64Array {
  return Float64Array.from(points.flat());
}

function closest(method: Method, points: readonly Point[], clusters: readonly number[][]) {
  const best: { pair: readonly number[][]; height: number } = { pair: [], height: Infinity };
  clusters.forEach((a, i) => {
    for (const b of clusters.slice(i + 1)) {
      const height = clusterDistance(method, points, a, b);
      if (height < best.height) Object.assign(best, { pair: [a, b], height });
    }
  });
  return best;
}

/** Sum of squared distances of the members to their mean. */
function scatter(points: readonly Point[], rows: readonly number[]): number {
  const columns = at(points, 0).length;
  let sum = 0;
  for (let c = 0; c < columns; c++) {
    const values = rows.map((row) => at(points, row)[c] ?? Number.NaN);
    const mean = values.reduce((total, value) => total + value, 0) / values.length;
    for (const value of values) sum += (value - mean) ** 2;
  }
  return sum;
}

function distance(a: Point, b: Point): number {
  return Math.hypot(...a.map((value, c) => value - (b[c] ?? Number.NaN)));
}

function at(points: readonly Point[], row: number): Point {
  const point = points[row];
  if (!point) throw new Error(`no point ${row}`);
  return point;
}
