// AssemblyScript: the kernel of `server/cluster/hamerly.ts`, which says what it computes; its twin is `kmeans-plain.ts`.
// A row's numbers lie side by side, filled up with a zero to an even number, in eight bytes, and are computed with so.
// Which centre is nearest is mostly clear from numbers of four bytes, which lie four rows abreast: the first numbers of four
// rows, then their second ones; four rows are looked at at once. With very many rows there are those of four bytes alone.

let rows: i32 = 0;
let k: i32 = 0;
let stride: i32 = 0;
/** Bytes of a number of a row, of a row of eight-byte numbers, and of four rows of four-byte ones. */
let size: i32 = 8;
let rowBytes: usize = 0;
let fourBytes: usize = 0;

/** Rows of eight-byte numbers: all, or where they are not kept those that are being placed. */
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
/** Four rows abreast out of several places, and what is found about four: their nearest centres, and by how much. */
let four: usize = 0;
let found: usize = 0;
/** Rows, centres and how far centres came, in numbers of four bytes. */
let rough: usize = 0;
let roughCentres: usize = 0;
let roughTravelled: usize = 0;
/** Twice the length of the longest centre, and how much of that and of a distance rounding to four bytes may be at most. */
let reach: f32 = 0;
let rounded: f32 = 0;
/** Rows that are to be looked at, of as many. */
let listed: usize = 0;
const LISTED: i32 = 8192;
/** Rows that have changed, each with the centre it had, of as many; their numbers are added to sums when all are known. */
let changes: usize = 0;
let changeCount: i32 = 0;
/** Share of rows from which on it is quicker to look at all than to pick. */
const MANY: f64 = 0.25;

/** Rows that are fetched before they are added. */
const FETCHED: i32 = 64;

let inertiaSum: f64 = 0;

/** Makes room; false where there is not enough memory. `bytes` is 8 or 4. */
export function reserve(rowCount: i32, columns: i32, clusters: i32, bytes: i32, weighted: bool): bool {
  rows = rowCount;
  k = clusters;
  size = bytes;
  stride = (columns + 1) & ~1;
  rounded = <f32>(stride + 8) * 1e-7;
  rowBytes = (<usize>stride) << 3;
  fourBytes = (<usize>stride) << 4;
  const matrix = <usize>k * rowBytes;
  const byRow = (((<usize>rows) << 2) + 15) & ~15;
  const byCentre = (((<usize>k) << 3) + 15) & ~15;
  const kept = <usize>(bytes === 8 ? rows : min(rows, LISTED)) * rowBytes;
  const abreast = <usize>((rows + 3) >> 2) * fourBytes;
  const needed = kept + abreast + (weighted ? 4 : 2) * byRow + 3 * matrix + 5 * byCentre + fourBytes + 32 + LISTED * 12;
  let at = (<usize>memory.size()) << 16;
  if (memory.grow(<i32>((needed + 0xffff) >> 16)) < 0) return false;
  points = at;
  rough = at += kept;
  labels = at += abreast;
  limit = at += byRow;
  at += byRow;
  weights = weighted ? at : 0;
  if (weighted) at += 2 * byRow;
  centres = at;
  sums = at += matrix;
  roughCentres = at += matrix;
  weightOf = at += matrix;
  count = at += byCentre;
  moved = at += byCentre;
  travelled = at += byCentre;
  roughTravelled = at += byCentre;
  four = at += byCentre;
  found = at += fourBytes;
  listed = at += 32;
  changes = at + LISTED * 4;
  for (let row = 0; row < rows; row++) {
    store<i32>(labels + ((<usize>row) << 2), -1);
    store<f32>(limit + ((<usize>row) << 2), -Infinity);
  }
  return true;
}

export function rowStride(): i32 {
  return stride;
}
/** Where the rows from `from` on are to be put, 8,192 at most at once. */
export function placeOf(from: i32): usize {
  return size === 8 ? points + <usize>from * rowBytes : points;
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

/** Tells that the rows `from`, a multiple of four, up to `to` are in their place. */
export function placed(from: i32, to: i32): void {
  const place = placeOf(from);
  let target = rough + <usize>(from >> 2) * fourBytes;
  for (let row = 0, last = to - from - 1; row <= last; row += 4) {
    let a = place + <usize>row * rowBytes;
    let b = place + <usize>min(row + 1, last) * rowBytes;
    let c = place + <usize>min(row + 2, last) * rowBytes;
    let d = place + <usize>min(row + 3, last) * rowBytes;
    for (const end = a + rowBytes; a < end; a += 16) {
      const ab = v128.shuffle<f32>(narrow(a), narrow(b), 0, 4, 1, 5);
      const cd = v128.shuffle<f32>(narrow(c), narrow(d), 0, 4, 1, 5);
      v128.store(target, v128.shuffle<f64>(ab, cd, 0, 2));
      v128.store(target, v128.shuffle<f64>(ab, cd, 1, 3), 16);
      target += 32;
      b += 16;
      c += 16;
      d += 16;
    }
  }
}

/** Two numbers in four bytes each. */
function narrow(place: usize): v128 {
  return f32x4.demote_f64x2_zero(v128.load(place));
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
    const end = min(at + LISTED, to);
    const count = listUnsettled(at, end);
    changeCount = 0;
    if (<f64>count < MANY * <f64>(end - at)) {
      for (let i = 0; i < count; i += 4) assignListed<P>(listed + ((<usize>i) << 2), min(4, count - i));
    } else {
      for (let row = at; row < end; row += 4) assignAbreast<P>(row, min(4, end - row));
    }
    addChanges<P>();
    changed += changeCount;
  }
  return changed;
}

/** Rows that lie far apart are fetched some at a time, so that one need not wait for the other. */
function addChanges<P>(): void {
  for (let from = 0; from < changeCount; from += FETCHED) {
    const end = changes + ((<usize>min(from + FETCHED, changeCount)) << 3);
    const start = changes + ((<usize>from) << 3);
    let touched: u8 = 0;
    for (let place = start; place < end; place += 8) touched += load<u8>(numbersOf<P>(load<i32>(place)));
    // Somewhere, or the compiler leaves it out.
    store<u8>(found, touched);
    for (let place = start; place < end; place += 8) {
      const row = load<i32>(place);
      const own = load<i32>(place, 4);
      if (own >= 0) add<P>(row, own, -1);
      add<P>(row, load<i32>(labels + ((<usize>row) << 2)), 1);
    }
  }
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

/** Gives the first `count` of four rows that lie abreast, from `row` on, their nearest centre. */
function assignAbreast<P>(row: i32, count: i32): void {
  findNearest(rough + <usize>(row >> 2) * fourBytes);
  const place = (<usize>row) << 2;
  const gap = v128.load(found, 16);
  const changed = v128.any_true(v128.xor(v128.load(found), v128.load(labels + place)));
  if (count === 4 && !changed && i32x4.all_true(f32x4.gt(gap, f32x4.splat(0)))) {
    const most = f32x4.add(gap, travelledOfFour(labels + place));
    v128.store(limit + place, f32x4.mul(most, f32x4.splat(1 - 1e-6)));
    return;
  }
  for (let lane = 0; lane < count; lane++) settle<P>(row + lane, lane);
}

function travelledOfFour(place: usize): v128 {
  const first = v128.load32_zero(roughTravelled + ((<usize>load<i32>(place)) << 2));
  const second = v128.load32_lane(roughTravelled + ((<usize>load<i32>(place, 4)) << 2), first, 1);
  const third = v128.load32_lane(roughTravelled + ((<usize>load<i32>(place, 8)) << 2), second, 2);
  return v128.load32_lane(roughTravelled + ((<usize>load<i32>(place, 12)) << 2), third, 3);
}

/** Gives the `count` rows that are listed at `place`, four at most, their nearest centre. */
function assignListed<P>(place: usize, count: i32): void {
  for (let lane = 0; lane < count; lane++) {
    let from = abreast(load<i32>(place + ((<usize>lane) << 2)));
    const first = four + ((<usize>lane) << 2);
    for (let to = first, end = first + fourBytes; to < end; to += 16) {
      store<f32>(to, load<f32>(from));
      from += 16;
    }
  }
  findNearest(four);
  for (let lane = 0; lane < count; lane++) settle<P>(load<i32>(place + ((<usize>lane) << 2)), lane);
}

/**
 * Finds the nearest centre of four rows that lie abreast, a lane each, and how much nearer it is than the next: at least,
 * whatever was rounded; not above 0 where rounding could decide.
 */
function findNearest(numbers: usize): void {
  const last = numbers + fourBytes;
  let first = i32x4.splat(0);
  let least = f32x4.splat(Infinity);
  let next = f32x4.splat(Infinity);
  let centre = roughCentres;
  for (let at = 0; at < k; at++) {
    let squared = f32x4.splat(0);
    for (let from = numbers; from < last; from += 32) {
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
  v128.store(found, first);
  v128.store(found, gap, 16);
}

/** Gives a row its nearest centre by its full numbers. */
function assignExactly<P>(row: i32): void {
  const width = (<usize>stride) << 3;
  const point = numbersOf<P>(row);
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
  note(row, first, far - sqrt<f64>(least) - far * 1e-6);
}

/** Gives a row what was found in its lane, or by its full numbers where that isn't clear. */
function settle<P>(row: i32, lane: i32): void {
  const place = found + ((<usize>lane) << 2);
  const gap = load<f32>(place, 16);
  if (gap > 0) note(row, load<i32>(place), <f64>gap);
  else assignExactly<P>(row);
}

/** Notes a row's centre and how far centres may come, and that it had another. */
function note(row: i32, centre: i32, gap: f64): void {
  const most = gap + at(travelled, centre);
  store<f32>(limit + ((<usize>row) << 2), <f32>(most - abs(most) * 1e-6));
  const place = labels + ((<usize>row) << 2);
  const own = load<i32>(place);
  store<i32>(place, centre);
  const change = changes + ((<usize>changeCount) << 3);
  store<i32>(change, row);
  store<i32>(change, own, 4);
  changeCount += <i32>(centre !== own);
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
    store<f32>(roughTravelled + ((<usize>c) << 2), <f32>at(travelled, c));
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
  return size === 8 ? distance<f64>(numbersOf<f64>(row), centre) : distance<f32>(numbersOf<f32>(row), centre);
}

/** Puts a row's numbers to a centre's sums, `sign` times. */
function add<P>(row: i32, centre: i32, sign: i32): void {
  const weight = weightAt(row) * <f64>sign;
  const each = f64x2.splat(weight);
  const end = (<usize>stride) << 3;
  let point = numbersOf<P>(row);
  const sum = sums + <usize>centre * end;
  for (let j: usize = 0; j < end; j += 16) {
    v128.store(sum + j, f64x2.add(v128.load(sum + j), f64x2.mul(pair<P>(point), each)));
    point += 2 * apart<P>();
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
    point += apart<P>();
  }
  return squared;
}

/** Where a row's first number is kept, and how many bytes further the next is. */
function numbersOf<P>(row: i32): usize {
  return sizeof<P>() === 8 ? points + <usize>row * rowBytes : abreast(row);
}

function apart<P>(): usize {
  return sizeof<P>() === 8 ? 8 : 16;
}

function abreast(row: i32): usize {
  return rough + <usize>(row >> 2) * fourBytes + ((<usize>(row & 3)) << 2);
}

/** Two columns of a row. */
function pair<P>(place: usize): v128 {
  if (sizeof<P>() === 8) return v128.load(place);
  return f64x2.promote_low_f32x4(v128.load32_lane(place + 16, v128.load32_zero(place), 1));
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
