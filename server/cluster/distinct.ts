import { PORTION, type RowSource } from "./row-source.ts";

/** Rows of which some are equal in every column, told apart. */
export interface Distinct {
  /** The first row of each distinct point, ascending. */
  readonly first: Int32Array;
  /** How many rows are at each distinct point. */
  readonly weight: Float64Array;
  /** Position in `first` of each row's point. */
  readonly pointOf: Int32Array;
}

/**
 * Groups equal rows of an n × d row-major matrix. Equal rows join at height 0 before anything else in every linkage,
 * so a hierarchy over the weighted distinct points is the same one, and thousands of duplicates cost nothing.
 * 0 and −0 are equal; values must be finite.
 */
export function distinctRows(points: Float64Array, rows: number, columns: number): Distinct {
  const buckets = new Int32Array(2 ** Math.ceil(Math.log2(Math.max(rows, 1) * 2 + 1))).fill(-1);
  const mask = buckets.length - 1;
  const pointOf = new Int32Array(rows);
  const first = new Int32Array(rows);
  const weight = new Float64Array(rows);
  let count = 0;
  for (let row = 0; row < rows; row++) {
    let slot = hash(points, row * columns, columns) & mask;
    let point = buckets[slot] ?? -1;
    while (point >= 0 && !equal(points, (first[point] ?? 0) * columns, row * columns, columns)) {
      slot = (slot + 1) & mask;
      point = buckets[slot] ?? -1;
    }
    if (point < 0) {
      point = count++;
      buckets[slot] = point;
      first[point] = row;
    }
    pointOf[row] = point;
    weight[point] = (weight[point] ?? 0) + 1;
  }
  return { first: first.slice(0, count), weight: weight.slice(0, count), pointOf };
}

/**
 * The distinct points' coordinates without the columns that are the same everywhere: they add 0 to a distance.
 * Where nothing is to be left out these are the points themselves.
 */
export function compactPoints(
  points: Float64Array,
  columns: number,
  distinct: Distinct,
): { coordinates: Float64Array; columns: number } {
  const { first } = distinct;
  const at = (point: number, column: number): number => points[(first[point] ?? 0) * columns + column] ?? 0;
  const varying: number[] = [];
  for (let column = 0; column < columns; column++) {
    for (let point = 1; point < first.length; point++) {
      if (at(point, column) === at(0, column)) continue;
      varying.push(column);
      break;
    }
  }
  if (first.length * varying.length === points.length) return { coordinates: points, columns };
  const coordinates = new Float64Array(first.length * varying.length);
  for (let point = 0, to = 0; point < first.length; point++) {
    for (const column of varying) coordinates[to++] = at(point, column);
  }
  return { coordinates, columns: varying.length };
}

/** How many distinct points there are, or `enough` where there are as many at least: then the rows after are not looked at. */
export function countDistinct(source: RowSource, enough: number): number {
  const { rows, columns } = source;
  const seen = new Map<number, Float64Array[]>();
  const portion = new Float64Array(Math.min(PORTION, rows) * columns);
  let count = 0;
  for (let from = 0; from < rows; from += PORTION) {
    const to = Math.min(from + PORTION, rows);
    source.read(from, to, portion);
    for (let at = 0; at < (to - from) * columns; at += columns) {
      const key = hash(portion, at, columns);
      const point = portion.subarray(at, at + columns);
      const like = seen.get(key);
      if (like?.some((other) => other.every((value, c) => value === point[c]))) continue;
      if (++count >= enough) return count;
      seen.set(key, [...(like ?? []), point.slice()]);
    }
  }
  return count;
}

const bits = new DataView(new ArrayBuffer(8));

/** Fowler–Noll–Vo style mix of the values' bits. */
function hash(points: Float64Array, from: number, columns: number): number {
  let mixed = 0x811c9dc5;
  for (let at = from; at < from + columns; at++) {
    bits.setFloat64(0, (points[at] ?? 0) + 0);
    mixed = Math.imul(mixed ^ bits.getInt32(0), 0x01000193);
    mixed = Math.imul(mixed ^ (mixed >>> 15) ^ bits.getInt32(4), 0x01000193);
  }
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  return (mixed ^ (mixed >>> 13)) >>> 0;
}

function equal(points: Float64Array, a: number, b: number, columns: number): boolean {
  for (let column = 0; column < columns; column++) {
    if (points[a + column] !== points[b + column]) return false;
  }
  return true;
}
