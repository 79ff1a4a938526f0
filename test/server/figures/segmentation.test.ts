import { expect, test } from "vitest";
import { populationOf, segmentSizes } from "../../../server/figures/segmentation.ts";
import type { CellView, PlanView, SummaryView } from "../../../server/run/view.ts";
import { stretchOf } from "../../../web/state/stretch.ts";
import { cellViewOf } from "../../cell-view.ts";

const cell = (over: Partial<CellView>) => cellViewOf("audiences", { kind: "segments", ...over });

const summary = (column: string, top: [string, number][]): SummaryView => ({
  relation: "audiences",
  rows: top.reduce((sum, [, rows]) => sum + rows, 0),
  columns: [
    {
      name: column,
      type: "VARCHAR",
      missing: 0,
      distinct: top.length,
      approximate: false,
      min: null,
      max: null,
      mean: null,
      histogram: [],
      top: top.map(([value, rows]) => ({ value, rows })),
    },
  ],
});

const audiences = cell({
  body: { of: "people", segments: { Recent: "a", Empty: "b" }, otherwise: "Everyone else" },
  words: { Recent: "bought lately" },
});

test("sizes come in the order of the rules, with those that nobody is in", () => {
  const found = segmentSizes(
    audiences,
    summary("segment", [
      ["Everyone else", 90],
      ["Recent", 10],
    ]),
    100,
  );
  expect(found).toEqual([
    { name: "Recent", people: 10, share: 0.1, words: "bought lately" },
    { name: "Empty", people: 0, share: 0, words: null },
    { name: "Everyone else", people: 90, share: 0.9, words: null },
  ]);
});

test("shares are not known where it is not known how many were looked at", () => {
  expect(segmentSizes(audiences, summary("segment", [["Recent", 10]]), null)[0]?.share).toBeNull();
});

test("those who were looked at are the rows of the relation that the cell reads", () => {
  const people = cell({
    id: "people",
    kind: "features",
    relations: [{ name: "people", key: "k", rows: 120, columns: [] }],
  });
  const plan: PlanView = { asOf: "2026-11-01T00:00:00Z", inputs: [], cells: [people, audiences], problems: [] };
  expect(populationOf(audiences, plan)).toBe(120);
  expect(populationOf(cell({ body: { of: "elsewhere" }, rows: 30 }), plan)).toBeNull();
});

test("each segment is one stretch of the relation sorted by name, in the order of code points", () => {
  const sizes = [
    { name: "b", people: 5 },
    { name: "a", people: 3 },
    { name: "B", people: 2 },
    { name: "é", people: 7 },
  ];
  expect(stretchOf("B", sizes)).toEqual({ start: 0, length: 2 });
  expect(stretchOf("a", sizes)).toEqual({ start: 2, length: 3 });
  expect(stretchOf("b", sizes)).toEqual({ start: 5, length: 5 });
  expect(stretchOf("é", sizes)).toEqual({ start: 10, length: 7 });
});
