import { expect, test } from "vitest";
import type { CellView, NotebookListing } from "../../../server/run/view.ts";
import { matcher, readersOfFiles } from "../../../web/data/readers.ts";

test("a star stays within a folder, two go through folders", () => {
  expect(matcher("demo/*.csv").test("demo/orders.csv")).toBe(true);
  expect(matcher("demo/*.csv").test("demo/old/orders.csv")).toBe(false);
  expect(matcher("demo/**/*.csv").test("demo/old/orders.csv")).toBe(true);
  expect(matcher("demo/**/*.csv").test("demo/orders.csv")).toBe(true);
  expect(matcher("a+b.csv").test("aab.csv")).toBe(false);
  expect(matcher("2026-0[1-3].{csv,parquet}").test("2026-02.parquet")).toBe(true);
});

test("each file lists the cells that name it, by path, glob or list", () => {
  const cell = (id: string, files: unknown) => ({ id, kind: "source", body: { files } }) as CellView;
  const listing: NotebookListing = { path: "notebooks/a.md", title: "A", modified: "", cells: [] };
  const cells = [cell("orders", "orders/*.csv"), cell("both", ["orders/1.csv", "people.csv"])];
  const plan = { asOf: "", inputs: [], cells, problems: [] };
  const found = readersOfFiles(["orders/1.csv", "people.csv", "other.csv"], [{ listing, plan }]);
  expect(found.get("orders/1.csv")?.map((reader) => reader.cell)).toEqual(["orders", "both"]);
  expect(found.get("people.csv")?.map((reader) => reader.cell)).toEqual(["both"]);
  expect(found.has("other.csv")).toBe(false);
});
