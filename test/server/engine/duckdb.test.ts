import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { confine } from "../../../server/engine/confine.ts";
import { openDuckDb } from "../../../server/engine/duckdb.ts";
import { Cancelled, type Engine, EngineFailure } from "../../../server/engine/engine.ts";
import { guardSql } from "../../../server/engine/guard.ts";

let engine: Engine;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "segbook-engine-"));
  await writeFile(join(folder, "inside.csv"), "a\n1\n");
  engine = await openDuckDb({
    folders: [folder],
    spill: join(folder, "spill"),
    zone: "Europe/London",
    threads: 2,
    memory: 512 * 1024 ** 2,
    temp: 1024 ** 3,
  });
});

afterAll(async () => {
  await engine.close();
  await rm(folder, { recursive: true, force: true });
});

async function failure(work: Promise<unknown>): Promise<EngineFailure> {
  const error = await work.then(() => null).catch((caught: unknown) => caught);
  if (!(error instanceof EngineFailure)) throw new Error(`expected a failure, got ${String(error)}`);
  return error;
}

describe("what parsing a SELECT tells", () => {
  const relations = async (sql: string) => (await engine.analyse(sql)).relations.map((one) => one.name);

  it("names relations in FROM, joins, subqueries and set operations", async () => {
    expect(
      await relations(
        "SELECT (SELECT max(y) FROM b) FROM a JOIN c USING (id) UNION SELECT 1 FROM d WHERE x IN (SELECT 1 FROM e)",
      ),
    ).toEqual(expect.arrayContaining(["a", "b", "c", "d", "e"]));
  });

  it("leaves out a CTE's name where the CTE holds, and only there", async () => {
    expect(await relations("WITH t AS (SELECT * FROM orders) SELECT * FROM t")).toEqual(["orders"]);
    expect(await relations("WITH orders AS (SELECT * FROM orders) SELECT * FROM orders")).toEqual(["orders"]);
    expect(await relations("SELECT * FROM (WITH t AS (SELECT 1 AS a) SELECT * FROM t) JOIN t ON true")).toEqual(["t"]);
    expect(
      await relations("WITH RECURSIVE t AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM t WHERE n < 5) SELECT * FROM t"),
    ).toEqual([]);
  });

  it("knows FROM-first, PIVOT with a list and SUMMARIZE", async () => {
    expect(await relations("FROM orders SELECT amount")).toEqual(["orders"]);
    expect(await relations("PIVOT orders ON category IN ('a', 'b') USING sum(amount)")).toEqual(["orders"]);
    expect(await relations("SUMMARIZE orders")).toEqual(["orders"]);
  });

  it("reads numbers that are too large to be one", async () => {
    const { canonical } = await engine.analyse("SELECT 1e999, 'Infinity \\\" NaN'");
    expect(canonical).toContain('Infinity \\\\\\" NaN');
  });

  it("gives places in the text's own units", async () => {
    const text = "SELECT 'ünïcödé', x FROM orders";
    expect((await engine.analyse(text)).relations).toEqual([{ name: "orders", at: text.indexOf("orders") }]);
  });

  it("finds parameters and functions", async () => {
    const analysis = await engine.analyse("SELECT lower(a) FROM t, range(3) WHERE b > $min");
    expect(analysis.parameters).toEqual(["min"]);
    expect(analysis.functions.map((call) => [call.name, call.table])).toEqual(
      expect.arrayContaining([
        ["lower", false],
        ["range", true],
      ]),
    );
  });

  it("is the same for texts that differ in comments, spacing and keyword case alone", async () => {
    const one = await engine.analyse("SELECT a, b FROM t WHERE a > 1");
    const other = await engine.analyse("select  a,\n b -- both\nfrom t /* all */ where a > 1");
    expect(other.canonical).toBe(one.canonical);
    expect((await engine.analyse("SELECT a, b FROM t WHERE a > 2")).canonical).not.toBe(one.canonical);
  });

  it.each([
    "CREATE TABLE t (a INTEGER)",
    "COPY (SELECT 1) TO 'x.csv'",
    "ATTACH 'x.db'",
    "SET threads = 1",
    "INSERT INTO t VALUES (1)",
    "SELECT 1; SELECT 2",
  ])("refuses %s", async (sql) => {
    expect((await failure(engine.analyse(sql))).kind).toBe("syntax");
  });

  it("says where a slip is", async () => {
    const text = "SELECT a\nFRM t\nWHERE b";
    expect((await failure(engine.analyse(text))).position).toBe(text.indexOf("t\nWHERE"));
  });
});

describe("what the guard refuses", () => {
  it.each([
    "SELECT * FROM read_csv('/etc/passwd')",
    "SELECT * FROM read_text('x')",
    "SELECT * FROM glob('/*')",
    "SELECT * FROM query('SELECT 1')",
    "SELECT * FROM query_table('t')",
    "SELECT * FROM duckdb_settings()",
    "SELECT * FROM parquet_metadata('x.parquet')",
    "SELECT (SELECT content FROM read_blob('x') LIMIT 1)",
    "WITH x AS (FROM sniff_csv('x')) SELECT * FROM x",
    "SELECT current_setting('temp_directory')",
    "SELECT enable_logging()",
  ])("%s", async (sql) => {
    expect(guardSql(await engine.analyse(sql))[0]?.code).toBe("function-refused");
  });

  it("a path as a table is a relation that no cell yields", async () => {
    expect((await engine.analyse("SELECT * FROM '/etc/passwd'")).relations.map((one) => one.name)).toEqual([
      "/etc/passwd",
    ]);
  });
});

describe("a confined engine", () => {
  it("reads the folders it was given, and nothing else", async () => {
    expect((await engine.table({ sql: `SELECT * FROM read_csv('${folder}/inside.csv')` })).rows).toEqual([[1]]);
    expect((await failure(engine.table({ sql: "SELECT * FROM read_text('/etc/hostname')" }))).kind).toBe("permission");
    expect((await failure(engine.table({ sql: `SELECT * FROM read_text('${folder}/../escape.txt')` }))).kind).toBe(
      "permission",
    );
  });

  it("gets at nothing else by any statement, nor by links and names that begin alike", async () => {
    const beside = `${folder}-secret`;
    await mkdir(beside);
    await writeFile(join(beside, "s.csv"), "a\n1\n");
    await symlink(join(beside, "s.csv"), join(folder, "link.csv"));
    await symlink(beside, join(folder, "linked"));
    for (const sql of [
      ...[
        `${beside}/s.csv`,
        `${folder}/link.csv`,
        `${folder}/linked/s.csv`,
        "~/x.csv",
        "s.csv",
        "https://127.0.0.1/x.csv",
      ].map((path) => `SELECT * FROM read_text('${path}')`),
      `SELECT * FROM '${beside}/s.csv'`,
      `COPY (SELECT 1) TO '${beside}/made.csv'`,
      `COPY (SELECT 1) TO '${folder}/linked/made.csv'`,
      `EXPORT DATABASE '${beside}/made'`,
      `ATTACH '${beside}/made.db'`,
      "INSTALL httpfs",
      "LOAD httpfs",
      `LOAD '${folder}/made.duckdb_extension'`,
    ]) {
      await failure(engine.execute({ sql }));
    }
    expect(await readdir(beside)).toEqual(["s.csv"]);
    await rm(beside, { recursive: true });
  });

  it("runs one statement at a time, whatever has got into its text", async () => {
    const made = join(folder, "made.csv");
    for (const sql of [`SELECT 1; COPY (SELECT 1) TO '${made}'`, `COPY (SELECT 1) TO '${made}'; SELECT 1`]) {
      expect((await failure(engine.rows({ sql }))).message).toContain("expected one statement, found 2");
      await failure(engine.execute({ sql }));
    }
    expect(await readdir(folder)).not.toContain("made.csv");
    expect(await engine.rows({ sql: "SELECT ';' AS said;" })).toEqual([{ said: ";" }]);
  });

  it("can't be loosened", async () => {
    for (const sql of [
      "SET enable_external_access = true",
      "SET lock_configuration = false",
      "SET allowed_directories = ['/']",
      "SET threads = 9",
    ]) {
      await failure(engine.execute({ sql }));
    }
  });

  it("works in no engine that somebody opened before in any point", async () => {
    const bounds = { folders: [folder], spill: join(folder, "other"), zone: "UTC", threads: 1, memory: 1e9, temp: 1e9 };
    for (const [setting, value] of [
      ["allowed_paths", "['/etc/passwd']"],
      ["allowed_configs", "['threads']"],
      ["custom_extension_repository", "'elsewhere'"],
      ["file_search_path", "'/etc'"],
    ] as const) {
      const connection = await (await DuckDBInstance.create(":memory:")).connect();
      await connection.run(`SET ${setting} = ${value}`);
      await expect(confine(connection, bounds)).rejects.toThrow(`the engine could not be confined: ${setting}`);
    }
    const bare = await (await DuckDBInstance.create(":memory:")).connect();
    await expect(confine(bare, bounds)).resolves.toBeUndefined();
  });

  it("is set alike for statements that run side by side", async () => {
    const sql = "SELECT current_setting('enable_progress_bar'), current_setting('TimeZone') FROM range(100000)";
    const tables = await Promise.all(Array.from({ length: 5 }, () => engine.table({ sql })));
    for (const { rows } of tables) expect(rows[0]).toEqual([true, "Europe/London"]);
  });

  it("does not tell another zone's wall time", async () => {
    const [row] = await engine.rows({ sql: "SELECT (TIMESTAMPTZ '2026-07-01 12:00:00+00')::TIMESTAMP AS wall" });
    expect(row?.wall).toBe("2026-07-01T13:00:00");
  });
});

describe("values and statements", () => {
  it("come out as JSON can carry them", async () => {
    const { rows } = await engine.table({
      sql: `SELECT 9007199254740993::BIGINT, 12::BIGINT, 10.50::DECIMAL(10,2), 12345678901234567890.12::DECIMAL(38,2), 0.1::DOUBLE, DATE '2026-10-31',
        TIMESTAMP '2026-10-31 01:02:03.25', TIMESTAMPTZ '2026-10-31 00:00:00+00', NULL, true, 'x', [1, 2], 'NaN'::DOUBLE, TIMESTAMP '1969-12-31 23:59:59.5'`,
    });
    expect(rows[0]).toEqual([
      "9007199254740993",
      12,
      10.5,
      "12345678901234567890.12",
      0.1,
      "2026-10-31",
      "2026-10-31T01:02:03.25",
      "2026-10-31T00:00:00Z",
      null,
      true,
      "x",
      [1, 2],
      "NaN",
      "1969-12-31T23:59:59.5",
    ]);
  });

  it("bind values with their types", async () => {
    const parameters = {
      d: { type: "DATE", value: "2026-10-31" },
      t: { type: "TIMESTAMP", value: "2026-10-31T12:00:00.5" },
      n: { type: "BIGINT", value: 7 },
      x: { type: "VARCHAR", value: "a'b" },
    } as const;
    const { rows } = await engine.table({ sql: "SELECT $d + 1, $t, $n, $x, typeof($n)", parameters });
    expect(rows[0]).toEqual(
      ["2026-11-01T00:00:00", "2026-10-31T12:00:00.5", 7, "a'b", "BIGINT"].map((value, index) =>
        index === 0 ? "2026-11-01" : value,
      ),
    );
  });

  it("load columns in more than one chunk", async () => {
    const n = 5000;
    await engine.load("loaded", [
      { name: "i", type: "BIGINT", values: Int32Array.from({ length: n }, (_, index) => index) },
      { name: "x", type: "DOUBLE", values: Float64Array.from({ length: n }, (_, index) => index / 2) },
      {
        name: "s",
        type: "VARCHAR",
        values: Array.from({ length: n }, (_, index) => (index % 2 === 0 ? null : `s${index}`)),
      },
      { name: "d", type: "DATE", values: Array.from({ length: n }, () => "2026-10-31") },
    ]);
    const { rows } = await engine.table({ sql: "SELECT count(*), sum(i), sum(x), count(s), min(d) FROM loaded" });
    expect(rows[0]).toEqual([n, (n * (n - 1)) / 2, (n * (n - 1)) / 4, n / 2, "2026-10-31"]);
    const [i, x] = await engine.numbers({
      sql: "SELECT i, CASE WHEN i = 1 THEN NULL ELSE x END FROM loaded ORDER BY i",
    });
    expect(i?.[4999]).toBe(4999);
    expect(x?.[1]).toBeNaN();
  });

  it("give and take whole chunks of numbers as they lie in memory, with the missing where they are missing", async () => {
    const n = 70_001;
    const isMissing = (row: number) => row % 31 === 0 || (row > 4000 && row < 4100) || row === n - 1;
    await engine.load("typed", [
      { name: "i", type: "INTEGER", values: Int32Array.from({ length: n }, (_, row) => row - 35_000) },
      { name: "b", type: "BIGINT", values: Int32Array.from({ length: n }, (_, row) => -row) },
      { name: "x", type: "DOUBLE", values: Float64Array.from({ length: n }, (_, row) => Math.sin(row) * 1e-300) },
      { name: "m", type: "DOUBLE", values: Array.from({ length: n }, (_, row) => (isMissing(row) ? null : row)) },
    ]);
    const [i, b, x, m] = await engine.numbers({ sql: "SELECT i, b, x, m FROM typed" });
    for (let row = 0; row < n; row++) {
      const got = [i?.[row], b?.[row], x?.[row], m?.[row]];
      const meant = [row - 35_000, row === 0 ? 0 : -row, Math.sin(row) * 1e-300, isMissing(row) ? Number.NaN : row];
      if (got.some((value, at) => !Object.is(value, meant[at]))) expect(got).toEqual(meant);
    }
    expect(m).toHaveLength(n);
    const { rows } = await engine.table({
      sql: "SELECT typeof(i), typeof(b), min(i), max(b), count(m) FROM typed GROUP BY ALL",
    });
    const there = Array.from({ length: n }, (_, row) => row).filter((row) => !isMissing(row)).length;
    expect(rows).toEqual([["INTEGER", "BIGINT", -35_000, 0, there]]);
  });

  it("go straight to their place where it is told how many come, which must be right", async () => {
    const sql = "SELECT i, nullif(i, 3) FROM range(50000) AS t(i)";
    const [i, missing] = await engine.numbers({ sql }, 50_000);
    expect(i?.every((value, row) => value === row)).toBe(true);
    expect(missing?.[3]).toBeNaN();
    await expect(engine.numbers({ sql }, 49_999)).rejects.toThrow("more than 49999 rows came");
    await expect(engine.numbers({ sql }, 50_001)).rejects.toThrow("50000 rows came of 50001");
    const controller = new AbortController();
    const long = { sql: "SELECT i, md5(i::VARCHAR) < '1' FROM range(100000000) AS t(i)", signal: controller.signal };
    const cancelled = engine.numbers(long, 100_000_000);
    setTimeout(() => controller.abort(), 200);
    await expect(cancelled).rejects.toBeInstanceOf(Cancelled);
  });

  it("give an empty column each where there are no rows", async () => {
    expect(await engine.numbers({ sql: "SELECT 1.5::DOUBLE AS x WHERE false" })).toEqual([new Float64Array()]);
  });

  it("stop within a second when they are cancelled, and the engine goes on", async () => {
    const controller = new AbortController();
    const endless = engine.table({
      sql: "SELECT count(*) FROM range(1000000000) a, range(1000) b",
      signal: controller.signal,
    });
    setTimeout(() => controller.abort(), 100);
    await expect(endless).rejects.toBeInstanceOf(Cancelled);
    expect((await engine.table({ sql: "SELECT 1" })).rows).toEqual([[1]]);
  });
});
