// AssemblyScript: what the periods so far come to, weekdays taken out.
import { dayW, dayWy, double, kappa, setDouble, share, shareW, shareWy, slot, WEEKDAYS, w, wy, wyy } from "./layout";

/** ⟨1,1⟩, ⟨1,y⟩ and ⟨y,y⟩ of a period's and all before it. */
export let one: f64 = 0;
export let oneY: f64 = 0;
export let yy: f64 = 0;

/** Adds a period to its weekday. */
export function addDay(i: i32): void {
  const day = <i32>load<u8>(slot + <usize>i);
  setDouble(dayW, day, double(dayW, day) + (double(w, i + 1) - double(w, i)));
  setDouble(dayWy, day, double(dayWy, day) + (double(wy, i + 1) - double(wy, i)));
}

export function totals(end: i32): void {
  one = double(w, end);
  oneY = double(wy, end);
  yy = double(wyy, end);
  for (let day = 0; day < WEEKDAYS; day++) {
    const weight = double(dayW, day);
    const value = double(dayWy, day);
    // κ = ∞ leaves nothing.
    const own = weight > 0 ? 1 / (weight + double(kappa, day)) : 0;
    setDouble(share, day, own);
    setDouble(shareW, day, own * weight);
    setDouble(shareWy, day, own * value);
    one -= weight * weight * own;
    oneY -= weight * value * own;
    yy -= value * value * own;
  }
}
