// AssemblyScript: the kernel of `server/cluster/hamerly.ts`, which says what it computes; its twin is `kmeans-plain.ts`.
// A row's numbers lie side by side, filled up with zeros to an even number, in eight bytes or in four, and are computed
// with in eight. Which centre is nearest is mostly clear from four bytes, of which four rows are looked at at once.

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
/** The numbers of four rows, by turns. */
let four: usize = 0;
/** Rows and centres in numbers of four bytes. */
let rough: usize = 0;
let roughCentres: usize = 0;
/** Twice the length of the longest centre, and how much of that and of a distance rounding to four bytes may be at most. */
let reach: f32 = 0;
let rounded: f32 = 0;
/** Rows that are to be looked at, of as many. */
let listed: usize = 0;
const LISTED: i32 = 8192;

let inertiaSum: f64 = 0;

/** Makes room; false where there is not enough memory. `bytes` is 8 or 4. */
export function reserve(rowCount: i32, columns: i32, clusters: i32, bytes: i32, weighted: bool): bool {
  rows = rowCount;
  k = clusters;
  size = bytes;
  stride = (columns + 3) & ~3;
  rounded = <f32>(stride + 8) * 1e-7;
  rowBytes = <usize>stride * bytes;
  const all = <usize>rows;
  const matrix = (<usize>k * stride) << 3;
  const byRow = (all * 4 + 15) & ~15;
  const byCentre = (((<usize>k) << 3) + 15) & ~15;
  const exact = bytes === 8 ? all * rowBytes : 0;
  const byNumber = all * ((<usize>stride) << 2) + exact + 2 * matrix + (matrix >> 1) + ((<usize>stride) << 4);
  const needed = byNumber + (weighted ? 4 : 2) * byRow + 4 * byCentre + LISTED * 4;
  let at = (<usize>memory.size()) << 16;
  if (memory.grow(<i32>((needed + 0xffff) >> 16)) < 0) return false;
  rough = at;
  at += all * ((<usize>stride) << 2);
  points = bytes === 8 ? at : rough;
  labels = at += exact;
  limit = at += byRow;
  at += byRow;
  weights = weighted ? at : 0;
  if (weighted) at += 2 * byRow;
  centres = at;
  sums = at += matrix;
  roughCentres = at += matrix;
  weightOf = at += matrix >> 1;
  count = at += byCentre;
  moved = at += byCentre;
  travelled = at += byCentre;
  four = at += byCentre;
  listed = at + ((<usize>stride) << 4);
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

/** Tells that the rows `from` up to `to` are in their place. */
export function placed(from: i32, to: i32): void {
  if (size === 4) return;
  const end = points + <usize>to * rowBytes;
  let target = rough + <usize>from * ((<usize>stride) << 2);
  for (let at = points + <usize>from * rowBytes; at < end; at += 16) {
    v128.store64_lane(target, f32x4.demote_f64x2_zero(v128.load(at)), 0);
    target += 8;
  }
}

/** Takes the centres as they lie in their place. */
export function begin(): void {
  let longest: f64 = 0;
  for (let c = 0; c < k; c++) {
    let squares: f64 = 0;
    for (let j = 0; j < stride; j++) {
      const value = at(centres, c * stride + j);
      store<f32>(roughCentres + ((<usize>(c * stride + j)) << 2), <f32>value);
      squares += value * value;
    }
    longest = max(longest, sqrt<f64>(squares));
  }
  reach = <f32>(2 * longest);
}

/** Gives the rows `from` up to `to` that may have another nearest centre theirs; gives how many changed. */
export function assign(from: i32, to: i32): i32 {
  return size === 8 ? assignRows<f64>(from, to) : assignRows<f32>(from, to);
}

function assignRows<P>(from: i32, to: i32): i32 {
  let changed = 0;
  for (let at = from; at < to; at += LISTED) {
    const count = listUnsettled(at, min(at + LISTED, to));
    for (let i = 0; i < count; i += 4) changed += assignFour<P>(listed + ((<usize>i) << 2), min(4, count - i));
  }
  return changed;
}

/** Lists the rows that another centre may be nearer to. Without branches that can't be foreseen, so that many rows are fetched at once later. */
function listUnsettled(from: i32, to: i32): i32 {
  let count: usize = 0;
  for (let row = from; row < to; row++) {
    const place = (<usize>row) << 2;
    const own = load<i32>(labels + place);
    // Of a row without a centre the limit is below all.
    const settled = <f64>load<f32>(limit + place) > at(travelled, max(own, 0));
    store<i32>(listed + (count << 2), row);
    count += <usize>!settled;
  }
  return <i32>count;
}

/**
 * Gives up to four rows, a lane each, their nearest centre by numbers of four bytes, and by the full ones where another
 * is so near that it could be rounding. `count` of the rows that are listed at `place` count.
 */
function assignFour<P>(place: usize, count: i32): i32 {
  const last = four + ((<usize>stride) << 4);
  let a = roughRow(place, 0);
  let b = roughRow(place, min(1, count - 1));
  let c = roughRow(place, min(2, count - 1));
  let d = roughRow(place, min(3, count - 1));
  for (let to = four; to < last; to += 64) {
    const u = v128.load(a);
    const v = v128.load(b);
    const w = v128.load(c);
    const x = v128.load(d);
    const uv = v128.shuffle<f32>(u, v, 0, 4, 1, 5);
    const wx = v128.shuffle<f32>(w, x, 0, 4, 1, 5);
    const vu = v128.shuffle<f32>(u, v, 2, 6, 3, 7);
    const xw = v128.shuffle<f32>(w, x, 2, 6, 3, 7);
    v128.store(to, v128.shuffle<f64>(uv, wx, 0, 2));
    v128.store(to, v128.shuffle<f64>(uv, wx, 1, 3), 16);
    v128.store(to, v128.shuffle<f64>(vu, xw, 0, 2), 32);
    v128.store(to, v128.shuffle<f64>(vu, xw, 1, 3), 48);
    a += 16;
    b += 16;
    c += 16;
    d += 16;
  }
  let first = i32x4.splat(0);
  let least = f32x4.splat(Infinity);
  let next = f32x4.splat(Infinity);
  let centre = roughCentres;
  for (let at = 0; at < k; at++) {
    let squared = f32x4.splat(0);
    for (let from = four; from < last; from += 32) {
      const even = f32x4.sub(v128.load(from), v128.load32_splat(centre));
      const odd = f32x4.sub(v128.load(from, 16), v128.load32_splat(centre, 4));
      squared = f32x4.add(squared, f32x4.add(f32x4.mul(even, even), f32x4.mul(odd, odd)));
      centre += 8;
    }
    const nearer = f32x4.lt(squared, least);
    next = f32x4.pmin(next, f32x4.pmax(least, squared));
    least = f32x4.pmin(least, squared);
    first = v128.bitselect(i32x4.splat(at), first, nearer);
  }
  const far = f32x4.sqrt(next);
  const rounding = f32x4.mul(f32x4.add(far, f32x4.splat(reach)), f32x4.splat(rounded));
  const gap = f32x4.sub(f32x4.sub(far, f32x4.sqrt(least)), f32x4.add(rounding, f32x4.splat(1e-18)));
  let changed = settle<P>(load<i32>(place), i32x4.extract_lane(first, 0), f32x4.extract_lane(gap, 0));
  if (count > 1) changed += settle<P>(load<i32>(place, 4), i32x4.extract_lane(first, 1), f32x4.extract_lane(gap, 1));
  if (count > 2) changed += settle<P>(load<i32>(place, 8), i32x4.extract_lane(first, 2), f32x4.extract_lane(gap, 2));
  if (count > 3) changed += settle<P>(load<i32>(place, 12), i32x4.extract_lane(first, 3), f32x4.extract_lane(gap, 3));
  return changed;
}

function roughRow(place: usize, lane: i32): usize {
  const row = <usize>load<i32>(place + ((<usize>lane) << 2));
  return rough + row * ((<usize>stride) << 2);
}

/** Gives a row its nearest centre by its full numbers. */
function assignExactly<P>(row: i32): i32 {
  const width = (<usize>stride) << 3;
  const point = points + <usize>row * rowBytes;
  let first = 0;
  let least: f64 = Infinity;
  let next: f64 = Infinity;
  for (let c = 0; c < k; c++) {
    const squared = distance<P>(point, centres + <usize>c * width);
    if (squared < least) {
      next = least;
      least = squared;
      first = c;
    } else if (squared < next) next = squared;
  }
  const far = sqrt<f64>(next);
  return note<P>(row, first, far - sqrt<f64>(least) - far * 1e-6);
}

function settle<P>(row: i32, centre: i32, gap: f32): i32 {
  return gap > 0 ? note<P>(row, centre, <f64>gap) : assignExactly<P>(row);
}

/** Notes a row's centre and how far centres may come; 1 where it had another. */
function note<P>(row: i32, centre: i32, gap: f64): i32 {
  const most = gap + at(travelled, centre);
  store<f32>(limit + ((<usize>row) << 2), <f32>(most - abs(most) * 1e-6));
  const place = labels + ((<usize>row) << 2);
  const own = load<i32>(place);
  if (centre === own) return 0;
  store<i32>(place, centre);
  if (own >= 0) add<P>(row, own, -1);
  add<P>(row, centre, 1);
  return 1;
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
  begin();
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
  let squared: f64 = 0;
  const end = centre + ((<usize>stride) << 3);
  for (let c = centre; c < end; c += 8) {
    const difference = <f64>load<P>(point) - load<f64>(c);
    squared += difference * difference;
    point += sizeof<P>();
  }
  return squared;
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
