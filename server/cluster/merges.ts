import { heightOrder } from "./height-order.ts";

/**
 * A hierarchy in scipy's layout: n − 1 rows, by ascending height. Row t joins clusters `left[t]` < `right[t]`
 * into cluster n + t; ids below n are single rows of the data.
 */
export interface Merges {
  /** Number of data rows, n. */
  readonly rows: number;
  readonly left: Int32Array;
  readonly right: Int32Array;
  /** In the units of the points' distances; never falls from one merge to the next. */
  readonly height: Float64Array;
  /** Rows in the joined cluster. */
  readonly size: Int32Array;
}

/** Joins found in any order: edge t says that the clusters holding rows `a[t]` and `b[t]` join at `height[t]`. */
export interface Joins {
  readonly a: Int32Array;
  readonly b: Int32Array;
  readonly height: Float64Array;
}

/**
 * Orders joins by height, then smaller row, then other row, and names the clusters as scipy's `label` does.
 * The joins must span the rows as a tree. `weight` says for how many rows of the data each stands, where it is not one. A parent whose height fell below its child's by rounding thus comes out valid.
 */
export function toMerges(rows: number, joins: Joins, weight: Float64Array | null = null): Merges {
  const count = Math.max(rows - 1, 0);
  const { a, b, height } = joins;
  const order = joinOrder(joins);

  const merges = {
    rows,
    left: new Int32Array(count),
    right: new Int32Array(count),
    height: new Float64Array(count),
    size: new Int32Array(count),
  };
  const forest = new Forest(rows, weight);
  order.forEach((edge, t) => {
    const first = forest.root(a[edge] ?? 0);
    const second = forest.root(b[edge] ?? 0);
    merges.left[t] = Math.min(first, second);
    merges.right[t] = Math.max(first, second);
    merges.height[t] = height[edge] ?? 0;
    merges.size[t] = forest.join(first, second);
  });
  return merges;
}

/** Joins by height, then smaller row, then other row. */
function joinOrder({ a, b, height }: Joins): Int32Array {
  const order = heightOrder(height);
  const low = (t: number): number => Math.min(a[t] ?? 0, b[t] ?? 0);
  const high = (t: number): number => Math.max(a[t] ?? 0, b[t] ?? 0);
  for (let from = 0, to = 1; from < order.length; from = to++) {
    while (to < order.length && height[order[to] as number] === height[order[from] as number]) to++;
    if (to - from > 1) order.subarray(from, to).sort((s, t) => low(s) - low(t) || high(s) - high(t));
  }
  return order;
}

/** Which cluster each row is in while joins are replayed; each join makes the next id. */
class Forest {
  readonly #parent: Int32Array;
  readonly #size: Int32Array;
  #next: number;

  constructor(rows: number, weight: Float64Array | null) {
    const ids = Math.max(2 * rows - 1, 0);
    this.#parent = new Int32Array(ids);
    for (let id = 0; id < ids; id++) this.#parent[id] = id;
    this.#size = new Int32Array(ids).fill(1);
    if (weight !== null) this.#size.set(weight);
    this.#next = rows;
  }

  root(id: number): number {
    const parent = this.#parent;
    let top = id;
    while (parent[top] !== top) top = parent[top] ?? top;
    // Shortens the path, so that replaying all joins stays nearly linear.
    for (let at = id; at !== top; ) {
      const up = parent[at] ?? top;
      parent[at] = top;
      at = up;
    }
    return top;
  }

  join(first: number, second: number): number {
    const id = this.#next++;
    const size = (this.#size[first] ?? 0) + (this.#size[second] ?? 0);
    this.#parent[first] = id;
    this.#parent[second] = id;
    this.#size[id] = size;
    return size;
  }
}
