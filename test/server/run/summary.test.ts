import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openDuckDb } from "../../../server/engine/duckdb.ts";
import type { Engine } from "../../../server/engine/engine.ts";
import { summarise } from "../../../server/run/summary.ts";

let engine: Engine;
let folder: string;

beforeAll(async () => {
  engine = await openDuckDb(null);
  folder = await mkdtemp(join(tmpdir(), "segbook-summary-"));
});

afterAll(async () => {
  await engine.close();
  await rm(folder, { recursive: true, force: true });
});

async function summaryOf(select: string) {
  const file = join(folder, "relation.parquet");
  await engine.execute({ sql: `COPY (${select}) TO '${file}' (FORMAT parquet)` });
  const columns = await engine.describe({ sql: select });
  const [count] = await engine.rows({ sql: `SELECT count(*) AS n FROM (${select})` });
  const stored = { suffix: "", rows: Number(count?.n), columns, file, bytes: 0, sha256: "" };
  return summarise(engine, { relation: "r", file, stored }, new AbortController().signal);
}

test("missing and distinct values are counted, the range is drawn in twenty bars", async () => {
  const { rows, columns } = await summaryOf(
    "SELECT i AS id, CASE WHEN i % 10 = 0 THEN NULL ELSE (i % 7)::DOUBLE END AS x, 'c' || i % 3 AS c FROM range(20000) AS t(i)",
  );
  expect(rows).toBe(20_000);
  const [id, x, c] = columns;
  expect(id).toMatchObject({ distinct: 20_000, approximate: false, missing: 0, min: 0, max: 19_999, mean: 9_999.5 });
  expect(id?.histogram).toEqual(new Array(20).fill(1000));
  expect(x).toMatchObject({ distinct: 7, missing: 2_000, min: 0, max: 6 });
  expect(x?.histogram.reduce((sum, bar) => sum + bar, 0)).toBe(18_000);
  expect(c).toMatchObject({ distinct: 3, min: null, histogram: [] });
  expect(c?.top).toEqual([
    { value: "c0", rows: 6667 },
    { value: "c1", rows: 6667 },
    { value: "c2", rows: 6666 },
  ]);
});

test("beyond a million rows distinct values are estimated, and said to be", async () => {
  const { columns } = await summaryOf("SELECT i AS id FROM range(1000001) AS t(i)");
  expect(columns[0]?.approximate).toBe(true);
  expect(Math.abs((columns[0]?.distinct ?? 0) / 1_000_001 - 1)).toBeLessThan(0.2);
});

test("an empty relation has columns and nothing in them", async () => {
  const { rows, columns } = await summaryOf("SELECT 1 AS id WHERE false");
  expect(rows).toBe(0);
  expect(columns).toMatchObject([{ name: "id", distinct: 0, missing: 0, min: null, histogram: [] }]);
});

test("many columns are summarised as they are when there are few", async () => {
  const kinds = [
    "i * {c} % 97",
    "CASE WHEN i % 9 = 1 THEN 'nan'::DOUBLE ELSE i / {c} END",
    "NULL::INTEGER",
    "5::DECIMAL(6,2)",
    "DATE '2026-01-01' + (i * {c} % 50)::INTEGER",
    "'v' || (i * {c} % 60)",
    "CASE WHEN i % 5 > 0 THEN i % 3 = 0 END",
    "[i % 4]",
  ];
  const columns = Array.from({ length: 128 }, (_, at) => `${kinds[at % 8]?.replaceAll("{c}", `${at + 1}`)} AS c${at}`);
  const of = async (some: readonly string[]) =>
    (await summaryOf(`SELECT ${some.join(", ")} FROM range(300) AS t(i)`)).columns;
  expect(await of(columns)).toEqual([...(await of(columns.slice(0, 64))), ...(await of(columns.slice(64)))]);
});
