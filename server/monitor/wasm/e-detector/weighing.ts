// AssemblyScript: the evidence of a period. Two candidates lie side by side in a vector, so that their divisions, roots and
// powers cost as much as those of one; powers are raised of two vectors at a time, for one would wait for its own products.
import { double, floor, m, oneS, raisedNarrow, raisedWide, setDouble, ss, stands, sy } from "./layout";
import { one, oneY, yy } from "./totals";

const LARGEST: f64 = 1e250;
/** Candidates that lie in a vector, and that are raised together, in bytes. */
const PAIR: usize = 16;
const FOUR: usize = 32;

/** Σ L over the candidates, those at even and at odd places summed apart. */
export function weigh(count: i32, end: i32, inflation: f64, narrowed: f64, widened: f64, part: f64): f64 {
  // What fills up the last four stands for nothing.
  for (let index = count; (index & 3) !== 0; index++) {
    setDouble(stands, index, 0);
    setDouble(ss, index, 0);
    setDouble(oneS, index, 0);
    setDouble(sy, index, 0);
  }
  const bytes = <usize>((count + 3) >> 2) * FOUR;
  const narrowBy = narrowed / inflation;
  const wideBy = widened / inflation;
  ratios(bytes, end, inflation, narrowBy, wideBy);
  raise(bytes, end - 2);
  return added(bytes, narrowBy, wideBy, part);
}

/** m of each candidate, and what is raised of it. */
function ratios(bytes: usize, end: i32, inflation: f64, narrowBy: f64, wideBy: f64): void {
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
  const byNarrow = f64x2.splat(narrowBy);
  const byWide = f64x2.splat(wideBy);
  for (let place: usize = 0; place < bytes; place += PAIR) {
    const ones = v128.load(oneS + place);
    const share = f64x2.mul(ones, perOne);
    const weight = f64x2.pmax(zero, f64x2.sub(v128.load(ss + place), f64x2.mul(ones, share)));
    const num = f64x2.sub(v128.load(sy + place), f64x2.mul(share, levelY));
    const quotient = v128.and(f64x2.div(f64x2.mul(num, num), weight), f64x2.gt(weight, zero));
    const explained = f64x2.pmin(all, quotient);
    const residual = f64x2.pmax(f64x2.sub(all, explained), bound);
    const gained = f64x2.mul(factor, explained);
    const total = f64x2.add(residual, gained);
    const narrow = f64x2.add(unit, f64x2.mul(byNarrow, weight));
    const wide = f64x2.add(unit, f64x2.mul(byWide, weight));
    const a = f64x2.div(f64x2.mul(total, narrow), f64x2.add(f64x2.mul(narrow, residual), gained));
    const b = f64x2.div(f64x2.mul(total, wide), f64x2.add(f64x2.mul(wide, residual), gained));
    v128.store(m + place, weight);
    v128.store(raisedNarrow + place, a);
    v128.store(raisedWide + place, b);
  }
}

/** Raises what there is of each candidate to (ν + 1)/2. */
function raise(bytes: usize, nu: i32): void {
  const isOdd = (nu & 1) === 1;
  const power = (nu + 1) >> 1;
  const unit = f64x2.splat(1);
  for (let place: usize = 0; place < bytes; place += FOUR) {
    let a = v128.load(raisedNarrow + place);
    let b = v128.load(raisedWide + place);
    let c = v128.load(raisedNarrow + place, PAIR);
    let d = v128.load(raisedWide + place, PAIR);
    let byA = isOdd ? unit : f64x2.sqrt(a);
    let byB = isOdd ? unit : f64x2.sqrt(b);
    let byC = isOdd ? unit : f64x2.sqrt(c);
    let byD = isOdd ? unit : f64x2.sqrt(d);
    for (let rest = power; rest > 0; rest >>= 1) {
      if ((rest & 1) === 1) {
        byA = f64x2.mul(byA, a);
        byB = f64x2.mul(byB, b);
        byC = f64x2.mul(byC, c);
        byD = f64x2.mul(byD, d);
      }
      a = f64x2.mul(a, a);
      b = f64x2.mul(b, b);
      c = f64x2.mul(c, c);
      d = f64x2.mul(d, d);
    }
    v128.store(raisedNarrow + place, byA);
    v128.store(raisedWide + place, byB);
    v128.store(raisedNarrow + place, byC, PAIR);
    v128.store(raisedWide + place, byD, PAIR);
  }
}

function added(bytes: usize, narrowBy: f64, wideBy: f64, part: f64): f64 {
  const unit = f64x2.splat(1);
  const largest = f64x2.splat(LARGEST);
  const byNarrow = f64x2.splat(narrowBy);
  const byWide = f64x2.splat(wideBy);
  const narrowPart = f64x2.splat(part);
  const widePart = f64x2.splat(1 - part);
  let sum = f64x2.splat(0);
  for (let place: usize = 0; place < bytes; place += PAIR) {
    const weight = v128.load(m + place);
    const rootNarrow = f64x2.sqrt(f64x2.add(unit, f64x2.mul(byNarrow, weight)));
    const rootWide = f64x2.sqrt(f64x2.add(unit, f64x2.mul(byWide, weight)));
    const first = f64x2.mul(f64x2.mul(narrowPart, f64x2.pmin(largest, v128.load(raisedNarrow + place))), rootWide);
    const second = f64x2.mul(f64x2.mul(widePart, f64x2.pmin(largest, v128.load(raisedWide + place))), rootNarrow);
    const factors = f64x2.div(f64x2.add(first, second), f64x2.mul(rootNarrow, rootWide));
    sum = f64x2.add(sum, f64x2.mul(v128.load(stands + place), factors));
  }
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}
