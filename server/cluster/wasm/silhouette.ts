// AssemblyScript: the kernel of `server/cluster/silhouette.ts`, which says what it computes: the same sums in the same order.
// Columns lie one after the other, so that the distances of a row to two others are found at once.
import { double, int, setDouble, zeros } from "./memory/numbers";

let rows: i32 = 0;
let columns: i32 = 0;
/** Bytes of a column, and of a row's distances: rows are filled up with zeros to an even number. */
let width: usize = 0;
let byColumn: usize = 0;
let distances: usize = 0;

/** Of each clustering: how many clusters there are, and where its rows' clusters, its clusters' rows and their ends lie. */
let laid: i32 = 0;
let clusters: usize = 0;
let places: usize = 0;
let sums: usize = 0;

/** Makes room for points and so many clusterings; gives where the columns are to be put, `columnBytes` apart. */
export function reserve(rowCount: i32, columnCount: i32, clusterings: i32): usize {
  rows = rowCount;
  columns = columnCount;
  width = (<usize>((rows + 1) & ~1)) << 3;
  byColumn = zeros(width * columns);
  distances = zeros(width);
  clusters = zeros((<usize>clusterings) << 2);
  places = zeros((<usize>clusterings) << 2);
  sums = zeros((<usize>clusterings) << 3);
  return byColumn;
}
export function columnBytes(): usize {
  return width;
}

/** Makes room for one more clustering; gives where each row's cluster from 0, the rows by cluster and each cluster's end go, in this order. */
export function layClustering(count: i32): usize {
  const at = zeros((<usize>(2 * rows + count)) << 2);
  store<i32>(clusters + ((<usize>laid) << 2), count);
  store<i32>(places + ((<usize>laid) << 2), <i32>at);
  laid++;
  return at;
}

/** Adds the silhouettes of the rows `from` up to `to` to each clustering's sum. */
export function advance(from: i32, to: i32): void {
  for (let row = from; row < to; row++) {
    measure(row);
    for (let one = 0; one < laid; one++) setDouble(sums, one, double(sums, one) + silhouette(row, one));
  }
}

export function totals(): usize {
  return sums;
}

/** Distances of a row to all. */
function measure(row: i32): void {
  for (let at: usize = 0; at < width; at += 16) {
    let sum = f64x2.splat(0);
    let own = byColumn + ((<usize>row) << 3);
    let other = byColumn + at;
    for (let column = 0; column < columns; column++) {
      const apart = f64x2.sub(v128.load64_splat(own), v128.load(other));
      sum = f64x2.add(sum, f64x2.mul(apart, apart));
      own += width;
      other += width;
    }
    v128.store(distances + at, f64x2.sqrt(sum));
  }
}

function silhouette(row: i32, one: i32): f64 {
  const labels = <usize>int(places, one);
  const order = labels + ((<usize>rows) << 2);
  const ends = order + ((<usize>rows) << 2);
  const count = int(clusters, one);
  const own = int(labels, row);
  let mine: f64 = 0;
  let nearest: f64 = Infinity;
  let at = 0;
  for (let cluster = 0; cluster < count; cluster++) {
    const start = at;
    const end = int(ends, cluster);
    let sum: f64 = 0;
    for (; at < end; at++) sum += double(distances, int(order, at));
    if (cluster !== own) nearest = min<f64>(nearest, sum / <f64>(end - start));
    else if (end - start < 2) return 0;
    else mine = sum / <f64>(end - start - 1);
  }
  const larger = max<f64>(mine, nearest);
  return larger > 0 ? (nearest - mine) / larger : 0;
}
