import type { Distinct } from "./distinct.ts";
import type { Joins } from "./merges.ts";

/** Turns joins of distinct points into joins of rows: equal rows join their first one at height 0. */
export function expandJoins(joins: Joins, distinct: Distinct): Joins {
  const { first, pointOf } = distinct;
  const rows = pointOf.length;
  if (first.length === rows) return joins;
  const total = Math.max(rows - 1, 0);
  const expanded: Joins = { a: new Int32Array(total), b: new Int32Array(total), height: new Float64Array(total) };
  let at = 0;
  pointOf.forEach((point, row) => {
    const original = first[point] as number;
    if (row === original) return;
    expanded.a[at] = original;
    expanded.b[at++] = row;
  });
  for (let t = 0; t < joins.a.length; t++, at++) {
    expanded.a[at] = first[joins.a[t] as number] as number;
    expanded.b[at] = first[joins.b[t] as number] as number;
    expanded.height[at] = joins.height[t] as number;
  }
  return expanded;
}
