// AssemblyScript: a centre that has lost all its rows goes to the row farthest from its own.
import { double, int, setDouble, setInt, setSingle } from "../memory/numbers";
import { centres, count, labels, limit, numbersOf, rowBytes, size, sums, weightOf } from "./layout";
import { add, rowDistance } from "./sums";

let farthest: i32 = -1;
let most: f64 = -1;

export function isEmpty(centre: i32): bool {
  return double(count, centre) === 0;
}

export function beginFarthest(): void {
  farthest = -1;
  most = -1;
}

/** Looks for the farthest among the rows `from` up to `to`, which are in their place: of rows that do not make up a cluster alone, of equally far ones the first. */
export function findFarthest(from: i32, to: i32): void {
  for (let row = from; row < to; row++) {
    const own = int(labels, row);
    if (double(count, own) < 2) continue;
    const squared = rowDistance(row, row - from, centres + <usize>own * rowBytes);
    if (squared <= most) continue;
    most = squared;
    farthest = row;
  }
}

/** Which row that is; −1 where there is none. */
export function farthestRow(): i32 {
  return farthest;
}

/** Gives it, which is in the first place now, to a centre without rows. */
export function giveFarthest(centre: i32): void {
  const own = int(labels, farthest);
  setInt(labels, farthest, centre);
  setSingle(limit, farthest, -Infinity);
  memory.fill(sums + <usize>centre * rowBytes, 0, rowBytes);
  setDouble(weightOf, centre, 0);
  if (size === 8) giveTo<f64>(own, centre);
  else giveTo<f32>(own, centre);
}

function giveTo<P>(own: i32, centre: i32): void {
  const point = numbersOf<P>(farthest, 0);
  add<P>(point, farthest, own, -1);
  add<P>(point, farthest, centre, 1);
}
