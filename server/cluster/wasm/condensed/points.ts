// AssemblyScript: the points, one cluster's after the other's, in fours: four of the first column, four of the second and so on.
import { zeros } from "../memory/numbers";

export let columns: i32 = 0;
/** By point: where it is, and its share of its cluster. By cluster: its first point, and what the shares come to. */
export let coordinates: usize = 0;
export let share: usize = 0;
export let first: usize = 0;
export let whole: usize = 0;

export function layPoints(points: i32, clusters: i32, width: i32): void {
  columns = width;
  const fours = <usize>(points + 3) >> 2;
  coordinates = zeros((fours * <usize>width) << 5);
  share = zeros((<usize>points) << 3);
  whole = zeros((<usize>clusters) << 3);
  first = zeros((<usize>(clusters + 1)) << 2);
}

export function places(): usize {
  return coordinates;
}
export function starts(): usize {
  return first;
}
export function shares(): usize {
  return share;
}
export function wholes(): usize {
  return whole;
}
