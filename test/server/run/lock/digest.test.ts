import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openDuckDb } from "../../../../server/engine/duckdb.ts";
import { Cancelled, type Engine } from "../../../../server/engine/engine.ts";
import { differences } from "../../../../server/run/lock/differences.ts";
import { digest } from "../../../../server/run/lock/digest.ts";
import { type LockedRelation, TOLERANCE } from "../../../../server/run/lock/model.ts";

let engine: Engine;
let folder: string;
let made = 0;

beforeAll(async () => {
  engine = await openDuckDb(null);
  folder = await mkdtemp(join(tmpdir(), "segbook-digest-"));
});
afterAll(async () => {
  await engine.close();
  await rm(folder, { recursive: true, force: true });
});

/** What is kept of the rows of a SELECT once they have been written. */
async function digestOf(sql: string): Promise<LockedRelation> {
  made += 1;
  const file = join(folder, `${made}.parquet`);
  await engine.execute({ sql: `COPY (${sql}) TO '${file}' (FORMAT parquet)` });
  const columns = await engine.describe({ sql: `SELECT * FROM read_parquet('${file}')` });
  return digest({ engine, file, columns, signal: new AbortController().signal });
}

/** Sentences about what is different, as they follow the name. */
async function different(a: string, b: string): Promise<string[]> {
  const found = differences({ r: await digestOf(a) }, { r: await digestOf(b) }, TOLERANCE);
  return found.map(({ column, what }) => `${column ?? "r"} ${what}`);
}

const rows = (...tuples: string[]) => `SELECT * FROM (VALUES ${tuples.join(", ")}) AS t(a, b)`;

it("a look through a relation ends with its signal", async () => {
  const file = join(folder, "long.parquet");
  await engine.execute({
    sql: `COPY (SELECT range AS a, range / 3 AS b FROM range(400000)) TO '${file}' (FORMAT parquet)`,
  });
  const columns = await engine.describe({ sql: `SELECT * FROM read_parquet('${file}')` });
  const controller = new AbortController();
  const looking = digest({ engine, file, columns, signal: controller.signal });
  controller.abort();
  await expect(looking).rejects.toThrow(Cancelled);
});

describe("exact columns", () => {
  it("are the same in any order of rows", async () => {
    expect(await different(rows("(1, 'x')", "(2, NULL)"), rows("(2, NULL)", "(1, 'x')"))).toEqual([]);
    const many = "SELECT range AS a, 'name ' || range % 7 AS b FROM range(300000)";
    expect(await digestOf(`${many} ORDER BY b, a DESC`)).toEqual(await digestOf(many));
  });

  it("differ by a value, a missing value, a row more, a type", async () => {
    const before = rows("(1, 'x')", "(2, 'y')");
    expect(await different(before, rows("(1, 'x')", "(2, 'z')"))).toEqual(["b has other values"]);
    expect(await different(before, rows("(1, 'x')", "(2, NULL)"))).toEqual(["b has other values"]);
    expect(await different(rows("(1, '')"), rows("(1, NULL::VARCHAR)"))).toEqual(["b has other values"]);
    expect(await different(before, rows("(1, 'x')", "(2, 'y')", "(2, 'y')"))).toEqual([
      "r has 3 rows, had 2",
      "a has other values",
      "b has other values",
    ]);
    expect(await different(before, `SELECT a::BIGINT AS a, b FROM (${before})`)).toEqual(["a is BIGINT, was INTEGER"]);
    expect(await different(before, `SELECT b FROM (${before})`)).toEqual(["a is gone"]);
  });

  it("differ where the same values stand in other rows, or change places between columns", async () => {
    const paired = await different(rows("(1, 'x')", "(2, 'y')"), rows("(1, 'y')", "(2, 'x')"));
    expect(paired).toEqual(["r pairs its columns' values differently"]);
    const swapped = await different(rows("(1, 2)", "(2, 1)"), rows("(1, 1)", "(2, 2)"));
    expect(swapped).toEqual(["r pairs its columns' values differently"]);
  });

  it("are of every type that a result can have", async () => {
    const all = `SELECT DATE '2026-01-31' AS d, TIMESTAMP '2026-01-31 10:00:00.000001' AS t,
      TIMESTAMPTZ '2026-01-31 10:00:00+02' AS z, true AS b, 12345678901234567890123.45::DECIMAL(38,2) AS m,
      'ab'::BLOB AS bytes, [1, NULL] AS list, {'x': 1, 'y': 'é'} AS struct, INTERVAL 3 DAY AS i, TIME '10:00:01' AS clock,
      'a'::ENUM ('a', 'b') AS e, uuid() IS NULL AS u, NULL::VARCHAR AS nothing`;
    expect(await digestOf(all)).toEqual(await digestOf(all));
    expect(await different(all, all.replace(".000001", ".000002"))).toEqual(["t has other values"]);
    expect(await different(all, all.replace("+02", "+03"))).toEqual(["z has other values"]);
    expect(await different(all, all.replace("'ab'::BLOB", "'ac'::BLOB"))).toEqual(["bytes has other values"]);
    expect(await different(all, all.replace("[1, NULL]", "[NULL, 1]"))).toEqual(["list has other values"]);
  });

  it("of no rows are the same as themselves alone", async () => {
    const none = `SELECT 1 AS a, 1.5::DOUBLE AS b WHERE false`;
    expect(await different(none, none)).toEqual([]);
    expect(await different(none, "SELECT 1 AS a, 1.5::DOUBLE AS b")).toContain("r has 1 row, had 0");
  });
});

describe("floating-point columns", () => {
  const values = "SELECT range AS id, sin(range) * 100 AS x FROM range(50000)";
  const changed = (how: string) => values.replace("sin(range) * 100", how);

  it("are the same where only the last bits of every value differ", async () => {
    const nudged = changed("sin(range) * 100 * (1 + 4e-16 * (range % 3 - 1)) + 1e-15");
    expect(await different(values, nudged)).toEqual([]);
  });

  it("differ by one value among 50,000 that is another in its fifth digit", async () => {
    const one = changed("sin(range) * 100 * CASE WHEN range = 777 THEN 1.00001 ELSE 1 END");
    expect(await different(values, one)).toEqual([expect.stringMatching(/^x has .* as its mean, had /)]);
  });

  it("differ where two rows change values, though every figure of the column stays", async () => {
    const swapped = changed("sin(CASE WHEN range < 2 THEN 1 - range ELSE range END) * 100");
    expect(await different(values, swapped)).toEqual(["x has other values in some rows"]);
  });

  it("differ by what is missing, infinite or no number", async () => {
    const missing = changed("CASE WHEN range = 5 THEN NULL ELSE sin(range) * 100 END");
    expect(await different(values, missing)).toEqual(["x has 49999 finite values, had 50000"]);
    const infinite = changed("CASE WHEN range = 5 THEN 'Infinity'::DOUBLE ELSE sin(range) * 100 END");
    expect(await different(missing, infinite)).toEqual(["r pairs its columns' values differently"]);
    expect(await different("SELECT 'NaN'::DOUBLE AS x", "SELECT NULL::DOUBLE AS x")).not.toEqual([]);
  });

  it("give the mean and the extremes of the values", async () => {
    const { columns } = await digestOf("SELECT * FROM (VALUES (1.5::DOUBLE), (-2.5), (4.0), (NULL)) AS t(x)");
    expect(columns.x).toMatchObject({ values: 3, min: -2.5, max: 4, mean: 1, type: "DOUBLE" });
    expect(columns.x).toHaveProperty("size", expect.closeTo(8 / 3, 12));
    const zeros = await digestOf("SELECT 0::DOUBLE AS x FROM range(3)");
    expect(zeros.columns.x).toMatchObject({ values: 3, min: 0, max: 0, mean: 0, size: 0 });
  });

  it("of single precision are judged by that precision", async () => {
    const single = "SELECT range AS id, (range / 7)::FLOAT AS x FROM range(1000)";
    expect(await different(single, single.replace("/ 7", "/ 7 * 1.0000001"))).toEqual([]);
    expect(await different(single, single.replace("/ 7", "/ 7 * 1.0001"))).not.toEqual([]);
  });
});
