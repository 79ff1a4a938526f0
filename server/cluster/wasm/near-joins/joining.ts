// AssemblyScript: joins two clusters.
import { centreOf, distanceOf, setNearest, setSlot, slotOf, stride } from "../clusters/live";
import { stepsAUnit } from "../clusters/steps";
import { record } from "../memory/joins";
import { squaredDistance } from "../memory/squared-distance";
import { append, massOf } from "./members";
import { settle, spreadAt, vacate } from "./slots";

/** Joins two clusters into the smaller one. */
export function join(a: i32, b: i32): void {
  record(a, b, distanceOf(a));
  const massA = massOf(a);
  const massB = massOf(b);
  append(a, b);
  const both = massOf(a);
  const x = centreOf(a);
  const y = centreOf(b);
  const bytes = (<usize>stride) << 3;
  const apart = squaredDistance(x, y, bytes) * stepsAUnit() * stepsAUnit();
  const slotA = slotOf(a);
  const slotB = slotOf(b);
  const within = (massA * spreadAt(slotA) + massB * spreadAt(slotB)) / both + (massA / both) * (massB / both) * apart;
  for (let j: usize = 0; j < bytes; j += 8) {
    store<f64>(x + j, (load<f64>(x + j) * massA + load<f64>(y + j) * massB) / both);
  }
  setNearest(a, -1, distanceOf(a));
  setNearest(b, -1, 0);
  setSlot(b, -1);
  settle(slotA, a, <f32>within);
  vacate(slotB);
}
