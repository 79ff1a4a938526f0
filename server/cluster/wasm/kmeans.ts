// AssemblyScript: the kernel of `server/cluster/hamerly.ts`, which says what it computes; its twin is `kmeans-plain.ts`.
// A row's numbers lie side by side, filled up with zeros to an even number, in eight bytes or in four, and are computed
// with in eight: two columns are subtracted and squared at once.

let rows: i32 = 0;
let k: i32 = 0;
let stride: i32 = 0;
/** Bytes of a number of a row, and of a row. */
let size: i32 = 8;
let rowBytes: usize = 0;

let points: usize = 0;
/** By row; 0 where every row counts once. */
let weights: usize = 0;
/** By row: its centre, and how far the centres may have come until it is to be looked at again. */
let labels: usize = 0;
let limit: usize = 0;
/** k × stride each. */
let centres: usize = 0;
let sums: usize = 0;
/** By centre: weight of its rows, its rows, how far it moved last, how far it and any other came to each other at most. */
let weightOf: usize = 0;
let count: usize = 0;
let moved: usize = 0;
let travelled: usize = 0;

let inertiaSum: f64 = 0;

/** Makes room; false where there is not enough memory. `bytes` is 8 or 4. */
export function reserve(rowCount: i32, columns: i32, clusters: i32, bytes: i32, weighted: bool): bool {
  rows = rowCount;
  k = clusters;
  size = bytes;
  stride = (columns + 1) & ~1;
  rowBytes = <usize>stride * bytes;
  const all = <usize>rows;
  const matrix = ((<usize>k * stride) << 3) + 16;
  const byRow = ((all * 4 + 31) >> 4) << 4;
  const byCentre = (((<usize>k) << 3) + 31) & ~15;
  const needed = all * rowBytes + 16 + 2 * byRow + (weighted ? 2 * byRow : 0) + 2 * matrix + 4 * byCentre;
  let at = (<usize>memory.size()) << 16;
  if (memory.grow(<i32>((needed + 0xffff) >> 16)) < 0) return false;
  points = at;
  at += (all * rowBytes + 15) & ~15;
  labels = at;
  limit = at += byRow;
  at += byRow;
  weights = weighted ? at : 0;
  if (weighted) at += 2 * byRow;
  centres = at;
  sums = at += matrix & ~15;
  weightOf = at += matrix & ~15;
  count = at += byCentre;
  moved = at += byCentre;
  travelled = at + byCentre;
  for (let row = 0; row < rows; row++) {
    store<i32>(labels + ((<usize>row) << 2), -1);
    store<f32>(limit + ((<usize>row) << 2), -Infinity);
  }
  return true;
}

export function rowStride(): i32 {
  return stride;
}
export function pointsAt(): usize {
  return points;
}
export function weightsAt(): usize {
  return weights;
}
export function labelsAt(): usize {
  return labels;
}
export function centresAt(): usize {
  return centres;
}
export function inertia(): f64 {
  return inertiaSum;
}

/** Gives the rows `from` up to `to` that may have another nearest centre theirs; gives how many changed. */
export function assign(from: i32, to: i32): i32 {
  return size === 8 ? assignRows<f64>(from, to) : assignRows<f32>(from, to);
}

function assignRows<P>(from: i32, to: i32): i32 {
  const width = (<usize>stride) << 3;
  let changed = 0;
  for (let row = from; row < to; row++) {
    const place = labels + ((<usize>row) << 2);
    const own = load<i32>(place);
    if (own >= 0 && <f64>load<f32>(limit + ((<usize>row) << 2)) > at(travelled, own)) continue;
    const point = points + <usize>row * rowBytes;
    let first = 0;
    let least: f64 = Infinity;
    let next: f64 = Infinity;
    let centre = centres;
    for (let c = 0; c < k; c++) {
      const squared = distance<P>(point, centre);
      centre += width;
      next = min(next, max(least, squared));
      if (squared < least) {
        least = squared;
        first = c;
      }
    }
    const far = sqrt<f64>(next);
    // Less than it is by more than all rounding, so that what bounds settle is settled.
    const gap = far - sqrt<f64>(least) - far * 1e-6 + at(travelled, first);
    store<f32>(limit + ((<usize>row) << 2), <f32>(gap - abs(gap) * 1e-6));
    if (first === own) continue;
    store<i32>(place, first);
    if (own >= 0) add<P>(row, own, -1);
    add<P>(row, first, 1);
    changed++;
  }
  return changed;
}

/** Moves every centre to the mean of its rows, after one without rows was given the row farthest from its own. */
export function move(): void {
  for (let c = 0; c < k; c++) if (at(count, c) === 0) takeFarthest(c);
  const width = (<usize>stride) << 3;
  let most: f64 = 0;
  let farthest = -1;
  let second: f64 = 0;
  for (let c = 0; c < k; c++) {
    const centre = centres + <usize>c * width;
    const sum = sums + <usize>c * width;
    const weight = f64x2.splat(at(weightOf, c));
    let squares = f64x2.splat(0);
    for (let j: usize = 0; j < width; j += 16) {
      const mean = f64x2.div(v128.load(sum + j), weight);
      const difference = f64x2.sub(v128.load(centre + j), mean);
      squares = f64x2.add(squares, f64x2.mul(difference, difference));
      v128.store(centre + j, mean);
    }
    const way = sqrt<f64>(f64x2.extract_lane(squares, 0) + f64x2.extract_lane(squares, 1));
    put(moved, c, way);
    if (way > most) {
      second = most;
      most = way;
      farthest = c;
    } else if (way > second) second = way;
  }
  for (let c = 0; c < k; c++) {
    const way = at(moved, c) + (c === farthest ? second : most);
    put(travelled, c, at(travelled, c) + way * (1 + 1e-12));
  }
}

/** Adds the weighted squared distances of the rows `from` up to `to` to their centres. */
export function addInertia(from: i32, to: i32): void {
  const width = (<usize>stride) << 3;
  let sum = inertiaSum;
  for (let row = from; row < to; row++) {
    const centre = centres + <usize>load<i32>(labels + ((<usize>row) << 2)) * width;
    sum += rowDistance(row, centre) * weightAt(row);
  }
  inertiaSum = sum;
}

/** Of rows that do not make up a cluster alone; of equally far ones the first. */
function takeFarthest(centre: i32): void {
  const width = (<usize>stride) << 3;
  let farthest = -1;
  let most: f64 = -1;
  for (let row = 0; row < rows; row++) {
    const own = load<i32>(labels + ((<usize>row) << 2));
    if (at(count, own) < 2) continue;
    const squared = rowDistance(row, centres + <usize>own * width);
    if (squared <= most) continue;
    most = squared;
    farthest = row;
  }
  if (farthest < 0) return;
  const place = (<usize>farthest) << 2;
  const own = load<i32>(labels + place);
  store<i32>(labels + place, centre);
  store<f32>(limit + place, -Infinity);
  memory.fill(sums + <usize>centre * width, 0, width);
  put(weightOf, centre, 0);
  if (size === 8) {
    add<f64>(farthest, own, -1);
    add<f64>(farthest, centre, 1);
  } else {
    add<f32>(farthest, own, -1);
    add<f32>(farthest, centre, 1);
  }
}

function rowDistance(row: i32, centre: usize): f64 {
  const point = points + <usize>row * rowBytes;
  return size === 8 ? distance<f64>(point, centre) : distance<f32>(point, centre);
}

/** Puts a row's numbers to a centre's sums, `sign` times. */
function add<P>(row: i32, centre: i32, sign: i32): void {
  const weight = weightAt(row) * <f64>sign;
  const each = f64x2.splat(weight);
  const end = (<usize>stride) << 3;
  let point = points + <usize>row * rowBytes;
  const sum = sums + <usize>centre * end;
  for (let j: usize = 0; j < end; j += 16) {
    v128.store(sum + j, f64x2.add(v128.load(sum + j), f64x2.mul(pair<P>(point), each)));
    point += 2 * sizeof<P>();
  }
  put(weightOf, centre, at(weightOf, centre) + weight);
  put(count, centre, at(count, centre) + <f64>sign);
}

function distance<P>(row: usize, centre: usize): f64 {
  let point = row;
  let squares = f64x2.splat(0);
  const end = centre + ((<usize>stride) << 3);
  for (let c = centre; c < end; c += 16) {
    const difference = f64x2.sub(pair<P>(point), v128.load(c));
    squares = f64x2.add(squares, f64x2.mul(difference, difference));
    point += 2 * sizeof<P>();
  }
  return f64x2.extract_lane(squares, 0) + f64x2.extract_lane(squares, 1);
}

/** Two columns of a row. */
function pair<P>(place: usize): v128 {
  return sizeof<P>() === 8 ? v128.load(place) : f64x2.promote_low_f32x4(v128.load64_zero(place));
}

function weightAt(row: i32): f64 {
  return weights === 0 ? 1 : at(weights, row);
}

function at(base: usize, index: i32): f64 {
  return load<f64>(base + ((<usize>index) << 3));
}

function put(base: usize, index: i32, value: f64): void {
  store<f64>(base + ((<usize>index) << 3), value);
}
