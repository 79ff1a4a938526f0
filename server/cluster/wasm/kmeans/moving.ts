// AssemblyScript: moves centres to the means of their rows.
import { double, setDouble, setSingle } from "../memory/numbers";
import { centres, k, moved, roughTravelled, stride, sums, travelled, weightOf } from "./layout";
import { begin } from "./rough";

/** Moves every centre to the mean of its rows; each has one at least. */
export function move(): void {
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
