// AssemblyScript: slots close up, in order, when many of them are dead.
import { double, int, setDouble, setInt } from "../memory/numbers";
import {
  dead,
  forget,
  idOf,
  keepFirst,
  know,
  least,
  live,
  nearest,
  others,
  pointOf,
  quads,
  size,
  slotOf,
  slots,
} from "./slots";
import { DOUBLE, gatherBefore, look, mirrored, one, ROW, TILE, tileRow, two } from "./tiles";

/** Slots close up when this share of them is left; so few never do. */
const WORN: f64 = 0.75;
const FEW: i32 = 16;

export function areWorn(): bool {
  return slots > FEW && <f64>live < <f64>slots * WORN;
}

/** Moves the living to the first slots. No row is written before it and all before it have been read. */
export function closeUp(): void {
  let to = 0;
  for (let from = 0; from < slots; from++) {
    if (double(dead, from) !== 0) continue;
    // `two` is free for the old slots of the living.
    setInt(two, to, from);
    gatherBefore(from, one);
    let at = tileRow(to >> 2) + <usize>(to & 3) * ROW;
    for (let other = 0; other <= to; other++) {
      store<f64>(at, double(one, int(two, other)));
      at += (other & 3) === 3 ? TILE - 3 * DOUBLE : DOUBLE;
    }
    for (let other = to & ~3; other < to; other++) store<f64>(mirrored(to, other), double(one, int(two, other)));
    to++;
  }
  for (let slot = 0; slot < to; slot++) {
    const from = int(two, slot);
    setDouble(size, slot, double(size, from));
    setInt(idOf, slot, int(idOf, from));
    setInt(pointOf, slot, int(pointOf, from));
    setInt(slotOf, int(idOf, slot), slot);
    know(slot, <i32>double(nearest, from), double(least, from), double(others, from));
    // From here on `one` says where each old slot went.
    setInt(one, from, slot);
  }
  for (let slot = 0; slot < to; slot++) {
    const other = <i32>double(nearest, slot);
    if (other >= 0) setDouble(nearest, slot, int(one, other));
  }
  keepFirst(to);
  for (let slot = 0; slot < quads << 2; slot++) {
    setDouble(dead, slot, slot < to ? 0 : Infinity);
    if (slot >= to) forget(slot);
  }
  look(<i64>to * to);
}
