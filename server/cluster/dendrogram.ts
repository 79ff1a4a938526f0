import type { Merges } from "./merges.ts";

/** One branching, or a leaf that stands for a whole cluster below the part that is drawn. */
export interface DendrogramNode {
  /** Id in scipy's layout: a row below n, else n + merge. */
  readonly id: number;
  readonly height: number;
  readonly size: number;
  /** Place from left to right: leaves at 0, 1, 2 …, a branching between its two parts. */
  readonly x: number;
  /** Positions of its two parts in `nodes`; null for a leaf. */
  readonly parts: readonly [number, number] | null;
}

export interface Dendrogram {
  /** Parts before what they make up; the last is the root. */
  readonly nodes: readonly DendrogramNode[];
  readonly leaves: number;
}

/** The top of a hierarchy with at most `leaves` leaves, for drawing: of two parts the larger is to the left, of equal ones the smaller id. */
export function dendrogram(merges: Merges, options: { readonly leaves: number }): Dendrogram {
  const { rows, left, right, height, size } = merges;
  const leaves = Math.min(Math.max(options.leaves, 1), rows);
  /** Ids from here on are drawn as branchings. */
  const firstDrawn = 2 * rows - leaves;
  const sizeOf = (id: number): number => (id < rows ? 1 : (size[id - rows] as number));
  const nodes: DendrogramNode[] = [];
  let places = 0;
  const leaf = (id: number): number => {
    const low = id < rows ? 0 : (height[id - rows] as number);
    return nodes.push({ id, height: low, size: sizeOf(id), x: places++, parts: null }) - 1;
  };
  // An explicit stack: single linkage makes trees as deep as they have leaves.
  const todo: { readonly id: number; readonly visited: boolean }[] =
    rows > 0 ? [{ id: 2 * rows - 2, visited: false }] : [];
  const finished: number[] = [];
  for (let task = todo.pop(); task; task = todo.pop()) {
    const { id, visited } = task;
    if (id < firstDrawn) {
      finished.push(leaf(id));
      continue;
    }
    const merge = id - rows;
    if (!visited) {
      const pair = [left[merge] as number, right[merge] as number];
      pair.sort((a, b) => sizeOf(b) - sizeOf(a) || a - b);
      todo.push(
        { id, visited: true },
        { id: pair[1] as number, visited: false },
        { id: pair[0] as number, visited: false },
      );
      continue;
    }
    const second = finished.pop() as number;
    const first = finished.pop() as number;
    const x = ((nodes[first]?.x ?? 0) + (nodes[second]?.x ?? 0)) / 2;
    finished.push(nodes.push({ id, height: height[merge] as number, size: sizeOf(id), x, parts: [first, second] }) - 1);
  }
  return { nodes, leaves };
}
