import { centres, squaredDistance } from "./centres.ts";
import { checkClusterCount } from "./cluster-count.ts";
import { cutTree } from "./cut.ts";
import { distinctRows } from "./distinct.ts";
import type { Watch } from "./pace.ts";
import type { Shape } from "./points.ts";
import { type Random, sampleRows, takeRows } from "./random.ts";
import { ward } from "./ward.ts";

/** Rows of the sample whose Ward clusters make a start. */
const WARD_SAMPLE = 2000;

/**
 * k centres by greedy k-means++ (Arthur and Vassilvitskii 2007): each next one is drawn with chances in proportion to the
 * squared distance from those there are; of 2 + ln k draws the one that leaves the least inertia is kept.
 */
export function plusPlusStart(points: Float64Array, { rows, columns }: Shape, k: number, random: Random): Float64Array {
  const chosen = new Float64Array(k * columns);
  const place = (row: number, centre: number): void =>
    chosen.set(points.subarray(row * columns, (row + 1) * columns), centre * columns);
  place(random.below(rows), 0);
  let squared: Float64Array = Float64Array.from({ length: rows }, (_, row) =>
    squaredDistance(points, row, chosen, 0, columns),
  );
  let total = sum(squared);
  const draws = 2 + Math.floor(Math.log(k));
  for (let centre = 1; centre < k; centre++) {
    let best: { squared: Float64Array; total: number } | null = null;
    let kept = 0;
    for (let draw = 0; draw < draws; draw++) {
      const row = drawRow(squared, total, random);
      const candidate = squared.map((known, other) =>
        Math.min(known, squaredDistance(points, other, points, row, columns)),
      );
      const left = sum(candidate);
      if (best && left >= best.total) continue;
      best = { squared: candidate, total: left };
      kept = row;
    }
    place(kept, centre);
    if (best) ({ squared, total } = best);
  }
  return chosen;
}

/** The k cluster means of exact Ward on a sample of at most 2,000 rows; null where the sample has fewer than k different rows. */
export async function wardStart(
  points: Float64Array,
  shape: Shape,
  k: number,
  options: { readonly random: Random; readonly watch: Watch },
): Promise<Float64Array | null> {
  const { columns } = shape;
  const sampled = sampleRows(shape.rows, WARD_SAMPLE, options.random);
  const sample = takeRows(points, columns, sampled);
  const sampleShape = { rows: sampled.length, columns };
  if (checkClusterCount(k, sampled.length, distinctRows(sample, sampled.length, columns).first.length)) return null;
  const merges = await ward(sample, { ...sampleShape, signal: options.watch.signal });
  return merges.ok ? centres(sample, sampleShape, cutTree(merges.value, k), k) : null;
}

/** A row drawn with chances in proportion to `weight`. */
function drawRow(weight: Float64Array, total: number, random: Random): number {
  let left = random.next() * total;
  let last = 0;
  for (let row = 0; row < weight.length; row++) {
    const here = weight[row] as number;
    if (here <= 0) continue;
    last = row;
    left -= here;
    if (left < 0) return row;
  }
  return last;
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}
