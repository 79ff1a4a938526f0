import fc from "fast-check";
import { expect, test } from "vitest";
import { optimalAssignment } from "../../../server/cluster/optimal-assignment.ts";

/** Every pairing by trying all, in the order in which ties are broken; −1 stands behind every column. */
function byTrying(weights: number[][]): Int32Array {
  const columns = weights[0]?.length ?? 0;
  const size = Math.max(weights.length, columns);
  let best: { sum: number; pairs: number[] } | null = null;
  const visit = (pairs: number[], sum: number): void => {
    if (pairs.length === size) {
      if (best === null || sum > best.sum) best = { sum, pairs };
      return;
    }
    for (let column = 0; column < size; column++)
      if (!pairs.includes(column)) visit([...pairs, column], sum + (weights[pairs.length]?.[column] ?? 0));
  };
  visit([], 0);
  const found: { pairs: number[] } = best ?? { pairs: [] };
  return Int32Array.from(found.pairs.slice(0, weights.length), (column) => (column < columns ? column : -1));
}

const counts = fc
  .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 }), fc.constantFrom(1, 3, 1000))
  .chain(([rows, columns, most]) =>
    fc.array(fc.array(fc.integer({ min: 0, max: most }), { minLength: columns, maxLength: columns }), {
      minLength: rows,
      maxLength: rows,
    }),
  );

test("the pairing is the one that trying all of them finds first, ties and all", () => {
  fc.assert(
    fc.property(counts, (weights) => {
      expect(optimalAssignment(weights)).toEqual(byTrying(weights));
    }),
    { numRuns: 150 },
  );
});

test("a greedy pairing would keep fewer people in their cluster", () => {
  expect([
    ...optimalAssignment([
      [10, 9],
      [9, 1],
    ]),
  ]).toEqual([1, 0]);
});

test("rows beyond the columns have none, and the other way round", () => {
  expect([...optimalAssignment([[5], [7], [6]])]).toEqual([-1, 0, -1]);
  expect([...optimalAssignment([[5, 7, 6]])]).toEqual([1]);
  expect([...optimalAssignment([])]).toEqual([]);
});
