import { expect, test } from "vitest";
import type { CellValue } from "../../../../server/figures/cell-value.ts";
import { inOrder, type Order } from "../../../../web/cells/cluster/in-order.ts";

const ordered = (values: readonly CellValue[], order: Order) =>
  inOrder(
    values.map((_, row) => row),
    (row) => values[row] ?? null,
    order,
  ).map((row) => values[row]);

test("numbers go by size and not by their digits, and what is missing is last either way", () => {
  expect(ordered([10, null, 9, -1], "ascending")).toEqual([-1, 9, 10, null]);
  expect(ordered([10, null, 9, -1], "descending")).toEqual([10, 9, -1, null]);
});

test("equal ones stay as they were", () => {
  expect(inOrder([5, 3, 4, 1], (row) => (row === 4 ? 0 : 7), "ascending")).toEqual([4, 5, 3, 1]);
  expect(inOrder([5, 3, 4, 1], (row) => (row === 4 ? 0 : 7), "descending")).toEqual([5, 3, 1, 4]);
});

test("whole numbers beyond a double keep their order, and an empty text is no zero", () => {
  const [one, two] = ["9007199254740993", "9007199254740995"];
  expect(ordered([two, one, 5], "ascending")).toEqual([5, one, two]);
  expect(ordered(["b", "", 0, "a"], "ascending")).toEqual([0, "", "a", "b"]);
});

test("true comes after false", () => {
  expect(ordered([true, false, true], "ascending")).toEqual([false, true, true]);
});
