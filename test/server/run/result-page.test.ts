import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openDuckDb } from "../../../server/engine/duckdb.ts";
import type { Engine } from "../../../server/engine/engine.ts";
import { type PageRequest, resultPage } from "../../../server/run/page.ts";

const SELECT = `SELECT 'S' || i % 3 AS segment, DATE '2026-10-01' + (i // 3)::INTEGER AS "the day", i AS n
FROM range(12) AS t(i)`;

let engine: Engine;
let folder: string;

beforeAll(async () => {
  engine = await openDuckDb(null);
  folder = await mkdtemp(join(tmpdir(), "segbook-page-"));
  await engine.execute({ sql: `COPY (${SELECT}) TO '${join(folder, "relation.parquet")}' (FORMAT parquet)` });
});

afterAll(async () => {
  await engine.close();
  await rm(folder, { recursive: true, force: true });
});

async function page(asked: Partial<PageRequest>) {
  const file = join(folder, "relation.parquet");
  const columns = await engine.describe({ sql: SELECT });
  const stored = { suffix: "", rows: 12, columns, file, bytes: 0, sha256: "" };
  const whole = { relation: "r", key: "k", file, stored, offset: 0, limit: 100, sort: null, descending: false };
  const found = await resultPage(engine, { ...whole, ...asked }, new AbortController().signal);
  return "code" in found ? found.code : [found.total, found.rows.map((row) => row[2])];
}

test("rows are chosen by the values of their columns, counted, and turned over as all are", async () => {
  expect(await page({ where: { segment: "S1" } })).toEqual([4, [1, 4, 7, 10]]);
  expect(await page({ where: { segment: "S1" }, offset: 2, limit: 1 })).toEqual([4, [7]]);
  expect(await page({ where: { segment: "S1", "the day": "2026-10-02" } })).toEqual([1, [4]]);
  expect(await page({ where: { segment: "S1" }, sort: "n", descending: true, limit: 2 })).toEqual([4, [10, 7]]);
  expect(await page({ where: { segment: "S1' OR TRUE --" } })).toEqual([0, []]);
  expect(await page({ where: {}, offset: 10 })).toEqual([12, [10, 11]]);
  expect(await page({ where: { 'segment" OR "n': "1" } })).toBe("unknown-column");
});
