// AssemblyScript: clusters by their slots. A cluster lives in the slot of its smallest point; what is known of all slots is
// looked at by twos, and slots are filled up to whole fours with dead ones.
import { double, int, setDouble, setInt, zeros } from "../memory/numbers";

/** Joins that there are to be; clusters that are left, slots that they are spread over, and these in fours. */
export let total: i32 = 0;
export let live: i32 = 0;
export let slots: i32 = 0;
export let quads: i32 = 0;

/**
 * By slot: size; least distance, below which are none; bound of all distances but that; nearest slot (−1: not known); id;
 * smallest point; Infinity where it is dead, else 0.
 */
export let size: usize = 0;
export let least: usize = 0;
export let others: usize = 0;
export let nearest: usize = 0;
export let idOf: usize = 0;
export let pointOf: usize = 0;
export let dead: usize = 0;
/** By id: its slot, −1 once it is joined. And how many ids there are by now. */
export let slotOf: usize = 0;
let ids: i32 = 0;

export function laySlots(clusters: i32): void {
  total = clusters - 1;
  live = clusters;
  ids = clusters;
  keepFirst(clusters);
  const padded = (<usize>quads) << 2;
  size = zeros(padded << 3);
  least = zeros(padded << 3);
  others = zeros(padded << 3);
  dead = zeros(padded << 3);
  nearest = zeros(padded << 3);
  idOf = zeros(padded << 2);
  pointOf = zeros(padded << 2);
  slotOf = zeros((<usize>(2 * clusters)) << 2);
  for (let slot = 0; slot < <i32>padded; slot++) {
    forget(slot);
    setInt(idOf, slot, slot);
    setInt(pointOf, slot, slot);
    if (slot >= clusters) setDouble(dead, slot, Infinity);
  }
  for (let id = 0; id < 2 * clusters; id++) setInt(slotOf, id, id < clusters ? id : -1);
}

/** Where clusters' sizes are to be put. */
export function weights(): usize {
  return size;
}

/** From now on only the first slots count. */
export function keepFirst(count: i32): void {
  slots = count;
  quads = (count + 3) >> 2;
}

/** Lets two clusters live on as one, with the next id, in the slot of the first. */
export function unite(stays: i32, goes: i32): void {
  const id = ids++;
  setInt(slotOf, int(idOf, stays), -1);
  setInt(slotOf, int(idOf, goes), -1);
  setInt(slotOf, id, stays);
  setInt(idOf, stays, id);
  setDouble(size, stays, double(size, stays) + double(size, goes));
  setDouble(dead, goes, Infinity);
  forget(goes);
  forget(stays);
  live--;
}

/** Notes a cluster's nearest one, how far it is, and how far all others are at least. */
export function know(slot: i32, other: i32, distance: f64, bound: f64): void {
  setDouble(least, slot, distance);
  setDouble(others, slot, bound);
  setDouble(nearest, slot, other);
}

export function forget(slot: i32): void {
  know(slot, -1, -Infinity, -Infinity);
}
