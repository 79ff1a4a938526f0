// AssemblyScript: the kernel of `server/cluster/spanning-tree.ts`, which says what it computes and how ties are broken.
// Numbers lie bare in memory, 16 bytes aligned, so that two columns are subtracted and squared at once.
import { heights, joinsA, joinsB, layJoins, made, record } from "./memory/joins";
import { double, int, setDouble, setInt, zeros } from "./memory/numbers";
import { squaredDistance } from "./memory/squared-distance";

/** Columns, filled up with zeros to an even number. */
let stride: i32 = 0;
let points: i32 = 0;
let added: i32 = 0;

/** Points outside the tree, and the one that was added last. */
let remaining: usize = 0;
let newest: usize = 0;
/** By point outside: which it is, the nearest one inside, and the squared distance to that. */
let outside: usize = 0;
let inside: usize = 0;
let squared: usize = 0;

/** Makes room for points × columns, row-major; gives where the coordinates are to be put, `rowStride` apart. */
export function reserve(rows: i32, columns: i32): usize {
  points = rows;
  stride = (columns + 1) & ~1;
  const joins = <usize>max(rows - 1, 0);
  newest = zeros((<usize>rows * stride) << 3);
  remaining = newest + ((<usize>stride) << 3);
  outside = heap.alloc(joins << 2);
  inside = heap.alloc(joins << 2);
  squared = heap.alloc(joins << 3);
  layJoins(<i32>joins);
  for (let i = 0; i < rows - 1; i++) {
    setInt(outside, i, i + 1);
    setInt(inside, i, 0);
    setDouble(squared, i, Infinity);
  }
  return newest;
}

export { heights, joinsA, joinsB };
export function rowStride(): i32 {
  return stride;
}

/** Adds up to `steps` points to the tree; gives how many joins are made by now. */
export function advance(steps: i32): i32 {
  const total = points - 1;
  const until = min(made + steps, total);
  while (made < until) addNearest(total - made);
  return made;
}

function addNearest(count: i32): void {
  const width = (<usize>stride) << 3;
  let nearest = 0;
  let least: f64 = Infinity;
  let row = remaining;
  for (let i = 0; i < count; i++) {
    const sum = squaredDistance(row, newest, width);
    row += width;
    let here = double(squared, i);
    if (sum < here || (sum === here && added < int(inside, i))) {
      here = sum;
      setDouble(squared, i, sum);
      setInt(inside, i, added);
    }
    if (here < least || (here === least && int(outside, i) < int(outside, nearest))) {
      nearest = i;
      least = here;
    }
  }
  join(nearest, count - 1, width);
}

/** Adds a point to the tree; the last of those outside takes its place there. */
function join(nearest: i32, last: i32, width: usize): void {
  added = int(outside, nearest);
  record(int(inside, nearest), added, sqrt<f64>(double(squared, nearest)));
  const from = remaining + <usize>nearest * width;
  memory.copy(newest, from, width);
  setInt(outside, nearest, int(outside, last));
  setInt(inside, nearest, int(inside, last));
  setDouble(squared, nearest, double(squared, last));
  memory.copy(from, remaining + <usize>last * width, width);
}
