/** Where the leaves of a balanced kd-tree begin, in an order of the points that keeps each leaf together. */
export interface Split {
  readonly order: Int32Array;
  /** Leaf l holds `order[start[l]]` up to, not including, `order[start[l + 1]]`. */
  readonly start: Int32Array;
}

/**
 * Splits points (rows of `stride` values) into `leaves` (a power of two) of nearly equal count,
 * halving again and again at the median of the widest column.
 */
export function medianSplit(coordinates: Float64Array, stride: number, count: number, leaves: number): Split {
  const order = Int32Array.from({ length: count }, (_, i) => i);
  const start = new Int32Array(leaves + 1).fill(count);
  const keys = new Float64Array(count);
  const halve = (from: number, to: number, leaf: number, width: number): void => {
    if (width === 1) {
      start[leaf] = from;
      return;
    }
    const middle = (from + to) >> 1;
    if (to - from > 1) {
      const column = widestColumn(coordinates, stride, order, from, to);
      for (let i = from; i < to; i++) keys[i] = coordinates[(order[i] as number) * stride + column] as number;
      select(keys, order, from, to - 1, middle);
    }
    halve(from, middle, leaf, width / 2);
    halve(middle, to, leaf + width / 2, width / 2);
  };
  halve(0, count, 0, leaves);
  return { order, start };
}

function widestColumn(coordinates: Float64Array, stride: number, order: Int32Array, from: number, to: number): number {
  const low = new Float64Array(stride).fill(Infinity);
  const high = new Float64Array(stride).fill(-Infinity);
  for (let i = from; i < to; i++) {
    const base = (order[i] as number) * stride;
    for (let column = 0; column < stride; column++) {
      const value = coordinates[base + column] as number;
      if (value < (low[column] as number)) low[column] = value;
      if (value > (high[column] as number)) high[column] = value;
    }
  }
  let widest = 0;
  let width = -1;
  for (let column = 0; column < stride; column++) {
    const spread = (high[column] as number) - (low[column] as number);
    if (spread <= width) continue;
    width = spread;
    widest = column;
  }
  return widest;
}

/** Hoare's selection: afterwards keys up to `rank` are no larger than those behind it; `order` moves along. */
function select(keys: Float64Array, order: Int32Array, from: number, to: number, rank: number): void {
  let left = from;
  let right = to;
  while (right > left) {
    const pivot = keys[(left + right) >> 1] as number;
    let i = left;
    let j = right;
    while (i <= j) {
      while ((keys[i] as number) < pivot) i++;
      while ((keys[j] as number) > pivot) j--;
      if (i > j) break;
      const key = keys[i] as number;
      keys[i++] = keys[j] as number;
      keys[j--] = key;
      const row = order[i - 1] as number;
      order[i - 1] = order[j + 1] as number;
      order[j + 1] = row;
    }
    if (rank <= j) right = j;
    else if (rank >= i) left = i;
    else return;
  }
}
