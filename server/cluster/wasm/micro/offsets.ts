// AssemblyScript: the ways from a cell to those near it, in numbers of four bytes, sixteen abreast.
import { double, int, setDouble, setSingle } from "../memory/numbers";
import { squaredDistance } from "../memory/squared-distance";
import { cells, centres, NEAR, nearOf, offsetsOf, stride, units, width } from "./cells";
import { nearCount } from "./near";

/**
 * Lays the ways to the cells near every cell, from its middle and with the longest of them as the unit, so that four bytes
 * are enough wherever the cells lie; before them, of each way, half its squared length.
 */
export function layOffsets(): void {
  const count = nearCount();
  for (let cell = 0; cell < cells; cell++) {
    const ids = nearOf(cell);
    const middle = centres + <usize>cell * width;
    let longest: f64 = 0;
    for (let i = 1; i <= count; i++) {
      longest = max(longest, squaredDistance(middle, centres + <usize>int(ids, i) * width, width));
    }
    const unit = longest > 0 ? 1 / sqrt<f64>(longest) : 1;
    setDouble(units, cell, unit);
    const halves = offsetsOf(cell);
    for (let i = 0; i < NEAR; i++) {
      let squares: f64 = 0;
      let to = halves + ((<usize>i) << 2);
      for (let c = 0; c < stride; c++) {
        to += NEAR << 2;
        // The cell itself, and where there are fewer cells than places, is no way at all.
        const way: f32 = i > count ? 0 : <f32>((double(centres, int(ids, i) * stride + c) - double(middle, c)) * unit);
        store<f32>(to, way);
        squares += <f64>way * <f64>way;
      }
      setSingle(halves, i, i > count ? <f32>Infinity : <f32>(squares / 2));
    }
  }
}
