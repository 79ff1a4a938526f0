import { centres, squaredDistance } from "./centres.ts";
import type { Labels } from "./number-by-size.ts";
import type { Shape } from "./points.ts";

/** Width of the window that counts rows along an axis, as a share of the centres' distance. */
const WINDOW = 0.25;
/** A valley holds fewer rows than this share of those at the smaller end. */
const DEPTH = 0.5;

/**
 * True where the ground between every cluster and its nearest neighbour is thinly settled: rows of both, seen along the line
 * between their centres, are fewer somewhere on the way than around either centre, by more than chance (two standard
 * errors of a Poisson count). Clusters cut out of one cloud, long or round, have no such valley. `labels` are 1 … k.
 */
export function partedByValleys(points: Float64Array, shape: Shape, labels: Labels, k: number): boolean {
  const middle = centres(points, shape, labels, k);
  for (let cluster = 0; cluster < k; cluster++) {
    let nearest = -1;
    let least = Infinity;
    for (let other = 0; other < k; other++) {
      const squared = squaredDistance(middle, cluster, middle, other, shape.columns);
      if (other === cluster || squared >= least) continue;
      least = squared;
      nearest = other;
    }
    if (nearest < 0 || !valleyBetween(along({ points, shape, labels, middle }, cluster, nearest))) return false;
  }
  return true;
}

/** Where the rows of two clusters are along the line from the centre of one (0) to that of the other (1). */
function along(
  clustering: { points: Float64Array; shape: Shape; labels: Labels; middle: Float64Array },
  from: number,
  to: number,
): Float64Array {
  const { points, shape, labels, middle } = clustering;
  const { rows, columns } = shape;
  const length = squaredDistance(middle, from, middle, to, columns);
  const places: number[] = [];
  for (let row = 0; row < rows; row++) {
    const cluster = (labels[row] as number) - 1;
    if (cluster !== from && cluster !== to) continue;
    let product = 0;
    for (let c = 0; c < columns; c++) {
      const start = middle[from * columns + c] as number;
      product += ((points[row * columns + c] as number) - start) * ((middle[to * columns + c] as number) - start);
    }
    places.push(product / length);
  }
  return Float64Array.from(places);
}

function valleyBetween(places: Float64Array): boolean {
  const around = (place: number): number =>
    places.reduce((count, here) => count + (Math.abs(here - place) <= WINDOW / 2 ? 1 : 0), 0);
  const ends = Math.min(around(0), around(1));
  let fewest = Infinity;
  for (let step = 0; step <= 10; step++) fewest = Math.min(fewest, around(0.25 + step * 0.05));
  return fewest + 2 * Math.sqrt(fewest + 1) < DEPTH * ends;
}
