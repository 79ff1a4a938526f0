import { DuckDBInstance } from "@duckdb/node-api";
import { beforeAll, describe, expect, it } from "vitest";
import { openDuckDb } from "../../../server/engine/duckdb.ts";
import type { Engine } from "../../../server/engine/engine.ts";
import { ALLOWED, REFUSED } from "../../../server/engine/functions/reviewed.ts";
import { guardSql } from "../../../server/engine/guard.ts";

type Form = "value" | "table" | "pragma";

const FORMS: Readonly<Record<string, Form>> = { table: "table", table_macro: "table", pragma: "pragma" };

function listed(groups: object, form: Form): string[] {
  const texts = Object.values(groups).map((group: Partial<Record<Form, string>>) => group[form] ?? "");
  return texts.flatMap((text) => text.split(/\s+/)).filter((name) => name !== "");
}

describe("the review of the engine's functions", () => {
  const catalogue: Record<Form, Set<string>> = { value: new Set(), table: new Set(), pragma: new Set() };

  beforeAll(async () => {
    const connection = await (await DuckDBInstance.create(":memory:")).connect();
    const reader = await connection.runAndReadAll("SELECT function_type, lower(function_name) FROM duckdb_functions()");
    for (const [type, name] of reader.getRows()) catalogue[FORMS[String(type)] ?? "value"].add(String(name));
  });

  // Where this fails: run server/engine/functions/review.ts, and move what is unreviewed to where it belongs.
  it.each(["value", "table", "pragma"] as const)(
    "knows each %s function of the installed engine, once, and no other",
    (form) => {
      const all = [...listed(ALLOWED, form), ...listed(REFUSED, form)];
      expect([...all].sort()).toEqual([...catalogue[form]].sort());
    },
  );

  it("has decided on each", () => {
    expect(REFUSED.unreviewed).toEqual({});
  });

  it("allows no function in FROM but those that make rows of their arguments", () => {
    expect(listed(ALLOWED, "table")).toEqual(
      "generate_series json_each json_tree range repeat repeat_row summary unnest".split(" "),
    );
  });
});

describe("the guard", () => {
  let engine: Engine;

  beforeAll(async () => {
    engine = await openDuckDb(null);
  });

  const refused = async (sql: string) => guardSql(await engine.analyse(sql)).map(({ message }) => message);

  it("refuses each refused function wherever it may stand", async () => {
    for (const name of listed(REFUSED, "table")) {
      for (const sql of [
        `SELECT * FROM ${name}('x')`,
        `FROM ${name.toUpperCase()}('x')`,
        `SELECT (SELECT 1 FROM system.main."${name}"('x'))`,
        `WITH c AS (FROM ${name}('x')) SELECT 1`,
        `SELECT 1 FROM t, LATERAL (FROM ${name}(t.a))`,
        `PIVOT (FROM ${name}('x')) ON a IN (1) USING count(*)`,
        `SELECT 1 WHERE EXISTS (FROM ${name}('x'))`,
        `SELECT 1 UNION ALL FROM ${name}('x')`,
      ]) {
        expect(await refused(sql), sql).toEqual([expect.stringContaining(`\`${name}\``)]);
      }
    }
  });

  it("refuses each refused value wherever an expression may stand", async () => {
    const names = listed(REFUSED, "value").filter((name) => /^[a-z_]+$/.test(name));
    // What the grammar itself reads as a name, without brackets, is harmless: it says who and where one is in the engine.
    const bare = new Set(["current_catalog", "current_role", "current_user", "session_user", "user"]);
    for (const name of names.filter((one) => !bare.has(one))) {
      for (const sql of [
        `SELECT "${name}"('x')`,
        `SELECT a FROM t WHERE main."${name}"('x') = 1`,
        `SELECT a FROM t ORDER BY "${name}"('x')`,
        `SELECT count(*) FILTER ("${name}"(a)) FROM t GROUP BY ALL HAVING "${name}"(a)`,
        `SELECT sum(1) OVER (PARTITION BY "${name}"(a)) FROM t`,
        `SELECT list_transform(l, lambda x: "${name}"(x)) FROM t`,
        `FROM range(1 ORDER BY "${name}"('x'))`,
        `FROM t JOIN u ON "${name}"(a)`,
        `SELECT a FROM t LIMIT "${name}"('x')`,
        `SELECT COLUMNS(c -> "${name}"(c)) FROM t`,
      ]) {
        expect(await refused(sql).then((all) => new Set(all).size), sql).toBe(1);
      }
    }
  });

  it("says why, and what to do instead", async () => {
    const [problem] = guardSql(await engine.analyse("SELECT * FROM read_csv('orders.csv')"));
    expect(problem).toMatchObject({
      code: "function-refused",
      message: "`read_csv` reads files by itself and is refused.",
    });
    expect(problem?.hint).toMatch(/source cell/);
  });

  it("names the nearest where there is no such function", async () => {
    const [problem] = guardSql(await engine.analyse("SELECT lowr(a) FROM t"));
    expect(problem).toMatchObject({ code: "unknown-function", at: 7 });
    expect(problem?.hint).toContain("`lower`");
  });

  it("allows what the grammar makes of operators, windows, lambdas, casts and their like", async () => {
    for (const sql of [
      "SELECT a ** 2, a // 2, -a, a!, NOT b, a LIKE 'x', a SIMILAR TO 'x', a ~ 'x', a || 'x', a -> 'x', a AT TIME ZONE 'UTC'",
      "SELECT extract(year FROM a), position('a' IN b), substring(a FROM 1 FOR 2), trim(both 'x' FROM a), [x + 1 FOR x IN l IF x > 1]",
      "SELECT row_number() OVER w, lag(a) OVER w, sum(a) OVER w, count(DISTINCT a) FILTER (WHERE b) FROM t WINDOW w AS (ORDER BY b)",
      "SELECT quantile_cont(a, 0.5), percentile_cont(0.5) WITHIN GROUP (ORDER BY a), mode() WITHIN GROUP (ORDER BY a), COLUMNS('a.*') FROM t",
      "SELECT {'a': 1}, MAP {'a': 1}, a[1:2], s.b, (1, 2), INTERVAL (a) DAY, current_date, a::DATE, TRY_CAST(a AS INTEGER), GROUPING(a) FROM t GROUP BY CUBE (a)",
      "UNPIVOT t ON a, b INTO NAME n VALUE v",
      "PIVOT t ON a IN (1, 2) USING sum(b) GROUP BY c",
      "SUMMARIZE t",
      "SELECT unnest([1, 2, 3]) AS x, UNNEST(l), unlist(l), unnest(s, recursive := true), x = ANY (l), x > ALL ([1, 2]) FROM t",
      "FROM range(3), generate_series(1, 3), unnest([1]), (VALUES (1)) AS v(a)",
    ]) {
      expect(await refused(sql), sql).toEqual([]);
    }
  });
});

describe("the names that a CTE hides", () => {
  it("are hidden only where it holds, so that no path is taken for one", async () => {
    const engine = await openDuckDb(null);
    const relations = async (sql: string) => (await engine.analyse(sql)).relations.map(({ name }) => name);
    const nested = "WITH RECURSIVE q AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM q) SELECT * FROM q";
    expect(await relations(`WITH "x.csv" AS (SELECT * FROM "x.csv" WHERE EXISTS (${nested})) FROM "x.csv"`)).toEqual([
      "x.csv",
    ]);
    expect(await relations('WITH RECURSIVE "x.csv" AS (FROM "x.csv") FROM "x.csv"')).toEqual(["x.csv"]);
    expect(await relations('WITH RECURSIVE "x.csv" AS (FROM "x.csv" UNION ALL FROM "x.csv") FROM "x.csv"')).toEqual([
      "x.csv",
    ]);
    expect(await relations('WITH RECURSIVE t AS (SELECT 1 UNION ALL FROM t) FROM t, (FROM "t.csv")')).toEqual([
      "t.csv",
    ]);
    await engine.close();
  });
});
