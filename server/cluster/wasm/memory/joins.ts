// AssemblyScript: a hierarchy's joins, in the order in which they are made.
import { setDouble, setInt } from "./numbers";

export let made: i32 = 0;
let joinA: usize = 0;
let joinB: usize = 0;
let height: usize = 0;

/** Makes room for so many. */
export function layJoins(most: i32): void {
  const bytes = (<usize>most) << 2;
  joinA = heap.alloc(bytes);
  joinB = heap.alloc(bytes);
  height = heap.alloc(bytes << 1);
}

export function record(a: i32, b: i32, apart: f64): void {
  setInt(joinA, made, a);
  setInt(joinB, made, b);
  setDouble(height, made++, apart);
}

export function joinsMade(): i32 {
  return made;
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
