// AssemblyScript: rows and centres, as they lie in the memory. Rows lie in numbers of four bytes, four rows abreast: the first
// numbers of four rows, then their second ones. Rows' full numbers, of eight bytes, lie side by side, filled up with a zero to an
// even number: all of them are kept, or are put here when they are wanted; very many rows have none but those of four bytes.
import { double, setInt, setSingle } from "../memory/numbers";

export let rows: i32 = 0;
export let k: i32 = 0;
export let stride: i32 = 0;
/** Bytes of a row's full number, of a row of eight-byte numbers, and of four rows of four-byte ones. */
export let size: i32 = 8;
export let rowBytes: usize = 0;
export let fourBytes: usize = 0;

/** Rows' numbers of eight bytes: of all where they are kept, else of those that are being placed, or that are wanted. */
let points: usize = 0;
let kept: bool = false;
/** By row; 0 where every row counts once. */
let weights: usize = 0;
/** By row: its centre, and how far the centres may have come until it is to be looked at again. */
export let labels: usize = 0;
export let limit: usize = 0;
/** k × stride each. */
export let centres: usize = 0;
export let sums: usize = 0;
/** By centre: weight of its rows, its rows, how far it moved last, how far it and any other came to each other at most. */
export let weightOf: usize = 0;
export let count: usize = 0;
export let moved: usize = 0;
export let travelled: usize = 0;
/** Four rows abreast out of several places, and what is found about four: their nearest centres, and by how much. */
export let four: usize = 0;
export let found: usize = 0;
/** Rows, centres and how far centres came, in numbers of four bytes. */
export let rough: usize = 0;
export let roughCentres: usize = 0;
export let roughTravelled: usize = 0;
/** Rows that are to be looked at, of as many. */
export let listed: usize = 0;
export const LISTED: i32 = 8192;
/** Rows whose full numbers are wanted, of as many, and what is known about them. */
export let wanted: usize = 0;

/** Makes room; false where there is not enough memory. `bytes` is 8 or 4; where `all`, rows of eight are kept. */
export function reserve(rowCount: i32, columns: i32, clusters: i32, bytes: i32, weighted: bool, all: bool): bool {
  rows = rowCount;
  k = clusters;
  size = bytes;
  kept = all;
  stride = (columns + 1) & ~1;
  rowBytes = (<usize>stride) << 3;
  fourBytes = (<usize>stride) << 4;
  const matrix = <usize>k * rowBytes;
  const byRow = (((<usize>rows) << 2) + 15) & ~15;
  const byCentre = (((<usize>k) << 3) + 15) & ~15;
  const full = <usize>(kept ? rows : min(rows, LISTED)) * rowBytes;
  const abreast = <usize>((rows + 3) >> 2) * fourBytes;
  const needed = full + abreast + (weighted ? 4 : 2) * byRow + 3 * matrix + 5 * byCentre + fourBytes + 32 + LISTED * 16;
  let at = (<usize>memory.size()) << 16;
  if (memory.grow(<i32>((needed + 0xffff) >> 16)) < 0) return false;
  points = at;
  rough = at += full;
  labels = at += abreast;
  limit = at += byRow;
  at += byRow;
  weights = weighted ? at : 0;
  if (weighted) at += 2 * byRow;
  centres = at;
  sums = at += matrix;
  roughCentres = at += matrix;
  weightOf = at += matrix;
  count = at += byCentre;
  moved = at += byCentre;
  travelled = at += byCentre;
  roughTravelled = at += byCentre;
  four = at += byCentre;
  found = at += fourBytes;
  listed = at += 32;
  wanted = at + LISTED * 4;
  for (let row = 0; row < rows; row++) {
    setInt(labels, row, -1);
    setSingle(limit, row, -Infinity);
  }
  return true;
}

export function rowStride(): i32 {
  return stride;
}
/** Where the rows from `from` on are to be put, 8,192 at most at once. */
export function placeOf(from: i32): usize {
  return kept ? points + <usize>from * rowBytes : points;
}
export function weightsAt(): usize {
  return weights;
}
export function labelsAt(): usize {
  return labels;
}
export function centresAt(): usize {
  return centres;
}
/** The rows that are wanted, three whole numbers each, the first of which is the row. */
export function wantedAt(): usize {
  return wanted;
}

/** Where a row's first full number is, which was put at a place, and how many bytes further the next is. */
export function numbersOf<P>(row: i32, slot: i32): usize {
  return sizeof<P>() === 8 ? points + <usize>(kept ? row : slot) * rowBytes : abreast(row);
}
export function apart<P>(): usize {
  return sizeof<P>() === 8 ? 8 : 16;
}

/** Where its first number of four bytes is. */
export function abreast(row: i32): usize {
  return rough + <usize>(row >> 2) * fourBytes + ((<usize>(row & 3)) << 2);
}

export function weightAt(row: i32): f64 {
  return weights === 0 ? 1 : double(weights, row);
}
