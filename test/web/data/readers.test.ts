import { expect, test } from "vitest";
import type { CellView, NotebookListing } from "../../../server/run/view.ts";
import { readersOfFiles } from "../../../web/data/readers.ts";

test("each file lists the cells that name it, by path, glob or list", () => {
  const cell = (id: string, files: unknown) => ({ id, kind: "source", body: { files } }) as CellView;
  const listing: NotebookListing = { path: "notebooks/a.md", title: "A", modified: "", cells: [] };
  const cells = [
    cell("orders", "orders/*.csv"),
    cell("both", ["orders/1.csv", "people.csv"]),
    cell("odd", "[z-a].csv"),
  ];
  const plan = { asOf: "", inputs: [], cells, problems: [] };
  const found = readersOfFiles(["orders/1.csv", "people.csv", "other.csv"], [{ listing, plan }]);
  expect(found.get("orders/1.csv")?.map((reader) => reader.cell)).toEqual(["orders", "both"]);
  expect(found.get("people.csv")?.map((reader) => reader.cell)).toEqual(["both"]);
  expect(found.has("other.csv")).toBe(false);
});
