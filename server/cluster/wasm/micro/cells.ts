// AssemblyScript: rows and cells, as they lie in the memory. A row's numbers lie side by side, filled up with a zero to an even
// number: two columns are computed with at once.

/** Cells that a row can go to from its own, at most. */
export const NEAR: i32 = 16;

/** Columns, filled up, and bytes of them; cells that there are to be at most. */
export let stride: i32 = 0;
export let width: usize = 0;
export let most: i32 = 0;
export let cells: i32 = 0;

/** Rows that are split, then rows that are given their cell. */
export let points: usize = 0;
export let labels: usize = 0;
/** By cell: its rows, sum of squares about its mean and the column with the most of it (−1 where it can't be split), and where the tree has it. */
export let from: usize = 0;
export let to: usize = 0;
export let squares: usize = 0;
export let widest: usize = 0;
export let parent: usize = 0;
/** By split: column, border, and what is below and above it: a split, or −1 less a cell. */
export let column: usize = 0;
export let border: usize = 0;
export let child: usize = 0;
/** By cell: mean; sums and weight of the rows that it was given; cells near it, with a quarter of the squared distance. */
export let centres: usize = 0;
export let sums: usize = 0;
export let weights: usize = 0;
let near: usize = 0;
let quarter: usize = 0;
/** Sums and sums of squares of each column. */
export let moments: usize = 0;
/** Centres in numbers of four bytes, four abreast: the first numbers of four cells, then their second ones. Four have `fourBytes`. */
export let rough: usize = 0;
export let fourBytes: usize = 0;

/** Makes room for so many rows at once; false where there is not enough memory. */
export function reserve(rows: i32, columns: i32, cellCount: i32): bool {
  stride = (columns + 1) & ~1;
  width = (<usize>stride) << 3;
  most = cellCount;
  fourBytes = (<usize>stride) << 4;
  const four = (((<usize>most) << 2) + 15) & ~15;
  const eight = ((<usize>most) << 3) + 16;
  const matrix = <usize>most * width;
  const byRow = <usize>rows * width + ((((<usize>rows) << 2) + 15) & ~15);
  const needed =
    byRow +
    8 * four +
    3 * eight +
    2 * matrix +
    <usize>most * NEAR * 12 +
    2 * width +
    <usize>((most + 3) >> 2) * fourBytes;
  let at = (<usize>memory.size()) << 16;
  if (memory.grow(<i32>((needed + 0xffff) >> 16)) < 0) return false;
  points = at;
  centres = at += <usize>rows * width;
  sums = at += matrix;
  moments = at += matrix;
  quarter = at += 2 * width;
  squares = at += <usize>most * NEAR * 8;
  border = at += eight & ~15;
  weights = at += eight & ~15;
  near = at += eight & ~15;
  labels = at += <usize>most * NEAR * 4;
  from = at += (((<usize>rows) << 2) + 15) & ~15;
  to = at += four;
  widest = at += four;
  parent = at += four;
  column = at += four;
  child = at += four;
  rough = at + 2 * four;
  return true;
}

/** There is one cell; or one more, whose number it gives. */
export function beginCells(): void {
  cells = 1;
}
export function addCell(): i32 {
  return cells++;
}

export function nearOf(cell: i32): usize {
  return near + ((<usize>(cell * NEAR)) << 2);
}
export function quartersOf(cell: i32): usize {
  return quarter + ((<usize>(cell * NEAR)) << 3);
}

export function rowStride(): i32 {
  return stride;
}
export function pointsAt(): usize {
  return points;
}
export function labelsAt(): usize {
  return labels;
}
export function centresAt(): usize {
  return centres;
}
export function weightsAt(): usize {
  return weights;
}
export function cellCount(): i32 {
  return cells;
}
