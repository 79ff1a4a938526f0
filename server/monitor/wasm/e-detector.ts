// AssemblyScript: the kernel of `server/monitor/e-detector.ts`, which says what it computes, with the same sums in the same
// order. Two candidates lie side by side in a vector, so that their divisions, roots and powers cost as much as those of one.

const WEEKDAYS = 7;
const LARGEST: f64 = 1e250;
/** Candidates that are weighed together, in bytes. */
const PAIR: usize = 16;

/** Periods that there is room for. */
let capacity: i32 = 0;

/** Running sums before each period, and each one's weekday. */
let w: usize = 0;
let wy: usize = 0;
let wyy: usize = 0;
let floor: usize = 0;
let slot: usize = 0;
/** By period: the first and the last candidate, and the evidence. */
let low: usize = 0;
let high: usize = 0;
let evidence: usize = 0;
/** By chosen candidate, the latest first: what it stands for, and ⟨s,s⟩, ⟨1,s⟩ and ⟨s,y⟩. */
let at: usize = 0;
let stands: usize = 0;
let ss: usize = 0;
let oneS: usize = 0;
let sy: usize = 0;

/** By weekday: κ, Σ w, Σ wy, 1/(W + κ), that times both sums, and Σ w after a candidate. */
let kappa: usize = 0;
let dayW: usize = 0;
let dayWy: usize = 0;
let share: usize = 0;
let shareW: usize = 0;
let shareWy: usize = 0;
let after: usize = 0;

function double(base: usize, index: i32): f64 {
  return load<f64>(base + ((<usize>index) << 3));
}
function setDouble(base: usize, index: i32, value: f64): void {
  store<f64>(base + ((<usize>index) << 3), value);
}
function int(base: usize, index: i32): i32 {
  return load<i32>(base + ((<usize>index) << 2));
}

/** Makes room for so many periods; what was there is forgotten. */
export function reserve(periods: i32): void {
  capacity = periods;
  const row = (<usize>periods + 2) << 3;
  const rows = heap.alloc(row * 12 + 7 * 64);
  w = rows;
  wy = w + row;
  wyy = wy + row;
  floor = wyy + row;
  evidence = floor + row;
  stands = evidence + row;
  ss = stands + row;
  oneS = ss + row;
  sy = oneS + row;
  slot = sy + row;
  low = slot + row;
  high = low + (row >> 1);
  at = high + (row >> 1);
  kappa = rows + row * 12;
  dayW = kappa + 64;
  dayWy = dayW + 64;
  share = dayWy + 64;
  shareW = share + 64;
  shareWy = shareW + 64;
  after = shareWy + 64;
}

export function room(): i32 {
  return capacity;
}
export function wAt(): usize {
  return w;
}
export function wyAt(): usize {
  return wy;
}
export function wyyAt(): usize {
  return wyy;
}
export function floorAt(): usize {
  return floor;
}
export function slotAt(): usize {
  return slot;
}
export function kappaAt(): usize {
  return kappa;
}
export function lowAt(): usize {
  return low;
}
export function highAt(): usize {
  return high;
}
export function evidenceAt(): usize {
  return evidence;
}

/** ⟨1,1⟩, ⟨1,y⟩ and ⟨y,y⟩ of a period's and all before it. */
let one: f64 = 0;
let oneY: f64 = 0;
let yy: f64 = 0;

/** Evidence of periods from `from` on, up to the first that reaches `stop`, or to before `until`; gives which. */
export function run(
  from: i32,
  until: i32,
  stop: f64,
  isThinned: bool,
  inflation: f64,
  narrowed: f64,
  widened: f64,
  part: f64,
): i32 {
  memory.fill(dayW, 0, 64);
  memory.fill(dayWy, 0, 64);
  for (let i = 0; i < from; i++) addDay(i);
  for (let t = from; t < until; t++) {
    addDay(t);
    totals(t + 1);
    const count = isThinned ? thinned(int(low, t), int(high, t), t) : every(int(low, t), int(high, t));
    scan(count, t + 1);
    const sum = weigh(count, t + 1, inflation, narrowed, widened, part);
    setDouble(evidence, t, sum);
    if (sum >= stop) return t;
  }
  return until;
}

function addDay(i: i32): void {
  const day = <i32>load<u8>(slot + <usize>i);
  setDouble(dayW, day, double(dayW, day) + (double(w, i + 1) - double(w, i)));
  setDouble(dayWy, day, double(dayWy, day) + (double(wy, i + 1) - double(wy, i)));
}

function totals(end: i32): void {
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

function every(first: i32, last: i32): i32 {
  let count = 0;
  for (let k = first; k <= last; k++) {
    store<i32>(at + ((<usize>count) << 2), k);
    setDouble(stands, count, 1);
    count += 1;
  }
  return count;
}

function thinned(first: i32, last: i32, end: i32): i32 {
  let count = 0;
  for (let k = first; k <= last; ) {
    const size = min(max(1, (end - k) >> 3), last - k + 1);
    store<i32>(at + ((<usize>count) << 2), k + (size >> 1));
    setDouble(stands, count, <f64>size);
    count += 1;
    k += size;
  }
  return count;
}

/** Goes back from the end day by day. */
function scan(count: i32, end: i32): void {
  memory.fill(after, 0, 64);
  const endW = double(w, end);
  const endWy = double(wy, end);
  let k = end;
  let later = endW;
  let squares: f64 = 0;
  let ones: f64 = 0;
  let values: f64 = 0;
  for (let index = count - 1; index >= 0; index--) {
    const to = int(at, index);
    while (k > to) {
      k -= 1;
      const day = <i32>load<u8>(slot + <usize>k);
      const before = double(w, k);
      const weight = later - before;
      later = before;
      const known = double(after, day);
      setDouble(after, day, known + weight);
      squares += weight * (weight + 2 * known) * double(share, day);
      ones += weight * double(shareW, day);
      values += weight * double(shareWy, day);
    }
    const whole = endW - later;
    setDouble(ss, index, whole - squares);
    setDouble(oneS, index, whole - ones);
    setDouble(sy, index, endWy - double(wy, k) - values);
  }
}

/** Σ L over the candidates, those at even and at odd places summed apart. */
function weigh(count: i32, end: i32, inflation: f64, narrowed: f64, widened: f64, part: f64): f64 {
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
