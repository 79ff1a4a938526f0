import { describe, expect, it } from "vitest";
import { cell, ORDERS, openRuns, orders } from "../run/notebook-runs.ts";

describe("SQL cells", () => {
  it("may end in a semicolon and comments", async () => {
    const runs = await openRuns();
    const notebook =
      cell("sql", "s", "SELECT ';' AS a; -- done; really\n;") + cell("sql", "r", "SELECT a FROM s -- ; no end");
    expect((await runs.run(notebook)).result.state).toBe("done");
    expect(await runs.rows(notebook, "r")).toEqual([[";"]]);
  });

  it("give whole sums as whole numbers, exactly, however large", async () => {
    const runs = await openRuns();
    const notebook =
      cell("sql", "s", "SELECT sum(i) AS n FROM range(10) AS t(i)") +
      cell("sql", "large", "SELECT sum(i) AS n FROM (VALUES (9223372036854775807), (9223372036854775807)) AS t(i)");
    const ran = await runs.run(notebook);
    expect(ran.cell("s").relations[0]?.columns).toEqual([{ name: "n", type: "BIGINT" }]);
    expect(await runs.rows(notebook, "s")).toEqual([[45]]);
    expect(await runs.rows(notebook, "large")).toEqual([["18446744073709551614"]]);
  });

  it.each([
    "SELECT * FROM information_schema.tables",
    "SELECT * FROM duckdb_tables",
    "SELECT * FROM duckdb_tables()",
    "SELECT * FROM main.orders",
    "SELECT * FROM memory.main.orders",
    'SELECT * FROM "main.orders"',
    "SELECT * FROM pg_catalog.pg_class",
    "SELECT * FROM temp.orders",
    "SHOW ALL TABLES",
    "SELECT * FROM (SHOW TABLES)",
    "SELECT * FROM sqlite_master",
    "SELECT * FROM scratch_members_12345678",
    "SELECT * FROM 'orders.csv'",
    "SELECT * FROM read_csv('orders.csv')",
    "SELECT * FROM query_table('orders')",
    "SELECT getenv('HOME')",
    "SELECT 1; SELECT 2",
    "COPY (SELECT 1) TO 'x.csv'",
    "ATTACH 'x.db'",
    "PRAGMA database_list",
    "SET threads = 1",
    "SELECT 1) TO 'x.parquet'; --",
  ])("are refused: %s", async (sql) => {
    const runs = await openRuns({ "orders.csv": ORDERS });
    const ran = await runs.run(orders() + cell("sql", "s", sql), { cells: ["s"] });
    expect(ran.cell("s").state).toBe("failed");
  });
});
