// AssemblyScript: the clusters that are left lie in the first slots, in steps of 16 bits, four of them side by side.
import { centreOf, columns, points, setSlot } from "../clusters/live";
import { quartet, stepOf } from "../clusters/steps";
import { int, setInt, setSingle, single } from "../memory/numbers";

/** Clusters that are left. */
export let live: i32 = 0;
/** By slot: the cluster there; its steps, two columns of four slots after two others; mean square of its points' distance from its centre. */
let idOf: usize = 0;
export let steps: usize = 0;
export let spread: usize = 0;

export function laySlots(): void {
  const padded = (<usize>((points + 7) & ~7)) << 2;
  idOf = heap.alloc(padded);
  steps = heap.alloc((padded >> 4) * quartet);
  spread = heap.alloc(padded);
}

/** Puts every point into a slot. */
export function beginSlots(): void {
  live = points;
  const end = (points + 7) & ~7;
  for (let slot = 0; slot < end; slot++) {
    if (slot < points) settle(slot, slot, 0);
    else clear(slot);
  }
}

export function idAt(slot: i32): i32 {
  return int(idOf, slot);
}
export function stepsAt(slot: i32): usize {
  return steps + <usize>(slot >> 2) * quartet + ((<usize>(slot & 3)) << 2);
}
export function spreadAt(slot: i32): f64 {
  return <f64>single(spread, slot);
}
export function setSpread(slot: i32, value: f32): void {
  setSingle(spread, slot, value);
}

/** Puts a cluster into a slot. */
export function settle(slot: i32, cluster: i32, within: f32): void {
  const to = stepsAt(slot);
  for (let j: usize = 0; j < <usize>columns; j++) {
    store<i16>(to + ((j >> 1) << 4) + ((j & 1) << 1), stepOf(centreOf(cluster), <i32>j));
  }
  setInt(idOf, slot, cluster);
  setSlot(cluster, slot);
  setSpread(slot, within);
}

/** Takes what is in a slot away; the last cluster moves there. */
export function vacate(slot: i32): void {
  live--;
  if (slot !== live) settle(slot, idAt(live), <f32>spreadAt(live));
  clear(live);
}

/** Empties a slot. */
function clear(slot: i32): void {
  setInt(idOf, slot, -1);
  setSpread(slot, Infinity);
}
