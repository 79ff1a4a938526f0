import { expect, it } from "vitest";
import type { Problem } from "../../../server/notebook/model.ts";
import { parseNotebook } from "../../../server/notebook/parse.ts";
import type { CellView, FindingView } from "../../../server/run/view.ts";
import { foundIn, withFound } from "../../../web/state/findings.ts";

const TEXT = "---\nsegbook: 1\n---\n\n```sql a\nSELECT random() AS r\n```\n\n```sql b\nSELECT 1 AS x\n```\n";

function problem(cell: string | null, line: number | null): FindingView {
  const said = { code: "sql-random", severity: "warning" as const, message: "By chance.", hint: "Do not." };
  return { ...said, cell, line, column: 8, fixable: false, guard: null, accepted: null };
}

function view(id: string, problems: Problem[] = []): CellView {
  return { id, kind: "sql", problems } as unknown as CellView;
}

const linesOf = (views: readonly CellView[]) => views.map(({ problems }) => problems.map(({ line }) => line));

it("findings stand in their cell, beside the plan's problems", () => {
  const { cells } = parseNotebook(TEXT);
  const found = foundIn([problem("a", 6), problem(null, 1), problem("gone", 3)], cells);
  const plan = { ...problem("a", 5), code: "cycle" };
  expect(linesOf(withFound([view("a", [plan]), view("b")], found, cells))).toEqual([[5, 6], []]);
});

it("what the plan tells as well is told once", () => {
  const { cells } = parseNotebook(TEXT);
  const found = foundIn([problem("a", 6)], cells);
  expect(linesOf(withFound([view("a", [problem("a", 6)])], found, cells))).toEqual([[6]]);
});

it("findings move with their cell, and go when its text becomes another", () => {
  const found = foundIn([problem("a", 6)], parseNotebook(TEXT).cells);
  const moved = parseNotebook(TEXT.replace("```sql a", "Prose.\n\n```sql a")).cells;
  expect(linesOf(withFound([view("a")], found, moved))).toEqual([[8]]);
  const changed = parseNotebook(TEXT.replace("random()", "1")).cells;
  expect(linesOf(withFound([view("a")], found, changed))).toEqual([[]]);
});

it("a cell without findings stays the very same object", () => {
  const views = [view("b")];
  expect(withFound(views, foundIn([problem("a", 6)], parseNotebook(TEXT).cells), parseNotebook(TEXT).cells)[0]).toBe(
    views[0],
  );
});

it("what is accepted is no problem of its cell any more", () => {
  const { cells } = parseNotebook(TEXT);
  const accepted = { reason: "We know.", index: 0 };
  const found = foundIn([{ ...problem("a", 6), guard: { segment: null, about: null }, accepted }], cells);
  expect(linesOf(withFound([view("a")], found, cells))).toEqual([[]]);
});
