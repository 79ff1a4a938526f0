import fc from "fast-check";
import { expect, test } from "vitest";
import { gridKey } from "../../../web/parts/table-keys.ts";

const size = { rows: 1000, columns: 5, page: 12 };

test("keys move as the grid pattern has them, the head above the first row", () => {
  const at = { row: 0, column: 2 };
  expect(gridKey("ArrowUp", "near", at, size)).toEqual({ row: -1, column: 2 });
  expect(gridKey("ArrowDown", "near", { row: -1, column: 2 }, size)).toEqual(at);
  expect(gridKey("PageDown", "near", at, size)).toEqual({ row: 12, column: 2 });
  expect(gridKey("PageUp", "near", { row: 5, column: 2 }, size)).toEqual(at);
  expect(gridKey("Home", "near", at, size)).toEqual({ row: 0, column: 0 });
  expect(gridKey("End", "near", at, size)).toEqual({ row: 0, column: 4 });
  expect(gridKey("End", "far", at, size)).toEqual({ row: 999, column: 4 });
  expect(gridKey("Home", "far", { row: 500, column: 3 }, size)).toEqual({ row: 0, column: 0 });
  expect(gridKey("ArrowDown", "far", at, size)).toEqual({ row: 999, column: 2 });
  expect(gridKey("x", "near", at, size)).toBeNull();
});

test("no key leads out of the grid, whatever its size", () => {
  const keys = fc.constantFrom("ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "PageUp", "PageDown", "Home", "End");
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 50 }),
      fc.integer({ min: 1, max: 8 }),
      fc.array(fc.tuple(keys, fc.constantFrom("near" as const, "far" as const)), { maxLength: 40 }),
      (rows, columns, presses) => {
        let at = { row: -1, column: 0 };
        for (const [key, far] of presses) {
          at = { ...(gridKey(key, far, at, { rows, columns, page: 7 }) ?? at) };
          expect(at.row).toBeGreaterThanOrEqual(-1);
          expect(at.row).toBeLessThan(Math.max(rows, 0));
          expect(at.column).toBeGreaterThanOrEqual(0);
          expect(at.column).toBeLessThan(columns);
        }
      },
    ),
  );
});
