// AssemblyScript: coordinates as whole steps of 16 bits. They decide only what need not be looked at: two clusters are at most
// a step a column nearer than their steps are.
import { centreOf, columns, points } from "./clusters";
import { layOrder, quantile } from "./order";

/** A column reaches this many times the widest column's spread beyond its own: what is farther out is moved to the edge. */
const BEYOND: f64 = 8;
/** Places of a column that its spread is taken from, and the share of them that is left out at either end. */
const SAMPLE: i32 = 1024;
const TAIL: i32 = 64;

/** Bytes of the steps at four places, two columns after two others. */
export let quartet: usize = 0;
/** Steps are at most this far from 0, so that squares of all columns add up within 31 bits. */
let reach: f64 = 0;
/** Steps a unit, the same for all columns, so that steps are as far apart as what they stand for. */
let scale: usize = 0;
/** By column: what step 0 stands for; the spread's ends. */
let middle: usize = 0;
let low: usize = 0;
let high: usize = 0;

/** `room` is for four bytes a point that nobody else uses while a tree is built. */
export function laySteps(room: usize): void {
  const bytes = (<usize>columns) << 3;
  quartet = (<usize>((columns + 1) >> 1)) << 4;
  reach = min(floor(sqrt(<f64>i32.MAX_VALUE / <f64>((columns + 1) & ~1)) / 2), 16_383);
  scale = heap.alloc(8);
  middle = heap.alloc(bytes);
  low = heap.alloc(bytes);
  high = heap.alloc(bytes);
  layOrder(room);
}

export function stepsAUnit(): f64 {
  return load<f64>(scale);
}

/** A coordinate of a cluster in steps. Moving what is far out to the edge brings nothing farther apart. */
export function stepOf(centre: usize, column: usize): i16 {
  const value = (load<f64>(centre + column) - load<f64>(middle + column)) * stepsAUnit();
  return <i16>nearest(max(min(value, reach), -reach));
}

/** Finds the steps that fit the points as they were given. */
export function measure(): void {
  let spread: f64 = 0;
  for (let j: usize = 0; j < (<usize>columns) << 3; j += 8) {
    const count = min(points, SAMPLE);
    const tail = count / TAIL;
    store<f64>(low + j, quantile(j, count, tail));
    store<f64>(high + j, quantile(j, count, count - 1 - tail));
    spread = max(spread, load<f64>(high + j) - load<f64>(low + j));
  }
  const beyond = spread > 0 ? BEYOND * spread : Infinity;
  let widest: f64 = 0;
  for (let j: usize = 0; j < (<usize>columns) << 3; j += 8) {
    let from: f64 = Infinity;
    let to: f64 = -Infinity;
    for (let i = 0; i < points; i++) {
      const value = load<f64>(centreOf(i) + j);
      from = min(from, value);
      to = max(to, value);
    }
    from = max(from, load<f64>(low + j) - beyond);
    to = min(to, load<f64>(high + j) + beyond);
    store<f64>(middle + j, from / 2 + to / 2);
    widest = max(widest, to / 2 - from / 2);
  }
  // Squares of differences are to be neither nothing nor infinite.
  store<f64>(scale, min(reach / widest, 1e150));
}
