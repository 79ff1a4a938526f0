// AssemblyScript: where in the memory everything lies.

export const WEEKDAYS = 7;

/** Periods that there is room for. */
let capacity: i32 = 0;

/** Running sums before each period, and each one's weekday. */
export let w: usize = 0;
export let wy: usize = 0;
export let wyy: usize = 0;
export let floor: usize = 0;
export let slot: usize = 0;
/** By period: the first and the last candidate, and the evidence. */
export let low: usize = 0;
export let high: usize = 0;
export let evidence: usize = 0;
/** By chosen candidate, in order: what it stands for, and ⟨s,s⟩, ⟨1,s⟩ and ⟨s,y⟩. */
export let at: usize = 0;
export let stands: usize = 0;
export let ss: usize = 0;
export let oneS: usize = 0;
export let sy: usize = 0;
/** And what becomes of that: m, and what is raised to (ν + 1)/2 for the narrow and for the wide prior. */
export let m: usize = 0;
export let raisedNarrow: usize = 0;
export let raisedWide: usize = 0;

/** By weekday: κ, Σ w, Σ wy, 1/(W + κ), that times both sums, and Σ w after a candidate. */
export let kappa: usize = 0;
export let dayW: usize = 0;
export let dayWy: usize = 0;
export let share: usize = 0;
export let shareW: usize = 0;
export let shareWy: usize = 0;
export let after: usize = 0;

export function double(base: usize, index: i32): f64 {
  return load<f64>(base + ((<usize>index) << 3));
}
export function setDouble(base: usize, index: i32, value: f64): void {
  store<f64>(base + ((<usize>index) << 3), value);
}
export function int(base: usize, index: i32): i32 {
  return load<i32>(base + ((<usize>index) << 2));
}

/** Makes room for so many periods; what was there is forgotten. */
export function reserve(periods: i32): void {
  capacity = periods;
  // Candidates are filled up to fours.
  const row = (<usize>periods + 4) << 3;
  const rows = heap.alloc(row * 15 + 7 * 64);
  w = rows;
  wy = w + row;
  wyy = wy + row;
  floor = wyy + row;
  evidence = floor + row;
  stands = evidence + row;
  ss = stands + row;
  oneS = ss + row;
  sy = oneS + row;
  m = sy + row;
  raisedNarrow = m + row;
  raisedWide = raisedNarrow + row;
  slot = raisedWide + row;
  low = slot + row;
  high = low + (row >> 1);
  at = high + (row >> 1);
  kappa = rows + row * 15;
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
