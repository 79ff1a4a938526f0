import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parseBody } from "../../../server/notebook/body.ts";
import { insertCell } from "../../../server/notebook/edit/insert-cell.ts";
import { renameCell } from "../../../server/notebook/edit/rename-cell.ts";
import { replaceBody } from "../../../server/notebook/edit/replace-body.ts";
import { setScalar } from "../../../server/notebook/edit/set-scalar.ts";
import type { Notebook } from "../../../server/notebook/model.ts";
import { parseNotebook } from "../../../server/notebook/parse.ts";
import { cell, ORDERS, openRuns, orders, withHead } from "../run/notebook-runs.ts";
import { edited } from "./changed-lines.ts";
import { cellNames, WITH_CELLS } from "./notebook-text.ts";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "segbook-merge-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function merge(base: string, mine: string, theirs: string): { conflicts: number | null; notebook: Notebook } {
  const [a = "", b = "", c = ""] = ["mine", "base", "theirs"].map((name) => join(folder, `${name}.md`));
  writeFileSync(a, mine);
  writeFileSync(b, base);
  writeFileSync(c, theirs);
  const git = spawnSync("git", ["merge-file", "-p", a, b, c], { encoding: "utf8" });
  return { conflicts: git.status, notebook: parseNotebook(git.stdout) };
}

test.each(["\n", "\r\n"])(
  "two branches that edit different cells merge into a notebook with both edits (%j)",
  (end) => {
    const base = WITH_CELLS.replaceAll("\n", end);
    const mine = edited(replaceBody(edited(renameCell(base, "orders", "sales")), "sales", "SELECT 1\nFROM a\n"));
    const theirs = edited(
      setScalar(edited(setScalar(base, "people", ["segments", "VIP"], "total > 9")), "personas", ["k"], 6),
    );
    const { conflicts, notebook } = merge(base, mine, theirs);
    expect(conflicts).toBe(0);
    expect(notebook.problems).toEqual([]);
    expect(cellNames(notebook)).toEqual(["sql sales", "segments people", "cluster personas"]);
    const [sales, people, personas] = notebook.cells;
    if (!sales || !people || !personas) throw new Error("a cell was lost");
    expect(sales.body).toBe(`SELECT 1${end}FROM a${end}`);
    expect(parseBody(people).value).toEqual({ of: "features", segments: { VIP: "total > 9", Others: "total <= 3" } });
    expect(parseBody(personas).value).toEqual({ k: 6 });
  },
);

test("a cell that one branch adds and a rule that the other changes merge", () => {
  const mine = edited(insertCell(WITH_CELLS, { kind: "sql", id: "totals", body: "SELECT 1", after: "personas" }));
  const theirs = edited(setScalar(WITH_CELLS, "people", ["segments", "Others"], "total < 1 # few"));
  const { conflicts, notebook } = merge(WITH_CELLS, mine, theirs);
  expect(conflicts).toBe(0);
  expect(cellNames(notebook)).toEqual(["sql orders", "segments people", "cluster personas", "sql totals"]);
  expect(notebook.problems).toEqual([]);
});

test("two branches that edit different cells merge into a notebook that runs, with both edits in its results", async () => {
  const big = cell("sql", "big", "SELECT customer_id, amount FROM orders WHERE amount > 8");
  const people = cell("segments", "people", "of: big\nsegments:\n  Some: amount > 15");
  const base = withHead(`${orders()}Who spends much?\n\n${big}Whom to write to.\n\n${people}`);
  const mine = edited(replaceBody(base, "big", "SELECT customer_id, amount FROM orders WHERE amount > 3"));
  const theirs = edited(setScalar(base, "people", ["segments", "Some"], "amount < 15"));
  const { conflicts, notebook } = merge(base, mine, theirs);
  expect([conflicts, notebook.problems]).toEqual([0, []]);
  const runs = await openRuns({ "orders.csv": ORDERS });
  const { result } = await runs.run(notebook.text);
  expect([result.state, result.problems]).toEqual(["done", []]);
  // Customer 3 spent 5: in `big` by the one edit, in the segment by the other.
  expect(await runs.rows(notebook.text, "people")).toEqual([
    [1, "Some"],
    [3, "Some"],
  ]);
  expect(await runs.rows(notebook.text, "big")).toHaveLength(3);
});

test("a conflict that was saved unsettled is reported and loses nothing", () => {
  const mine = edited(setScalar(WITH_CELLS, "personas", ["k"], 5));
  const theirs = edited(setScalar(WITH_CELLS, "personas", ["k"], 6));
  const { conflicts, notebook } = merge(WITH_CELLS, mine, theirs);
  expect(conflicts).toBe(1);
  const personas = notebook.cells.find(({ id }) => id === "personas");
  if (!personas) throw new Error("the cell was lost");
  expect(personas.body).toContain("k: 5");
  expect(personas.body).toContain("k: 6");
  expect(parseBody(personas).problems).not.toEqual([]);
});
