import { expect, test } from "vitest";
import { filterItems } from "../../../web/parts/palette-filter.ts";

const items = [
  { id: "1", label: "Run all", kind: "action" },
  { id: "2", label: "avg_order_value", kind: "column", hint: "behaviour" },
  { id: "3", label: "orders", kind: "relation", hint: "412,880 rows" },
  { id: "4", label: "Dark or light", kind: "action" },
  { id: "5", label: "Frequent Buyers", kind: "segment" },
];
const found = (query: string) => filterItems(items, query).map((item) => item.label);

test("nothing asked: everything, in its own order", () => {
  expect(filterItems(items, "  ")).toEqual(items);
});

test("a start goes before the start of a word, that before a part, that before letters in order", () => {
  expect(found("or")[0]).toBe("orders");
  expect(found("aov")).toEqual(["avg_order_value"]);
  expect(found("fb")).toEqual(["Frequent Buyers"]);
});

test("every word must be found, in the label or in what it is", () => {
  expect(found("order column")).toEqual(["avg_order_value"]);
  expect(found("action light")).toEqual(["Dark or light"]);
  expect(found("order nonsense")).toEqual([]);
});

test("the query's case does not matter", () => {
  expect(found("RUN")).toEqual(["Run all"]);
});
