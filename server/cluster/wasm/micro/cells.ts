// AssemblyScript: rows and cells, as they lie in the memory. A row's numbers lie side by side, filled up with a zero to an even
// number: two columns are computed with at once.

/** Cells that a row can go to, at most: that which it comes from and those next to it. */
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
/** By split, side by side because they are looked at together. */
let splits: usize = 0;
/** By cell: mean; sums and weight of the rows that it was given. */
export let centres: usize = 0;
export let sums: usize = 0;
export let weights: usize = 0;
/** By cell: those that its rows can go to, itself first; what these are compared by, and in which unit. */
let near: usize = 0;
let offsets: usize = 0;
export let units: usize = 0;
/** Squared distances of the cells near one, while they are found. */
export let distances: usize = 0;
/** Sums and sums of squares of each column. */
export let moments: usize = 0;
/** Cells in the order in which the tree has them, and by block of these a middle and how far a cell is from it at most. */
export let order: usize = 0;
export let middles: usize = 0;
export let radii: usize = 0;
/** Places in that order that are a block: a multiple of four. */
export const BLOCK: i32 = 32;
/** Centres in that order and in numbers of four bytes, four abreast: the first numbers of four cells, then their second ones. Four have `fourBytes`. */
export let rough: usize = 0;
export let fourBytes: usize = 0;

/** Makes room for so many rows at once; false where there is not enough memory. */
export function reserve(rows: i32, columns: i32, cellCount: i32): bool {
  stride = (columns + 1) & ~1;
  width = (<usize>stride) << 3;
  most = cellCount;
  fourBytes = (<usize>stride) << 4;
  end = start = (<usize>memory.size()) << 16;
  points = room(<usize>rows * width);
  labels = room((<usize>rows) << 2);
  const four = (<usize>most) << 2;
  from = room(four);
  to = room(four);
  widest = room(four);
  parent = room(four);
  squares = room(four << 1);
  weights = room(four << 1);
  units = room(four << 1);
  splits = room(<usize>most * SPLIT);
  centres = room(<usize>most * width);
  sums = room(<usize>most * width);
  near = room(four * NEAR);
  offsets = room(<usize>most * offsetBytes());
  distances = room(NEAR << 3);
  order = room(four);
  const blocks = <usize>((most + BLOCK - 1) / BLOCK);
  middles = room(blocks * width);
  radii = room(blocks << 3);
  moments = room(2 * width);
  rough = room(<usize>((most + 3) >> 2) * fourBytes);
  return memory.grow(<i32>((end - start + 0xffff) >> 16)) >= 0;
}

/** Where the room begins that is made, and where the next does. */
let start: usize = 0;
let end: usize = 0;

function room(bytes: usize): usize {
  const at = end;
  end += (bytes + 15) & ~15;
  return at;
}

/** There is one cell; or one more, whose number it gives. */
export function beginCells(): void {
  cells = 1;
}
export function addCell(): i32 {
  return cells++;
}

/** Bytes of a split: its border, how many bytes into a row its column is, and what is below and above it: a split, or −1 less a cell. */
const SPLIT: usize = 32;

export function setSplit(split: i32, column: i32, border: f64): void {
  store<f64>(splits + <usize>split * SPLIT, border);
  store<i32>(splits + <usize>split * SPLIT, column << 3, 8);
}
export function borderOf(split: i32): f64 {
  return load<f64>(splits + <usize>split * SPLIT);
}
export function columnOf(split: i32): usize {
  return <usize>load<i32>(splits + <usize>split * SPLIT, 8);
}
/** Where it is written what is below a split (0) or above it (1). */
export function childAt(split: i32, above: i32): usize {
  return splits + <usize>split * SPLIT + 12 + ((<usize>above) << 2);
}

export function nearOf(cell: i32): usize {
  return near + ((<usize>(cell * NEAR)) << 2);
}
/** First a number for each of the cells near one, then a number for each by column. */
export function offsetsOf(cell: i32): usize {
  return offsets + <usize>cell * offsetBytes();
}
function offsetBytes(): usize {
  return (<usize>stride + 1) * (NEAR << 2);
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
