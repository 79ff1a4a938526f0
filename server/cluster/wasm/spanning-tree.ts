// AssemblyScript: the kernel of `server/cluster/spanning-tree.ts`, which says what it computes and how ties are broken.
// Numbers lie bare in memory, 16 bytes aligned, so that two columns are subtracted and squared at once.

/** Columns, filled up with zeros to an even number. */
let stride: i32 = 0;
let points: i32 = 0;
let done: i32 = 0;
let added: i32 = 0;

let remaining: usize = 0;
let newest: usize = 0;
let outside: usize = 0;
let inside: usize = 0;
let squared: usize = 0;
let joinA: usize = 0;
let joinB: usize = 0;
let height: usize = 0;

/** Makes room for points × columns, row-major; gives where the coordinates are to be put, `rowStride` apart. */
export function reserve(rows: i32, columns: i32): usize {
  points = rows;
  stride = (columns + 1) & ~1;
  const joins = <usize>max(rows - 1, 0);
  const coordinates = heap.alloc((<usize>rows * stride) << 3);
  memory.fill(coordinates, 0, (<usize>rows * stride) << 3);
  newest = coordinates;
  remaining = coordinates + ((<usize>stride) << 3);
  outside = heap.alloc(joins << 2);
  inside = heap.alloc(joins << 2);
  squared = heap.alloc(joins << 3);
  joinA = heap.alloc(joins << 2);
  joinB = heap.alloc(joins << 2);
  height = heap.alloc(joins << 3);
  for (let i = 0; i < rows - 1; i++) {
    store<i32>(outside + ((<usize>i) << 2), i + 1);
    store<i32>(inside + ((<usize>i) << 2), 0);
    store<f64>(squared + ((<usize>i) << 3), Infinity);
  }
  return coordinates;
}

export function rowStride(): i32 {
  return stride;
}
export function joinsA(): usize {
  return joinA;
}
export function joinsB(): usize {
  return joinB;
}
export function heights(): usize {
  return height;
}

/** Adds up to `steps` points to the tree; gives how many joins are made by now. */
export function advance(steps: i32): i32 {
  const total = points - 1;
  const until = min(done + steps, total);
  while (done < until) addNearest(total - done);
  return done;
}

function addNearest(count: i32): void {
  const width = (<usize>stride) << 3;
  let nearest = 0;
  let least: f64 = Infinity;
  let row = remaining;
  for (let i = 0; i < count; i++) {
    let sums = f64x2.splat(0);
    for (let c: usize = 0; c < width; c += 16) {
      const difference = f64x2.sub(v128.load(row + c), v128.load(newest + c));
      sums = f64x2.add(sums, f64x2.mul(difference, difference));
    }
    row += width;
    const sum = f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1);
    let here = at(squared, i);
    if (sum < here || (sum === here && added < int(inside, i))) {
      here = sum;
      store<f64>(squared + ((<usize>i) << 3), sum);
      store<i32>(inside + ((<usize>i) << 2), added);
    }
    if (here < least || (here === least && int(outside, i) < int(outside, nearest))) {
      nearest = i;
      least = here;
    }
  }
  join(nearest, count - 1, width);
}

function join(nearest: i32, last: i32, width: usize): void {
  added = int(outside, nearest);
  store<i32>(joinA + ((<usize>done) << 2), int(inside, nearest));
  store<i32>(joinB + ((<usize>done) << 2), added);
  store<f64>(height + ((<usize>done) << 3), sqrt<f64>(at(squared, nearest)));
  const from = remaining + <usize>nearest * width;
  memory.copy(newest, from, width);
  store<i32>(outside + ((<usize>nearest) << 2), int(outside, last));
  store<i32>(inside + ((<usize>nearest) << 2), int(inside, last));
  store<f64>(squared + ((<usize>nearest) << 3), at(squared, last));
  memory.copy(from, remaining + <usize>last * width, width);
  done++;
}

function at(base: usize, index: i32): f64 {
  return load<f64>(base + ((<usize>index) << 3));
}

function int(base: usize, index: i32): i32 {
  return load<i32>(base + ((<usize>index) << 2));
}
