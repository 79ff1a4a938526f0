import { afterAll, beforeAll, expect, it } from "vitest";
import { keptRows } from "../../../../server/check/guards/kept-rows.ts";
import { openDuckDb } from "../../../../server/engine/duckdb.ts";
import { Cancelled, type Engine } from "../../../../server/engine/engine.ts";

let engine: Engine;
beforeAll(async () => {
  engine = await openDuckDb(null);
});
afterAll(() => engine.close());

it("whoever still waits gets the answer though the first who asked has left", async () => {
  const sql = "SELECT count(*) FROM range(40000000) AS a(i) WHERE hash(i) % 7 = 0";
  const [first, second] = [new AbortController(), new AbortController()];
  const left = keptRows(engine, sql, first.signal);
  const waiting = keptRows(engine, sql, second.signal);
  first.abort();
  await expect(left).rejects.toBeInstanceOf(Cancelled);
  expect((await waiting)?.length).toBe(1);
});

it("a result that was put away is as good as none", async () => {
  const { signal } = new AbortController();
  expect(await keptRows(engine, "SELECT * FROM read_parquet('/nowhere/at/all.parquet')", signal)).toBeNull();
});
