import { describe, expect, it } from "vitest";
import type { CellView, FindingView } from "../../../server/run/view.ts";
import { isAbout } from "../../../web/segments/guards/about.ts";
import { segmentsOf } from "../../../web/segments/segments-of.ts";

const view = (id: string, kind: string, more: Partial<CellView>) =>
  ({ id, kind, words: {}, body: null, ...more }) as CellView;

describe("The segments of a notebook", () => {
  it("are those that are written and those that only a result has, each once", () => {
    const cells = [
      view("groups", "segments", { words: { Big: "spends much", exclude: "is a test" } }),
      view("points", "score", { body: { bands: { High: ">= 10", Low: ">= 0" } }, words: { "1": "opened" } }),
      view("personas", "cluster", { body: { names: { 1: "Savers" } } }),
      view("orders", "source", {}),
    ];
    const sizes = new Map([
      ["personas", ["Savers", "Cluster 2"].map((name) => ({ name, people: 1, share: null, words: null }))],
    ]);
    const found = segmentsOf(cells, sizes as Parameters<typeof segmentsOf>[1]);
    expect(found.map(({ cell, name, words }) => [cell, name, words])).toEqual([
      ["groups", "Big", "spends much"],
      ["points", "High", null],
      ["points", "Low", null],
      ["personas", "Savers", null],
      ["personas", "Cluster 2", null],
    ]);
  });
});

describe("A finding", () => {
  const finding = (code: string, guard: FindingView["guard"]) => ({ code, guard }) as FindingView;

  it("is about its segment, and about the other one of two", () => {
    expect(isAbout(finding("segment-within", { segment: "A", about: "B" }), "A")).toBe(true);
    expect(isAbout(finding("segment-within", { segment: "A", about: "B" }), "B")).toBe(true);
    expect(isAbout(finding("condition-idle", { segment: "A", about: "B" }), "B")).toBe(false);
    expect(isAbout(finding("too-many-segments", { segment: null, about: null }), "A")).toBe(false);
    expect(isAbout(finding("unknown-column", null), "A")).toBe(false);
  });
});
