import { afterAll, beforeAll, expect, it } from "vitest";
import { source } from "../../../server/cells/source.ts";
import { type Bench, openBench, studyAndRun } from "./harness.ts";
import { putFile, sourceCell } from "./put-file.ts";

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

const COLUMNS = 800;
const PART = 40;
const ROWS = 120;

/** Columns take turns in what their rows have. */
const KINDS: readonly ((row: number) => string)[] = [
  (row) => String(row * 7 - 300),
  (row) => `${row % 13}.${row % 10}`,
  (row) => `2026-01-${String(1 + (row % 28)).padStart(2, "0")}`,
  (row) => `2026-02-03T04:${String(row % 60).padStart(2, "0")}:00Z`,
  (row) => (row % 3 === 0 ? "true" : "false"),
  (row) => (row === 66 ? "n.a." : String(row)),
  (row) => `"a, ${row % 4}"`,
  () => "",
];

/** Columns of two files, as a source of them takes them; before them each has a key, and numbers of which one is none. */
async function taken(folder: string, columns: readonly number[]) {
  const head = ["id", "n", ...columns.map((column) => `c${column}`)].join(",");
  for (const file of [0, 1]) {
    const lines = Array.from({ length: ROWS }, (_, index) => {
      // One row is a copy of the row before it.
      const row = index === 4 ? 3 : index;
      const fields = columns.map((column) =>
        (row + 2 * column) % 18 === 1 ? "" : KINDS[column % KINDS.length]?.(row),
      );
      return [`p${file}-${row}`, row === 70 ? "many" : row % 50, ...fields].join(",");
    });
    await putFile(bench, `${folder}/${file}.csv`, [head, ...lines, ""].join("\n"));
  }
  const body = `files: ${folder}/*.csv\non_error: set_aside\ncolumns: {n: {type: INTEGER, max: 48}}`;
  const ran = await studyAndRun(bench, source, { notebook: sourceCell(body) });
  const texts = (list: readonly unknown[]) => list.map((one) => JSON.stringify(one).replaceAll(`${folder}/`, ""));
  return {
    foreseen: texts(ran.study?.yields[0]?.columns ?? []),
    columns: texts(await ran.columns()),
    rows: (await ran.rows()).map((row) => ({ ...row })),
    audit: texts(await ran.rows("_audit")),
    rejects: texts(await ran.rows("_rejects")),
    told: texts(ran.problems.map(({ code, message }) => [code, message])),
  };
}

it("many columns come to what they come to when they are taken in parts", async () => {
  const all = Array.from({ length: COLUMNS }, (_, column) => column);
  const whole = await taken("whole", all);
  const parts: Awaited<ReturnType<typeof taken>>[] = [];
  for (let at = 0; at < COLUMNS; at += PART) parts.push(await taken(`part${at}`, all.slice(at, at + PART)));
  const together = (of: (part: (typeof parts)[number]) => readonly string[]) => [...new Set(parts.flatMap(of))].sort();
  for (const what of ["foreseen", "columns", "audit", "rejects", "told"] as const)
    expect(whole[what].toSorted()).toEqual(together((part) => part[what]));
  expect(whole.rows).toEqual(whole.rows.map((_, row) => Object.assign({}, ...parts.map(({ rows }) => rows[row]))));
  expect(whole.rows.length).toBe(2 * ROWS - 2 - 4);
  expect(
    whole.audit.some((row) => row.includes('"exact_duplicates","column":null,"severity":"warning","rows":2')),
  ).toBe(true);
  expect(whole.told.filter((text) => text.includes("nearly-typed"))).toHaveLength(COLUMNS / KINDS.length);
});
