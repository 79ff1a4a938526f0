// AssemblyScript: moves centres to the means of their rows.
import { double, int, setDouble, setInt, setSingle } from "../memory/numbers";
import {
  centres,
  count,
  k,
  labels,
  limit,
  moved,
  roughTravelled,
  rows,
  size,
  stride,
  sums,
  travelled,
  weightOf,
} from "./layout";
import { begin } from "./rough";
import { add, rowDistance } from "./sums";

/** Moves every centre to the mean of its rows, after one without rows was given the row farthest from its own. */
export function move(): void {
  for (let c = 0; c < k; c++) if (double(count, c) === 0) takeFarthest(c);
  const width = (<usize>stride) << 3;
  let most: f64 = 0;
  let farthest = -1;
  let second: f64 = 0;
  for (let c = 0; c < k; c++) {
    const centre = centres + <usize>c * width;
    const sum = sums + <usize>c * width;
    const weight = f64x2.splat(double(weightOf, c));
    let squares = f64x2.splat(0);
    for (let j: usize = 0; j < width; j += 16) {
      const mean = f64x2.div(v128.load(sum + j), weight);
      const difference = f64x2.sub(v128.load(centre + j), mean);
      squares = f64x2.add(squares, f64x2.mul(difference, difference));
      v128.store(centre + j, mean);
    }
    const way = sqrt<f64>(f64x2.extract_lane(squares, 0) + f64x2.extract_lane(squares, 1));
    setDouble(moved, c, way);
    if (way > most) {
      second = most;
      most = way;
      farthest = c;
    } else if (way > second) second = way;
  }
  for (let c = 0; c < k; c++) {
    const way = double(moved, c) + (c === farthest ? second : most);
    setDouble(travelled, c, double(travelled, c) + way * (1 + 1e-12));
    setSingle(roughTravelled, c, <f32>double(travelled, c));
  }
  begin();
}

/** Gives a centre the row farthest from its own: of rows that do not make up a cluster alone, of equally far ones the first. */
function takeFarthest(centre: i32): void {
  const width = (<usize>stride) << 3;
  let farthest = -1;
  let most: f64 = -1;
  for (let row = 0; row < rows; row++) {
    const own = int(labels, row);
    if (double(count, own) < 2) continue;
    const squared = rowDistance(row, centres + <usize>own * width);
    if (squared <= most) continue;
    most = squared;
    farthest = row;
  }
  if (farthest < 0) return;
  const own = int(labels, farthest);
  setInt(labels, farthest, centre);
  setSingle(limit, farthest, -Infinity);
  memory.fill(sums + <usize>centre * width, 0, width);
  setDouble(weightOf, centre, 0);
  if (size === 8) {
    add<f64>(farthest, own, -1);
    add<f64>(farthest, centre, 1);
  } else {
    add<f32>(farthest, own, -1);
    add<f32>(farthest, centre, 1);
  }
}
