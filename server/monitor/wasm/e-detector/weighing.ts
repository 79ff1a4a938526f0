// AssemblyScript: the evidence of a period. Two candidates lie side by side in a vector, so that their divisions, roots and
// powers cost as much as those of one.
import { double, floor, oneS, setDouble, ss, stands, sy } from "./layout";
import { one, oneY, yy } from "./totals";

const LARGEST: f64 = 1e250;
/** Candidates that are weighed together, in bytes. */
const PAIR: usize = 16;

/** Σ L over the candidates, those at even and at odd places summed apart. */
export function weigh(count: i32, end: i32, inflation: f64, narrowed: f64, widened: f64, part: f64): f64 {
  if ((count & 1) === 1) {
    setDouble(stands, count, 0);
    setDouble(ss, count, 0);
    setDouble(oneS, count, 0);
    setDouble(sy, count, 0);
  }
  const nu = end - 2;
  const rss = max<f64>(0, yy - (oneY * oneY) / one);
  const least = max<f64>(max<f64>((<f64>nu * double(floor, end)) / <f64>end, rss * 1e-12), 1e-300);
  const effective = max<f64>(1, <f64>end - 2 * inflation);
  const factor = f64x2.splat(effective / (inflation * <f64>nu));
  const perOne = f64x2.splat(1 / one);
  const levelY = f64x2.splat(oneY);
  const all = f64x2.splat(rss);
  const bound = f64x2.splat(least);
  const zero = f64x2.splat(0);
  const unit = f64x2.splat(1);
  const largest = f64x2.splat(LARGEST);
  const narrowBy = f64x2.splat(narrowed / inflation);
  const wideBy = f64x2.splat(widened / inflation);
  const narrowPart = f64x2.splat(part);
  const widePart = f64x2.splat(1 - part);
  const isOdd = (nu & 1) === 1;
  const power = (nu + 1) >> 1;
  let sum = zero;
  const last = <usize>((count + 1) >> 1) * PAIR;
  for (let place: usize = 0; place < last; place += PAIR) {
    const share = f64x2.mul(v128.load(oneS + place), perOne);
    const m = f64x2.max(zero, f64x2.sub(v128.load(ss + place), f64x2.mul(v128.load(oneS + place), share)));
    const num = f64x2.sub(v128.load(sy + place), f64x2.mul(share, levelY));
    const quotient = v128.and(f64x2.div(f64x2.mul(num, num), m), f64x2.gt(m, zero));
    const explained = f64x2.min(all, quotient);
    const residual = f64x2.max(f64x2.sub(all, explained), bound);
    const gained = f64x2.mul(factor, explained);
    const total = f64x2.add(residual, gained);
    const narrow = f64x2.add(unit, f64x2.mul(narrowBy, m));
    const wide = f64x2.add(unit, f64x2.mul(wideBy, m));
    let a = f64x2.div(f64x2.mul(total, narrow), f64x2.add(f64x2.mul(narrow, residual), gained));
    let b = f64x2.div(f64x2.mul(total, wide), f64x2.add(f64x2.mul(wide, residual), gained));
    let byNarrow = unit;
    let byWide = unit;
    if (!isOdd) {
      byNarrow = f64x2.sqrt(a);
      byWide = f64x2.sqrt(b);
    }
    for (let rest = power; rest > 0; rest >>= 1) {
      if ((rest & 1) === 1) {
        byNarrow = f64x2.mul(byNarrow, a);
        byWide = f64x2.mul(byWide, b);
      }
      a = f64x2.mul(a, a);
      b = f64x2.mul(b, b);
    }
    const rootNarrow = f64x2.sqrt(narrow);
    const rootWide = f64x2.sqrt(wide);
    const first = f64x2.mul(f64x2.mul(narrowPart, f64x2.min(largest, byNarrow)), rootWide);
    const second = f64x2.mul(f64x2.mul(widePart, f64x2.min(largest, byWide)), rootNarrow);
    const factors = f64x2.div(f64x2.add(first, second), f64x2.mul(rootNarrow, rootWide));
    sum = f64x2.add(sum, f64x2.mul(v128.load(stands + place), factors));
  }
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}
