// AssemblyScript: what rows' full numbers are for: distances to centres, and the sums that centres are the means of.
import { double, setDouble } from "../memory/numbers";
import { apart, count, numbersOf, size, stride, sums, weightAt, weightOf } from "./layout";

/** Puts a row's numbers, which are at `point`, to a centre's sums, `sign` times. */
export function add<P>(point: usize, row: i32, centre: i32, sign: i32): void {
  const weight = weightAt(row) * <f64>sign;
  const each = f64x2.splat(weight);
  const end = (<usize>stride) << 3;
  const sum = sums + <usize>centre * end;
  for (let j: usize = 0; j < end; j += 16) {
    v128.store(sum + j, f64x2.add(v128.load(sum + j), f64x2.mul(pair<P>(point), each)));
    point += 2 * apart<P>();
  }
  setDouble(weightOf, centre, double(weightOf, centre) + weight);
  setDouble(count, centre, double(count, centre) + <f64>sign);
}

export function distance<P>(row: usize, centre: usize): f64 {
  let point = row;
  let squared: f64 = 0;
  const end = centre + ((<usize>stride) << 3);
  for (let c = centre; c < end; c += 8) {
    const difference = <f64>load<P>(point) - load<f64>(c);
    squared += difference * difference;
    point += apart<P>();
  }
  return squared;
}

/** Of a row which was put at a place. */
export function rowDistance(row: i32, slot: i32, centre: usize): f64 {
  return size === 8
    ? distance<f64>(numbersOf<f64>(row, slot), centre)
    : distance<f32>(numbersOf<f32>(row, slot), centre);
}

/** Two columns of a row. */
function pair<P>(place: usize): v128 {
  if (sizeof<P>() === 8) return v128.load(place);
  return f64x2.promote_low_f32x4(v128.load32_lane(place + 16, v128.load32_zero(place), 1));
}
