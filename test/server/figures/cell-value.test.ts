import { expect, test } from "vitest";
import { columnDigits, familyOf, formatCell, isKey, rangedRight } from "../../../server/figures/cell-value.ts";

test("the engine's type names fall into their families", () => {
  const family = (names: string[]) => new Set(names.map(familyOf));
  expect(family(["BIGINT", "UTINYINT", "HUGEINT", "DOUBLE", "FLOAT", "DECIMAL(18,2)", "INTEGER"])).toEqual(
    new Set(["number"]),
  );
  expect(familyOf("DATE")).toBe("day");
  expect(family(["TIMESTAMP", "TIMESTAMP WITH TIME ZONE", "TIMESTAMP_NS"])).toEqual(new Set(["moment"]));
  expect(familyOf("BOOLEAN")).toBe("boolean");
  expect(family(["VARCHAR", "INTEGER[]", "STRUCT(a INTEGER)", "INTERVAL", "UUID"])).toEqual(new Set(["text"]));
});

test("identifiers are neither grouped nor ranged right", () => {
  const column = { name: "customer_id", type: "BIGINT" };
  expect(isKey(column)).toBe(true);
  expect(rangedRight(column)).toBe(false);
  expect(formatCell(1048212, column, 0, { locale: "en-GB" })).toBe("1048212");
  expect(formatCell(1048212, { name: "orders", type: "BIGINT" }, 0, { locale: "en-GB" })).toBe("1,048,212");
  expect(isKey({ name: "CustomerID", type: "BIGINT" })).toBe(true);
  expect(isKey({ name: "paid", type: "BIGINT" })).toBe(false);
  expect(isKey({ ...column, role: "value" })).toBe(false);
});

test("missing, empty, true and percent are said", () => {
  expect(formatCell(null, { name: "a", type: "DOUBLE" }, 2)).toBe("—");
  expect(formatCell("", { name: "a", type: "VARCHAR" }, 0)).toBe("(empty)");
  expect(formatCell(true, { name: "a", type: "BOOLEAN" }, 0)).toBe("yes");
  expect(formatCell(0.124, { name: "a", type: "DOUBLE", unit: "percent" }, 3, { locale: "en-GB" })).toBe("12.4\u00a0%");
});

test("a column's digits are those that its values need, and a decimal's are its scale", () => {
  const double = { name: "a", type: "DOUBLE" };
  expect(columnDigits(double, [3, 64, 203])).toBe(0);
  expect(columnDigits(double, [0.5, 2.25])).toBe(2);
  expect(columnDigits(double, [1 / 3, 1000])).toBe(1);
  expect(columnDigits(double, [1 / 3])).toBe(4);
  expect(columnDigits({ name: "a", type: "DECIMAL(18,2)" }, ["41.20"])).toBe(2);
  expect(columnDigits({ name: "a", type: "BIGINT" }, ["9007199254740993"])).toBe(0);
});

test("a value too small for its column's digits does not read as nothing", () => {
  expect(formatCell(0.0000012, { name: "a", type: "DOUBLE" }, 4)).toBe("1.2e−6");
});
