// AssemblyScript: the clusters that are left. A cluster goes by its smallest point, so ids are rows and never change.
import { double, int, setDouble, setInt } from "../memory/numbers";

/** Columns, and the same filled up with zeros to a multiple of four. */
export let columns: i32 = 0;
export let stride: i32 = 0;
export let points: i32 = 0;

/** By cluster: exact centre (stride doubles). */
let centre: usize = 0;
/**
 * By cluster: the nearest other one and how far it is; −1, or −2 less one that is near, where it is to be searched, and how
 * far all others are at least.
 */
let nearest: usize = 0;
let distance: usize = 0;
/** By cluster: its slot, where its steps lie; negative where it is joined into another (by Ward −1 less that one). */
let slot: usize = 0;

/** Lays the clusters out in memory that is all zeros; a second instance over the same memory finds them there again. */
export function layClusters(rows: i32, width: i32): void {
  points = rows;
  columns = width;
  stride = (width + 3) & ~3;
  const count = <usize>rows;
  centre = heap.alloc((count * stride) << 3);
  distance = heap.alloc(count << 3);
  nearest = heap.alloc(count << 2);
  slot = heap.alloc(count << 2);
}

export function centres(): usize {
  return centre;
}

export function distances(): usize {
  return distance;
}
export function slots(): usize {
  return slot;
}

export function centreOf(id: i32): usize {
  return centre + ((<usize>(id * stride)) << 3);
}
export function nearestTo(id: i32): i32 {
  return int(nearest, id);
}
export function distanceOf(id: i32): f64 {
  return double(distance, id);
}
/** The high half of the bits of that distance: a whole number that grows with its logarithm. */
export function leastBits(id: i32): i32 {
  return load<i32>(distance + ((<usize>id) << 3), 4);
}
export function setNearest(id: i32, other: i32, apart: f64): void {
  setInt(nearest, id, other);
  setDouble(distance, id, apart);
}
export function slotOf(id: i32): i32 {
  return int(slot, id);
}
export function setSlot(id: i32, place: i32): void {
  setInt(slot, id, place);
}
