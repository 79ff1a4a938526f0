import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { eventWordsOf, source } from "../../../server/cells/source.ts";
import { parseNotebook } from "../../../server/notebook/parse.ts";
import { type Bench, type Given, openBench, studyAndRun } from "./harness.ts";
import { putFile, putParquet, sourceCell } from "./put-file.ts";

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

const run = (body: string, given: Partial<Given> = {}) =>
  studyAndRun(bench, source, { notebook: sourceCell(body), ...given });

type Ran = Awaited<ReturnType<typeof run>>;

async function audit(ran: Ran, check: string, column: string | null = null) {
  const rows = await ran.rows("_audit");
  return rows.find((row) => row.check === check && row.column === column);
}

const ORDERS = `order_id,customer_id,amount,country,placed_at
1,a,10.00,UK,2026-10-01 10:00:00
2,b,-5.00,UK,2026-10-02 10:00:00
3,,20.00,FR,2026-10-03 10:00:00
4,c,30.00,XX,2026-10-04 10:00:00
4,c,30.00,XX,2026-10-04 10:00:00
5,d,40.00,DE,2026-10-05 10:00:00
`;

beforeEach(() => putFile(bench, "orders.csv", ORDERS));

describe("expectations stop a source", () => {
  it.each([
    [
      "customer_id: {required: true}",
      "broken-required",
      "`orders.csv`, line 4, column `customer_id`: the value is missing.",
    ],
    ["amount: {min: 0}", "broken-min", "`orders.csv`, line 3, column `amount`: `-5.0` is below 0."],
    ["amount: {max: 30}", "broken-max", "`orders.csv`, line 7, column `amount`: `40.0` is above 30."],
    ["order_id: {max: 4.5}", "broken-max", "`orders.csv`, line 7, column `order_id`: `5` is above 4.5."],
    [
      "placed_at: {max: 2026-10-04}",
      "broken-max",
      "`orders.csv`, line 7, column `placed_at`: `2026-10-05 10:00:00` is above 2026-10-04.",
    ],
    [
      "country: {matches: '^[A-W]'}",
      "broken-matches",
      "`orders.csv`, line 5, column `country`: `XX` does not match ^[A-W]. 2 rows are so: also line 6.",
    ],
    [
      "country: {one_of: [UK, FR, XX]}",
      "broken-one-of",
      "`orders.csv`, line 7, column `country`: `DE` is not one of UK, FR, XX.",
    ],
    [
      "order_id: {one_of: [1, 2, 3, 4]}",
      "broken-one-of",
      "`orders.csv`, line 7, column `order_id`: `5` is not one of 1, 2, 3, 4.",
    ],
    [
      "order_id: {unique: true}",
      "broken-unique",
      "`orders.csv`, line 6, column `order_id`: `4` was there in an earlier row.",
    ],
  ])("that does not hold to %s", async (expectation, code, message) => {
    const { problems, written } = await run(`files: orders.csv\ncolumns:\n  ${expectation}`);
    expect(problems).toMatchObject([{ code, message, line: 7, severity: "error" }]);
    expect(written).toEqual([]);
  });

  it("all at once, each at its own place", async () => {
    const { problems } = await run(
      "files: orders.csv\ncolumns:\n  amount: {min: 0, max: 30}\n  customer_id: {required: true}",
    );
    expect(problems.map(({ code, line }) => [code, line])).toEqual([
      ["broken-required", 8],
      ["broken-min", 7],
      ["broken-max", 7],
    ]);
  });

  it("only among the rows that `where` keeps", async () => {
    const ran = await run("files: orders.csv\nwhere: amount > 0\ncolumns:\n  amount: {min: 0.01}");
    expect(ran.problems.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(await audit(ran, "where")).toMatchObject({ rows: 1, example: null });
  });

  it("take a bound from an input", async () => {
    const inputs = [{ name: "least", type: "number" as const, value: 15 }];
    const { problems } = await run("files: orders.csv\ncolumns:\n  amount: {min: $least}", { inputs });
    expect(problems[0]?.message).toContain("`10.0` is below 15. 2 rows are so");
    expect((await run("files: orders.csv\ncolumns:\n  amount: {min: $leest}", { inputs })).problems[0]).toMatchObject({
      code: "unknown-input",
    });
  });
});

describe("rows that are set aside", () => {
  const body = `files: orders.csv
columns:
  customer_id: {required: true}
  amount: {min: 0}
  country: {one_of: [UK, FR, DE, XX]}
  order_id: {unique: true}
on_error: set_aside`;

  it("go to the rejects with file, line, value and reason, and the others go on", async () => {
    const ran = await run(body);
    expect((await ran.rows()).map((row) => row.order_id)).toEqual([1, 4, 5]);
    expect(await ran.rows("_rejects")).toEqual([
      expect.objectContaining({
        file: "orders.csv",
        line: 3,
        row: 2,
        column: "amount",
        value: "-5.0",
        reason: "is below 0",
      }),
      expect.objectContaining({
        file: "orders.csv",
        line: 4,
        row: 3,
        column: "customer_id",
        value: null,
        reason: "is missing",
      }),
      expect.objectContaining({ line: 6, column: "order_id", value: "4", reason: "was there in an earlier row" }),
    ]);
    expect(await audit(ran, "set_aside")).toMatchObject({ rows: 3, severity: "warning" });
    expect(await audit(ran, "kept")).toMatchObject({ rows: 3, share: 0.5 });
    expect(await audit(ran, "one_of", "country")).toMatchObject({ rows: 0, severity: "note" });
    expect(await audit(ran, "min", "amount")).toMatchObject({
      rows: 1,
      severity: "error",
      example: "`orders.csv`, line 3: -5.0",
    });
    expect(ran.problems).toContainEqual(
      expect.objectContaining({ code: "set-aside", message: "3 of 6 rows set aside." }),
    );
  });

  it("may be rows that can't be read, or values of the wrong type", async () => {
    await putFile(bench, "bad.csv", "id,amount\n1,x\n2\n3,4\n4,5,6\n5,y\n6,7\n");
    const ran = await run("files: bad.csv\ncolumns: {amount: INTEGER}\non_error: set_aside");
    expect((await ran.rows()).map((row) => row.id)).toEqual([3, 6]);
    expect((await ran.rows("_rejects")).map(({ line, value, reason }) => [line, value, reason])).toEqual([
      [2, "x", "is not a whole number (INTEGER)"],
      [3, "2", "has 1 field, expected 2"],
      [5, "4,5,6", "has 3 fields, expected 2"],
      [6, "y", "is not a whole number (INTEGER)"],
    ]);
    expect(await audit(ran, "rows")).toMatchObject({ rows: 6 });
    expect(await audit(ran, "set_aside")).toMatchObject({ rows: 4 });
    expect(await audit(ran, "unreadable")).toMatchObject({ rows: 2 });
    expect(await audit(ran, "type", "amount")).toMatchObject({ rows: 2 });
  });

  it("count once where they break several expectations", async () => {
    await putFile(bench, "bad.csv", "a,b\n-1,\n2,3\n");
    const ran = await run("files: bad.csv\ncolumns: {a: {min: 0}, b: {required: true}}\non_error: set_aside");
    expect(await ran.rows("_rejects")).toHaveLength(2);
    expect(await audit(ran, "set_aside")).toMatchObject({ rows: 1 });
  });

  it("may be lines of JSON", async () => {
    await putFile(bench, "bad.jsonl", '{"a":1}\n{"a":\n\n{"a":3}\n[4]\n');
    const ran = await run("files: bad.jsonl\non_error: set_aside");
    expect((await ran.rows()).map((row) => row.a)).toEqual([1, 3]);
    expect((await ran.rows("_rejects")).map((row) => row.line)).toEqual([2, 5]);
  });

  it("may be rows of Parquet, named by their number", async () => {
    await putParquet(bench, "sp.parquet", "SELECT i AS id, i / 2.0 AS x FROM range(5) t(i)");
    const ran = await run("files: sp.parquet\ncolumns: {x: BIGINT, id: {max: 3}}\non_error: set_aside");
    expect((await ran.rows()).map(({ id, x }) => [id, x])).toEqual([
      [0, 0],
      [2, 1],
    ]);
    expect((await ran.rows("_rejects")).map(({ line, row, value }) => [line, row, value])).toEqual([
      [null, 2, "0.5"],
      [null, 4, "1.5"],
      [null, 5, "4"],
    ]);
  });

  it("may be in a file of another encoding, and keep the lines of that file", async () => {
    await putFile(bench, "latin.csv", Buffer.from("name,n\né,1\nü\nß,2\n", "latin1"));
    const ran = await run("files: latin.csv\ncsv: {encoding: latin-1}\non_error: set_aside");
    expect((await ran.rows()).map((row) => row.name)).toEqual(["é", "ß"]);
    expect(await ran.rows("_rejects")).toMatchObject([{ file: "latin.csv", line: 3, value: "ü" }]);
  });

  it("do not hide a quote that is never closed, which eats the rest of the file", async () => {
    await putFile(bench, "bad.csv", 'a,b\n1,2\n3,"4\n5,6\n');
    expect((await run("files: bad.csv\non_error: set_aside")).problems).toMatchObject([{ code: "bad-row" }]);
  });

  it("leave an empty table of rejects where there are none", async () => {
    const ran = await run("files: orders.csv\non_error: set_aside");
    expect(await ran.rows("_rejects")).toEqual([]);
    expect(ran.study?.yields.map(({ suffix }) => suffix)).toEqual(["", "_audit", "_rejects"]);
  });
});

describe("rows that are kept", () => {
  it("are those of `where`, in our names and types, with inputs", async () => {
    const ran = await run("files: orders.csv\nrename: {amount: total}\nwhere: total >= $least AND placed_at < $as_of", {
      inputs: [{ name: "least", type: "number", value: 20 }],
      asOf: "2026-10-05T00:00:00Z",
    });
    expect((await ran.rows()).map((row) => row.order_id)).toEqual([3, 4, 4]);
    expect(ran.study?.usesTime).toBe(true);
  });

  it("may depend on other cells", async () => {
    const relations = { vip: "SELECT 'a' AS id UNION ALL SELECT 'd'" };
    const ran = await run("files: orders.csv\nwhere: customer_id IN (SELECT id FROM vip)", { relations });
    expect((await ran.rows()).map((row) => row.order_id)).toEqual([1, 5]);
    expect(
      (await run("files: orders.csv\nwhere: customer_id IN (SELECT id FROM vips)", { relations })).problems[0],
    ).toMatchObject({
      code: "unknown-relation",
      line: 6,
    });
  });

  it("are told where none is left", async () => {
    const ran = await run("files: orders.csv\nwhere: amount > 1000");
    expect(ran.problems).toContainEqual(expect.objectContaining({ code: "no-rows", severity: "warning" }));
  });

  it("fail at the condition where it fails on a row", async () => {
    const { problems } = await run("files: orders.csv\nwhere: CAST(country AS INTEGER) > 1");
    expect(problems).toMatchObject([{ code: "sql-conversion", line: 6 }]);
  });
});

describe("duplicates", () => {
  it("are dropped but for the first, and counted", async () => {
    const ran = await run("files: orders.csv\ndedupe: [order_id]");
    expect((await ran.rows()).map((row) => row.order_id)).toEqual([1, 2, 3, 4, 5]);
    expect(await audit(ran, "dedupe")).toMatchObject({ rows: 1, example: "order_id" });
    expect(await audit(ran, "exact_duplicates")).toMatchObject({ rows: 1, severity: "warning" });
  });

  it("keep the first or the last by time, and of equal times the first or last in the files", async () => {
    await putFile(bench, "d/1.csv", "id,at,v\n1,2026-01-02,a\n1,2026-01-01,b\n1,2026-01-02,c\n2,,d\n2,2026-01-01,e\n");
    await putFile(bench, "d/2.csv", "id,at,v\n1,2026-01-01,f\n2,,g\n");
    const values = async (keep: string) =>
      (await (await run(`files: d/*\ndedupe: id\nkeep: ${keep}\nat: at`)).rows()).map((row) => row.v);
    expect(await values("first")).toEqual(["b", "e"]);
    expect(await values("last")).toEqual(["c", "e"]);
  });

  it("are found across files of different columns and formats, the first file's row going first", async () => {
    await putFile(bench, "f/1.jsonl", '{"id":3,"v":"json"}\n{"id":1,"v":"json"}\n');
    await putFile(bench, "f/2.csv", "id,v\n1,csv\n2,csv\n");
    await putParquet(bench, "f/3.parquet", "SELECT 'parquet' AS v, i AS id, true AS extra FROM range(1, 5) t(i)");
    const ran = await run("files: f/*\ndedupe: [id]");
    expect((await ran.rows()).map(({ id, v }) => `${id} ${v}`)).toEqual(["3 json", "1 json", "2 csv", "4 parquet"]);
    expect(await audit(ran, "dedupe")).toMatchObject({ rows: 4 });
  });

  it("are none among rows that lack every column of the identity", async () => {
    await putFile(bench, "k.csv", "a,b,c\n,,1\n,,2\n1,,3\n1,,4\n");
    const ran = await run("files: k.csv\ndedupe: [a, b]");
    expect((await ran.rows()).map((row) => row.c)).toEqual([1, 2, 3]);
    expect(await audit(ran, "dedupe_keys_missing")).toMatchObject({ rows: 2 });
  });

  it("that are exact are counted over all columns and files, missing values too", async () => {
    await putParquet(
      bench,
      "e.parquet",
      "SELECT i % 4 AS a, CASE WHEN i % 2 = 0 THEN NULL ELSE 'x' END AS b FROM range(100) t(i)",
    );
    expect(await audit(await run("files: e.parquet"), "exact_duplicates")).toMatchObject({ rows: 96 });
  });

  it("leave the order of rows as it is in the files, with several threads", async () => {
    await putParquet(bench, "big.parquet", "SELECT range AS id, range % 150000 AS key FROM range(300000)");
    const ran = await run("files: big.parquet\ndedupe: [key]");
    const sql =
      "SELECT count(*) FILTER (id <> place) AS moved FROM (SELECT id, row_number() OVER () - 1 AS place FROM orders)";
    expect(await bench.engine.rows({ sql })).toMatchObject([{ moved: 0 }]);
    expect(await audit(ran, "dedupe")).toMatchObject({ rows: 150_000 });
  });
});

describe("the audit", () => {
  it("tells rows, missing values and ranges of every column", async () => {
    const ran = await run("files: orders.csv");
    expect(await audit(ran, "rows")).toMatchObject({ rows: 6, share: 1, example: "1 file" });
    expect(await audit(ran, "missing", "customer_id")).toMatchObject({ rows: 1, severity: "note" });
    expect(await audit(ran, "range", "amount")).toMatchObject({ rows: 6, example: "-5.0 … 40.0" });
    expect(await audit(ran, "range", "placed_at")).toMatchObject({
      example: "2026-10-01 10:00:00 … 2026-10-05 10:00:00",
    });
    expect(await ran.columns("_audit")).toEqual([
      { name: "check", type: "VARCHAR" },
      { name: "column", type: "VARCHAR" },
      { name: "severity", type: "VARCHAR" },
      { name: "rows", type: "BIGINT" },
      { name: "share", type: "DOUBLE" },
      { name: "example", type: "VARCHAR" },
    ]);
  });

  it("warns where the newest row is too old for the notebook's moment", async () => {
    const body = "files: orders.csv\nat: placed_at\nfresh_within: 2 days";
    const fresh = await run(body, { asOf: "2026-10-07T10:00:00Z" });
    expect(fresh.problems.map(({ code }) => code)).not.toContain("not-fresh");
    expect(await audit(fresh, "fresh_within", "placed_at")).toMatchObject({
      severity: "note",
      example: "2026-10-05 10:00:00",
    });
    const stale = await run(body, { asOf: "2026-10-07T10:00:01Z" });
    expect(stale.study?.usesTime).toBe(true);
    expect(stale.problems).toContainEqual(expect.objectContaining({ code: "not-fresh", severity: "warning", line: 7 }));
  });

  it("warns of keys that stand for nobody", async () => {
    await putFile(bench, "t.csv", "customer_id\ntest\nUnknown\nc1\n");
    expect(await audit(await run("files: t.csv"), "test_keys")).toMatchObject({ rows: 2, severity: "warning" });
  });

  it("adds up exactly: money stays a decimal", async () => {
    await putFile(bench, "m.csv", `a\n${Array.from({ length: 1000 }, () => "0.10").join("\n")}\n`);
    await run('files: m.csv\ncolumns: {a: "DECIMAL(18,2)"}');
    expect(await bench.engine.rows({ sql: "SELECT CAST(sum(a) AS VARCHAR) AS s FROM orders" })).toMatchObject([
      { s: "100.00" },
    ]);
  });

  it("is in its place for columns whose names SQL or the audit itself uses", async () => {
    await putFile(bench, "odd.csv", 'select,"a""b",row,kept,file_index,ä b\n1,2,3,4,5,6\n');
    const ran = await run("files: odd.csv\ndedupe: [select, row]\ncolumns: {'a\"b': {min: 0}, kept: {max: 9}}");
    expect(ran.problems).toEqual([]);
    expect(await ran.rows()).toMatchObject([{ select: 1, 'a"b': 2, row: 3, kept: 4, file_index: 5, "ä b": 6 }]);
    await putParquet(bench, "odd1.parquet", "SELECT 1 AS file_index, 2 AS file_row_number");
    await putParquet(bench, "odd2.parquet", "SELECT 3 AS file_index, 4 AS file_row_number");
    const columnar = await run("files: odd*.parquet\ncolumns: {file_index: {max: 1}}");
    expect(columnar.problems[0]?.message).toContain("`odd2.parquet`, row 1, column `file_index`: `3` is above 1.");
  });
});

describe("events", () => {
  const bodyOf = (body: string) => {
    const { cells, head } = parseNotebook(`---\nsegbook: 1\n---\n${sourceCell(body)}`);
    const [cell] = cells;
    const reading = cell === undefined ? null : source.read(cell, head, []);
    if (!reading?.ok) throw new Error(JSON.stringify(reading?.problems));
    return reading.value.body;
  };

  it("are all rows of a source, or those of a value each", () => {
    expect(eventWordsOf(bodyOf("files: a.csv\nat: t\nevent: placed order"))).toEqual([
      { words: "placed order", at: "t", where: null },
    ]);
    expect(
      eventWordsOf(bodyOf("files: a.csv\nat: t\nevents: {by: kind, names: {view: viewed product, 01: odd}}")),
    ).toEqual([
      { words: "viewed product", at: "t", where: { column: "kind", value: "view" } },
      { words: "odd", at: "t", where: { column: "kind", value: "01" } },
    ]);
    expect(eventWordsOf(bodyOf("files: a.csv"))).toEqual([]);
  });
});
