// AssemblyScript: the clusters that are left. A cluster goes by its smallest point, so ids are rows and never change.

/** Columns, and the same filled up with zeros to a multiple of four. */
export let columns: i32 = 0;
export let stride: i32 = 0;
export let points: i32 = 0;

/** By cluster: exact centre (stride doubles) and 1/n. */
let centre: usize = 0;
let inverse: usize = 0;
/**
 * By cluster: the nearest other one and how far it is; −1, or −2 less one that is near, where it is to be searched, and how
 * far all others are at least.
 */
let nearest: usize = 0;
let distance: usize = 0;
/** By cluster: its place in the tree; −1 less the other where it is joined into another. */
let slot: usize = 0;

/** Lays the clusters out in memory that is all zeros; a second instance over the same memory finds them there again. */
export function layClusters(rows: i32, width: i32): void {
  points = rows;
  columns = width;
  stride = (width + 3) & ~3;
  const count = <usize>rows;
  centre = heap.alloc((count * stride) << 3);
  inverse = heap.alloc(count << 3);
  distance = heap.alloc(count << 3);
  nearest = heap.alloc(count << 2);
  slot = heap.alloc(count << 2);
}

export function centres(): usize {
  return centre;
}
export function inverses(): usize {
  return inverse;
}

export function centreOf(id: i32): usize {
  return centre + ((<usize>(id * stride)) << 3);
}
export function inverseOf(id: i32): f64 {
  return load<f64>(inverse + ((<usize>id) << 3));
}
export function setInverse(id: i32, value: f64): void {
  store<f64>(inverse + ((<usize>id) << 3), value);
}
export function nearestTo(id: i32): i32 {
  return load<i32>(nearest + ((<usize>id) << 2));
}
export function distanceOf(id: i32): f64 {
  return load<f64>(distance + ((<usize>id) << 3));
}
/** The high half of the bits of that distance: a whole number that grows with its logarithm. */
export function leastBits(id: i32): i32 {
  return load<i32>(distance + ((<usize>id) << 3), 4);
}
export function setNearest(id: i32, other: i32, apart: f64): void {
  store<i32>(nearest + ((<usize>id) << 2), other);
  store<f64>(distance + ((<usize>id) << 3), apart);
}
export function slotOf(id: i32): i32 {
  return load<i32>(slot + ((<usize>id) << 2));
}
export function setSlot(id: i32, place: i32): void {
  store<i32>(slot + ((<usize>id) << 2), place);
}

/** ‖x − y‖² / (1/nₓ + 1/n_y), summed in the twin's order. */
export function wardDistance(a: i32, b: i32): f64 {
  const x = centreOf(a);
  const y = centreOf(b);
  const end = (<usize>stride) << 3;
  let even = f64x2.splat(0);
  let odd = f64x2.splat(0);
  for (let at: usize = 0; at < end; at += 32) {
    const first = f64x2.sub(v128.load(x + at), v128.load(y + at));
    const second = f64x2.sub(v128.load(x + at, 16), v128.load(y + at, 16));
    even = f64x2.add(even, f64x2.mul(first, first));
    odd = f64x2.add(odd, f64x2.mul(second, second));
  }
  const sums = f64x2.add(even, odd);
  return (f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1)) / (inverseOf(a) + inverseOf(b));
}
