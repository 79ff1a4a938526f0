// AssemblyScript: coordinates as whole steps of 16 bits. They decide only what need not be looked at: two clusters are at most
// a step an axis nearer than their steps are.
import { double, setDouble } from "../memory/numbers";
import { coordinate, isTurned, layAxes, turn } from "./axes";
import { centreOf, columns, points } from "./live";
import { layOrder, quantile } from "./order";

/** An axis reaches this many times the widest one's spread beyond its own: what is farther out is moved to the edge. */
const BEYOND: f64 = 8;
/** Points that an axis' spread is taken from; one in so many of them is left out at either end. */
const SAMPLE: i32 = 1024;
const TAIL: i32 = 64;

/** Along turned axes, how far out something may be, in halves of the widest axis. */
const EXACT: f64 = 1e5;

/** Bytes of the steps at four places: along two axes, then two others and so on; along a multiple of four, which are looked at together. */
export let quartet: usize = 0;
/** Steps are at most this far from 0, so that squares along all axes add up within 31 bits. */
let reach: f64 = 0;
/** Steps a unit, the same along all axes, so that steps are as far apart as what they stand for. */
let scale: usize = 0;
/** By axis: what step 0 stands for; the spread's ends. */
let middle: usize = 0;
let low: usize = 0;
let high: usize = 0;

/** `room` is for four bytes a point that nobody else uses while a tree is built. */
export function laySteps(room: usize): void {
  const bytes = (<usize>columns) << 3;
  quartet = (<usize>((columns + 3) >> 2)) << 5;
  reach = min(floor(sqrt(<f64>i32.MAX_VALUE / <f64>((columns + 1) & ~1)) / 2), 16_383);
  scale = heap.alloc(8);
  middle = heap.alloc(bytes);
  low = heap.alloc(bytes);
  high = heap.alloc(bytes);
  layAxes();
  layOrder(room);
}

export function stepsAUnit(): f64 {
  return load<f64>(scale);
}

/** A cluster's coordinate in steps. Moving what is far out to the edge brings nothing farther apart. */
export function stepOf(centre: usize, axis: i32): i16 {
  const value = (coordinate(centre, axis) - double(middle, axis)) * stepsAUnit();
  return <i16>nearest(max(min(value, reach), -reach));
}

/** Finds the steps that fit the points as they were given. */
export function measure(): void {
  let spread: f64 = 0;
  for (let j = 0; j < columns; j++) {
    const count = min(points, SAMPLE);
    const tail = count / TAIL;
    setDouble(low, j, quantile(j, count, tail));
    setDouble(high, j, quantile(j, count, count - 1 - tail));
    spread = max(spread, double(high, j) - double(low, j));
  }
  const beyond = spread > 0 ? BEYOND * spread : Infinity;
  let widest: f64 = 0;
  let farthest: f64 = 0;
  for (let j = 0; j < columns; j++) {
    let from: f64 = Infinity;
    let to: f64 = -Infinity;
    for (let i = 0; i < points; i++) {
      const value = coordinate(centreOf(i), j);
      from = min(from, value);
      to = max(to, value);
    }
    farthest = max(farthest, max(to, -from));
    from = max(from, double(low, j) - beyond);
    to = min(to, double(high, j) + beyond);
    setDouble(middle, j, from / 2 + to / 2);
    widest = max(widest, to / 2 - from / 2);
  }
  if (isTurned() && !(farthest <= EXACT * widest)) {
    // What rounding takes from the coordinates of the farthest would be a part of a step.
    turn(false);
    measure();
    return;
  }
  // Squares of differences are to be neither nothing nor infinite.
  store<f64>(scale, min(reach / widest, 1e150));
}
