// AssemblyScript: the kernel of `server/cluster/micro.ts`, which says what it computes; its twin is `micro-plain.ts`.
// A row's numbers lie side by side, filled up with a zero to an even number: two columns are computed with at once.

/** Cells that a row can go to from its own, at most. */
const NEAR: i32 = 16;

let stride: i32 = 0;
let width: usize = 0;
let most: i32 = 0;
let cells: i32 = 0;

/** Rows that are split, then rows that are given their cell. */
let points: usize = 0;
let labels: usize = 0;
/** By cell: its rows, sum of squares about its mean and the column with the most of it (−1 where it can't be split), and where the tree has it. */
let from: usize = 0;
let to: usize = 0;
let squares: usize = 0;
let widest: usize = 0;
let parent: usize = 0;
/** By split: column, border, and what is below and above it: a split, or −1 less a cell. */
let column: usize = 0;
let border: usize = 0;
let child: usize = 0;
/** By cell: mean; sums and weight of the rows that it was given; cells near it, with a quarter of the squared distance. */
let centres: usize = 0;
let sums: usize = 0;
let weights: usize = 0;
let near: usize = 0;
let quarter: usize = 0;
/** Sums and sums of squares of each column. */
let moments: usize = 0;
/** Centres in numbers of four bytes, four abreast: the first numbers of four cells, then their second ones. Four have `fourBytes`. */
let rough: usize = 0;
let fourBytes: usize = 0;
/** The length of the longest centre, and what part of it and of a distance rounding to four bytes may be at most. */
let longest: f32 = 0;
let rounded: f32 = 0;

/** Makes room for so many rows at once; false where there is not enough memory. */
export function reserve(rows: i32, columns: i32, cellCount: i32): bool {
  stride = (columns + 1) & ~1;
  width = (<usize>stride) << 3;
  most = cellCount;
  fourBytes = (<usize>stride) << 4;
  rounded = <f32>(stride + 8) * 1e-7;
  const four = (((<usize>most) << 2) + 15) & ~15;
  const eight = ((<usize>most) << 3) + 16;
  const matrix = <usize>most * width;
  const byRow = <usize>rows * width + ((((<usize>rows) << 2) + 15) & ~15);
  const needed =
    byRow +
    8 * four +
    3 * eight +
    2 * matrix +
    <usize>most * NEAR * 12 +
    2 * width +
    <usize>((most + 3) >> 2) * fourBytes;
  let at = (<usize>memory.size()) << 16;
  if (memory.grow(<i32>((needed + 0xffff) >> 16)) < 0) return false;
  points = at;
  centres = at += <usize>rows * width;
  sums = at += matrix;
  moments = at += matrix;
  quarter = at += 2 * width;
  squares = at += <usize>most * NEAR * 8;
  border = at += eight & ~15;
  weights = at += eight & ~15;
  near = at += eight & ~15;
  labels = at += <usize>most * NEAR * 4;
  from = at += (((<usize>rows) << 2) + 15) & ~15;
  to = at += four;
  widest = at += four;
  parent = at += four;
  column = at += four;
  child = at += four;
  rough = at + 2 * four;
  return true;
}

export function rowStride(): i32 {
  return stride;
}
export function pointsAt(): usize {
  return points;
}
export function labelsAt(): usize {
  return labels;
}
export function centresAt(): usize {
  return centres;
}
export function weightsAt(): usize {
  return weights;
}
export function cellCount(): i32 {
  return cells;
}

/** Puts the first `rows` rows into one cell. */
export function begin(rows: i32): void {
  cells = 1;
  setInt(from, 0, 0);
  setInt(to, 0, rows);
  setInt(parent, 0, -1);
  describe(0);
}

/** Splits up to `steps` times; false where nothing is left to split. */
export function split(steps: i32): bool {
  for (let step = 0; step < steps; step++) {
    if (cells === most) return false;
    let largest = -1;
    let sum: f64 = 0;
    for (let cell = 0; cell < cells; cell++) {
      if (at(squares, cell) <= sum) continue;
      sum = at(squares, cell);
      largest = cell;
    }
    if (largest < 0) return false;
    splitCell(largest);
  }
  return true;
}

function splitCell(cell: i32): void {
  const by = int(widest, cell);
  const middle = at(centres, cell * stride + by);
  let low = int(from, cell);
  let high = int(to, cell) - 1;
  while (low <= high) {
    if (at(points, low * stride + by) <= middle) low++;
    else swap(low, high--);
  }
  // Rounding can leave all on one side.
  if (low === int(from, cell) || low === int(to, cell)) {
    put(squares, cell, 0);
    return;
  }
  const made = cells - 1;
  setInt(column, made, by);
  put(border, made, middle);
  setInt(child, 2 * made, ~cell);
  setInt(child, 2 * made + 1, ~cells);
  if (int(parent, cell) >= 0) setInt(child, int(parent, cell), made);
  setInt(parent, cell, 2 * made);
  setInt(parent, cells, 2 * made + 1);
  setInt(from, cells, low);
  setInt(to, cells, int(to, cell));
  setInt(to, cell, low);
  describe(cell);
  describe(cells++);
}

/** Mean and sum of squares of a cell, from the differences to its first row, so that numbers far from 0 lose nothing. */
function describe(cell: i32): void {
  const origin = points + <usize>int(from, cell) * width;
  const end = points + <usize>int(to, cell) * width;
  const rows = <f64>(int(to, cell) - int(from, cell));
  const mean = centres + <usize>cell * width;
  memory.fill(moments, 0, 2 * width);
  for (let row = origin; row < end; row += width) {
    for (let c: usize = 0; c < width; c += 16) {
      const apart = f64x2.sub(v128.load(row + c), v128.load(origin + c));
      const place = moments + c;
      v128.store(place, f64x2.add(v128.load(place), apart));
      v128.store(place + width, f64x2.add(v128.load(place + width), f64x2.mul(apart, apart)));
    }
  }
  let total: f64 = 0;
  let largest: f64 = -1;
  for (let c = 0; c < stride; c++) {
    const sum = at(moments, c);
    const square = at(moments, c + stride) - (sum * sum) / rows;
    total += max(square, 0);
    if (square > largest) {
      largest = square;
      setInt(widest, cell, c);
    }
    store<f64>(mean + ((<usize>c) << 3), at(origin, c) + sum / rows);
  }
  put(squares, cell, total);
}

/** Lays the centres abreast, before those near each other are found. */
export function layAbreast(): void {
  let most: f64 = 0;
  for (let cell = 0; cell < cells; cell++) {
    const mine = centres + <usize>cell * width;
    let to = roughOf(cell);
    let squares: f64 = 0;
    for (let c = 0; c < stride; c++) {
      const value = at(mine, c);
      squares += value * value;
      store<f32>(to, <f32>value);
      to += 16;
    }
    most = max(most, sqrt<f64>(squares));
  }
  longest = <f32>most;
}

/** Finds the cells near each of the cells `first` up to `last`, the nearest first; of equally near ones the smaller. */
export function findNear(first: i32, last: i32): void {
  for (let cell = first; cell < last; cell++) {
    let found = 0;
    let limit = f32x4.splat(Infinity);
    for (let other = 0; other < cells; other += 4) {
      // Mostly all four are farther than those that are kept, whatever was rounded.
      if (!v128.any_true(f32x4.le(roughDistances(cell, other), limit))) continue;
      const end = min(other + 4, cells);
      for (let one = other; one < end; one++) if (one !== cell) found = keepIfNear(cell, one, found);
      if (found === min(NEAR, cells - 1)) limit = f32x4.splat(roughLimit(at(quartersOf(cell), found - 1)));
    }
  }
}

/** Puts another cell among those near a cell, of which it has `found`; gives how many it has. */
function keepIfNear(cell: i32, other: i32, found: i32): i32 {
  const kept = min(NEAR, cells - 1);
  const ids = near + ((<usize>(cell * NEAR)) << 2);
  const distances = quartersOf(cell);
  const here = distance(centres + <usize>cell * width, centres + <usize>other * width) / 4;
  if (found === kept && here >= at(distances, kept - 1)) return kept;
  let place = found < kept ? found : kept - 1;
  for (; place > 0 && at(distances, place - 1) > here; place--) {
    put(distances, place, at(distances, place - 1));
    setInt(ids, place, int(ids, place - 1));
  }
  put(distances, place, here);
  setInt(ids, place, other);
  return min(found + 1, kept);
}

/** Squared distances of a cell to four that lie abreast. */
function roughDistances(cell: i32, other: i32): v128 {
  let mine = roughOf(cell);
  let theirs = roughOf(other);
  let squared = f32x4.splat(0);
  for (const end = theirs + fourBytes; theirs < end; theirs += 32) {
    const even = f32x4.sub(v128.load(theirs), v128.load32_splat(mine));
    const odd = f32x4.sub(v128.load(theirs, 16), v128.load32_splat(mine, 16));
    squared = f32x4.add(squared, f32x4.add(f32x4.mul(even, even), f32x4.mul(odd, odd)));
    mine += 32;
  }
  return squared;
}

/** A squared distance of four-byte numbers that none of less than four times `quarter` can exceed. */
function roughLimit(quarter: f64): f32 {
  const way = <f32>(2 * sqrt<f64>(quarter));
  const most = way + (way + 2 * longest) * rounded + <f32>1e-18;
  return most * most * (1 + 1e-6);
}

function quartersOf(cell: i32): usize {
  return quarter + ((<usize>(cell * NEAR)) << 3);
}

function roughOf(cell: i32): usize {
  return rough + <usize>(cell >> 2) * fourBytes + ((<usize>(cell & 3)) << 2);
}

/** Gives the first `rows` rows the nearest of the cells near that which the tree, or their label, says. */
export function assign(rows: i32, byTree: bool): void {
  const kept = min(NEAR, cells - 1);
  for (let row = 0; row < rows; row++) {
    const point = points + <usize>row * width;
    const start = byTree ? descend(point) : int(labels, row);
    const ids = near + ((<usize>(start * NEAR)) << 2);
    const distances = quarter + ((<usize>(start * NEAR)) << 3);
    const own = distance(point, centres + <usize>start * width);
    let least = own;
    let best = start;
    for (let i = 0; i < kept; i++) {
      // A cell twice as far from the own as the row is can't be nearer.
      if (at(distances, i) > own) break;
      const other = int(ids, i);
      const here = distance(point, centres + <usize>other * width);
      if (here >= least) continue;
      least = here;
      best = other;
    }
    setInt(labels, row, best);
    const sum = sums + <usize>best * width;
    for (let c: usize = 0; c < width; c += 16) {
      v128.store(sum + c, f64x2.add(v128.load(sum + c), v128.load(point + c)));
    }
    put(weights, best, at(weights, best) + 1);
  }
}

/** Moves every cell to the mean of its rows; one without rows stays. */
export function move(): void {
  for (let cell = 0; cell < cells; cell++) {
    const weight = at(weights, cell);
    if (weight === 0) continue;
    for (let c = cell * stride; c < (cell + 1) * stride; c++) put(centres, c, at(sums, c) / weight);
  }
}

export function forget(): void {
  memory.fill(sums, 0, <usize>cells * width);
  memory.fill(weights, 0, (<usize>cells) << 3);
}

function descend(point: usize): i32 {
  if (cells === 1) return 0;
  let node = 0;
  while (node >= 0) node = int(child, 2 * node + <i32>(at(point, int(column, node)) > at(border, node)));
  return ~node;
}

function swap(one: i32, other: i32): void {
  const a = points + <usize>one * width;
  const b = points + <usize>other * width;
  for (let c: usize = 0; c < width; c += 16) {
    const kept = v128.load(a + c);
    v128.store(a + c, v128.load(b + c));
    v128.store(b + c, kept);
  }
}

function distance(a: usize, b: usize): f64 {
  let sum = f64x2.splat(0);
  for (let c: usize = 0; c < width; c += 16) {
    const apart = f64x2.sub(v128.load(a + c), v128.load(b + c));
    sum = f64x2.add(sum, f64x2.mul(apart, apart));
  }
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}

function at(base: usize, index: i32): f64 {
  return load<f64>(base + ((<usize>index) << 3));
}

function put(base: usize, index: i32, value: f64): void {
  store<f64>(base + ((<usize>index) << 3), value);
}

function int(base: usize, index: i32): i32 {
  return load<i32>(base + ((<usize>index) << 2));
}

function setInt(base: usize, index: i32, value: i32): void {
  store<i32>(base + ((<usize>index) << 2), value);
}
