// AssemblyScript: coordinates as whole steps of 16 bits. They decide only what need not be looked at: two clusters are at most
// a step an axis nearer than their steps are.
import { double, setDouble } from "../memory/numbers";
import { coordinate, isTurned, layAxes, turn } from "./axes";
import { centreOf, columns, points } from "./live";
import { layQuantiles, quantile, takeSample } from "./quantile";

/** An axis reaches this many times the widest one's spread beyond its own: what is farther out is moved to the edge. */
const BEYOND: f64 = 8;
/** Points that an axis' spread is taken from; one in so many of them is left out at either end. */
const SAMPLE: i32 = 1024;
const TAIL: i32 = 64;

/** Parts that the points are measured in at most. */
export const REACHES: i32 = 32;

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
/** By part of the points, how far they reach. */
let reaches: usize = 0;

export function laySteps(): void {
  const bytes = (<usize>columns) << 3;
  quartet = (<usize>((columns + 3) >> 2)) << 5;
  reach = min(floor(sqrt(<f64>i32.MAX_VALUE / <f64>((columns + 1) & ~1)) / 2), 16_383);
  scale = heap.alloc(8);
  middle = heap.alloc(bytes);
  low = heap.alloc(bytes);
  high = heap.alloc(bytes);
  layAxes();
  layQuantiles(SAMPLE);
  reaches = heap.alloc((<usize>(REACHES * columns)) << 4);
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
  do {
    beginMeasuring();
    reachOf(0, points, 0);
  } while (!endMeasuring(1));
}

/** First of three parts of measuring: the spread along each axis. */
export function beginMeasuring(): void {
  const count = min(points, SAMPLE);
  const tail = count / TAIL;
  for (let j = 0; j < columns; j++) {
    takeSample(j, count);
    setDouble(low, j, quantile(count, tail));
    setDouble(high, j, quantile(count, count - 1 - tail));
  }
}

/** Second: how far the points from `from` up to `to` reach along each axis. All points are in one of at most `REACHES` such parts. */
export function reachOf(from: i32, to: i32, part: i32): void {
  const least = leastOf(part);
  const greatest = least + ((<usize>columns) << 3);
  for (let j = 0; j < columns; j++) {
    setDouble(least, j, Infinity);
    setDouble(greatest, j, -Infinity);
  }
  for (let i = from; i < to; i++) {
    const centre = centreOf(i);
    for (let j = 0; j < columns; j++) {
      const value = coordinate(centre, j);
      setDouble(least, j, min(double(least, j), value));
      setDouble(greatest, j, max(double(greatest, j), value));
    }
  }
}

/** Third: the steps. False where all is to be measured again, along the columns. */
export function endMeasuring(parts: i32): bool {
  let spread: f64 = 0;
  for (let j = 0; j < columns; j++) spread = max(spread, double(high, j) - double(low, j));
  const beyond = spread > 0 ? BEYOND * spread : Infinity;
  let widest: f64 = 0;
  let farthest: f64 = 0;
  for (let j = 0; j < columns; j++) {
    let from: f64 = Infinity;
    let to: f64 = -Infinity;
    for (let part = 0; part < parts; part++) {
      from = min(from, double(leastOf(part), j));
      to = max(to, double(leastOf(part), columns + j));
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
    return false;
  }
  // Squares of differences are to be neither nothing nor infinite.
  store<f64>(scale, min(reach / widest, 1e150));
  return true;
}

/** A part's least coordinates, then its greatest ones. */
function leastOf(part: i32): usize {
  return reaches + ((<usize>(part * columns)) << 4);
}
