import { readFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { source } from "../../../server/cells/source.ts";
import { type Bench, type Given, openBench, studyAndRun } from "./harness.ts";
import { putFile, putParquet, sourceCell } from "./put-file.ts";

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

const run = (body: string, given: Partial<Given> = {}) =>
  studyAndRun(bench, source, { notebook: sourceCell(body), ...given });

async function fault(content: string | Uint8Array, body = "files: a.csv", path = "a.csv") {
  await putFile(bench, path, content);
  const { problems, written } = await run(body);
  expect(written).toEqual([]);
  const [first] = problems.filter((problem) => problem.severity === "error");
  if (first === undefined) throw new Error("no error was found");
  return first;
}

describe("files that are not there", () => {
  it("are an error at their place, with the nearest names", async () => {
    await putFile(bench, "shop/orders-2026.csv", "a\n1\n");
    const { problems } = await run("files:\n  - shop/orders-2026.csv\n  - shop/order-2026.csv");
    expect(problems).toMatchObject([{ code: "file-missing", line: 7, column: 5 }]);
    expect(problems[0]?.message).toBe("There is no file `shop/order-2026.csv` below `data/`.");
    expect(problems[0]?.hint).toContain("Did you mean `shop/orders-2026.csv`");
  });

  it("are an error where a pattern matches nothing", async () => {
    await putFile(bench, "shop/orders-2026.csv", "a\n1\n");
    const { problems } = await run("files: shop/*.parquet");
    expect(problems[0]?.message).toBe("No file below `data/` matches `shop/*.parquet`.");
    expect(problems[0]?.hint).toContain("`shop/orders-2026.csv`");
  });

  it("are not looked for outside the data folder", async () => {
    for (const file of ["../x.csv", "/etc/passwd", "a/../../x.csv"]) {
      const { problems } = await run(`files: ${file}`);
      expect(problems[0]?.code, file).toBe("file-outside");
    }
  });
});

describe("files without rows", () => {
  it("are an error where they are empty", async () => {
    expect(await fault("")).toMatchObject({ code: "file-empty", message: "`a.csv` is empty: it has no bytes." });
    expect(await fault("\n\n")).toMatchObject({ code: "file-empty" });
    expect(await fault(gzipSync(""))).toMatchObject({ code: "file-empty" });
    expect(await fault("", "files: a.parquet", "a.parquet")).toMatchObject({ code: "file-empty" });
    expect(await fault("", "files: a.jsonl", "a.jsonl")).toMatchObject({ code: "file-empty" });
  });

  it("are told and go on where they have a head", async () => {
    await putFile(bench, "head.csv", "a,b\n");
    const ran = await run("files: head.csv\ncolumns: {a: BIGINT}");
    expect(ran.problems).toMatchObject([{ code: "empty-file", severity: "warning" }]);
    expect(await ran.rows()).toEqual([]);
    expect(await ran.columns()).toEqual([
      { name: "a", type: "BIGINT" },
      { name: "b", type: "VARCHAR" },
    ]);
  });
});

describe("a wrong type", () => {
  it("names file, line, column, value and what was expected, also in row 4,567", async () => {
    const lines = Array.from({ length: 6000 }, (_, index) => `${index},${index === 4565 ? "twelve" : index / 4}`);
    const found = await fault(`id,amount\n${lines.join("\n")}\n`, "files: a.csv\ncolumns:\n  amount: number");
    expect(found).toMatchObject({ code: "wrong-type", line: 7, column: 11 });
    expect(found.message).toBe("`a.csv`, line 4567, column `amount`: `twelve` is not a number.");
  });

  it("counts lines as an editor does, inside quotes and over empty lines", async () => {
    const found = await fault('a,b\n"x\n\ny",1\n\nz,2\nw,no\n', "files: a.csv\ncolumns: {b: INTEGER}");
    expect(found.message).toBe("`a.csv`, line 7, column `b`: `no` is not a whole number (INTEGER).");
  });

  it("tells how many there are and where the next ones stand", async () => {
    const found = await fault("a\n1\nx\n3\ny\nz\nw\n", "files: a.csv\ncolumns: {a: INTEGER}");
    expect(found.message).toBe(
      "`a.csv`, line 3, column `a`: `x` is not a whole number (INTEGER). 4 rows are so: also line 5, line 6 and 1 more.",
    );
  });

  it.each([
    ["INTEGER", "2.5", "is not a whole number"],
    ["INTEGER", "1_000", "is not a whole number"],
    ["TINYINT", "300", "is not a whole number"],
    ["DECIMAL(10,2)", "2.555", "at most 2 decimals"],
    ["DECIMAL(4,2)", "123.45", "at most 2 decimals"],
    ["number", "nan", "is not a number"],
    ["DATE", "2026-02-30", "is not a date"],
    ["DATE", "2026-01-02 10:00:00", "is not a date"],
    ["TIMESTAMP", "2026-01-02T10:00:00Z", "is not a time"],
    ["BOOLEAN", "maybe", "is not true or false"],
    ["UUID", "x", "is not a value of UUID"],
  ])("is never made to fit: %s of %s", async (type, value, said) => {
    const found = await fault(`a\n${value}\n`, `files: a.csv\ncolumns: {a: {type: "${type}"}}`);
    expect(found.message).toContain(`\`${value}\` `);
    expect(found.message).toContain(said);
  });

  it.each([
    ["INTEGER", "17850.0", 17850],
    ["DECIMAL(10,2)", "2.500", 2.5],
    ["DECIMAL(10,2)", "29.990000000000002", 29.99],
    ["number", "1e3", 1000],
    ["DATE", "2026-01-02T00:00:00", "2026-01-02"],
    ["DATE", "20260102", "2026-01-02"],
    ["TIMESTAMP", "2026-01-02", "2026-01-02T00:00:00"],
    ["BOOLEAN", "Yes", true],
    ["text", "007", "007"],
  ])("is not found where the value is the same: %s of %s", async (type, value, expected) => {
    await putFile(bench, "a.csv", `a\n${value}\n`);
    const ran = await run(`files: a.csv\ncolumns: {a: "${type}"}`);
    expect(ran.problems).toEqual([]);
    expect((await ran.rows())[0]?.a).toBe(expected);
  });

  it("is found in Parquet by the number of the row", async () => {
    await putParquet(
      bench,
      "a.parquet",
      "SELECT i AS id, CASE WHEN i = 77 THEN 1.25 ELSE i END::DOUBLE AS x FROM range(100) t(i)",
    );
    const { problems } = await run("files: a.parquet\ncolumns: {x: BIGINT}");
    expect(problems[0]?.message).toBe("`a.parquet`, row 78, column `x`: `1.25` is not a whole number (BIGINT).");
  });

  it("is found in JSON lines by line", async () => {
    const found = await fault('{"a":"1"}\n\n{"a":"b"}\n', "files: a.jsonl\ncolumns: {a: INTEGER}", "a.jsonl");
    expect(found.message).toBe("`a.jsonl`, line 3, column `a`: `b` is not a whole number (INTEGER).");
  });

  it("between files is an error that names both and the value", async () => {
    await putFile(bench, "c/1.csv", "a\n1\n");
    await putFile(bench, "c/2.csv", "a\n2\nx2\n");
    const { problems } = await run("files: c/*");
    expect(problems[0]?.code).toBe("type-conflict");
    expect(problems[0]?.message).toBe("`a` is BIGINT in `c/1.csv`, but VARCHAR in `c/2.csv`. `c/2.csv`, line 3: `x2`.");
    expect((await run("files: c/*\ncolumns: {a: text}")).problems).toEqual([]);
  });

  it("between Parquet files is one too", async () => {
    await putParquet(bench, "q/1.parquet", "SELECT 1 AS a");
    await putParquet(bench, "q/2.parquet", "SELECT 'x' AS a");
    expect((await run("files: q/*")).problems[0]?.message).toBe(
      "`a` is INTEGER in `q/1.parquet`, but VARCHAR in `q/2.parquet`.",
    );
  });
});

describe("a file that changes", () => {
  it("while it is read is an error", async () => {
    await putFile(bench, "moving.csv", `a\n${"1\n".repeat(1000)}`);
    const moving = {
      ...bench,
      engine: Object.assign(Object.create(bench.engine) as Bench["engine"], {
        analyse: async (sql: string) => {
          await putFile(bench, "moving.csv", `a\n${"2\n".repeat(1001)}`);
          return bench.engine.analyse(sql);
        },
      }),
    };
    const given = { notebook: sourceCell("files: moving.csv\nwhere: a > 0") };
    const { problems } = await studyAndRun(moving, source, given);
    expect(problems.map(({ code }) => code)).toEqual(["file-changed"]);
  });

  it("is let go of within a moment where the run is cancelled", async () => {
    await putFile(bench, "long.csv", `a,b\n${"1,some text\n".repeat(2_000_000)}`);
    const controller = new AbortController();
    const ran = run("files: long.csv", { signal: controller.signal });
    setTimeout(() => controller.abort(), 100);
    await expect(ran).rejects.toThrow("cancelled");
  });
});

describe("rows that can't be read", () => {
  it.each([
    ["too short", "a,b,c\n1,2,3\n4,5\n", "`a.csv`, line 3: `4,5` has 2 fields, expected 3."],
    ["too long", "a,b\n1,2\n3,4,5\n", "`a.csv`, line 3: `3,4,5` has 3 fields, expected 2."],
    ["too long by an empty field", "a,b\n1,2,\n", "`a.csv`, line 2: `1,2,` has 3 fields, expected 2."],
    ["with an open quote", 'a,b\n1,2\n3,"4\n5,6\n', '`a.csv`, line 3: `3,"4␊5,6␊` opens a quote that is never closed.'],
    ["with text after a quote", 'a,b\n1,2\n3,"4"5\n', '`a.csv`, line 3: `3,"4"5` has text after a closing quote.'],
    ["with a null byte", "a,b\n1,2\n3,\0\n", "`a.csv`, line 3: `3,␀` holds a null byte."],
  ])("are an error with file, line and reason: %s", async (_, content, message) => {
    expect(await fault(content)).toMatchObject({ code: "bad-row", message });
  });

  it("are an error where they are not UTF-8", async () => {
    const found = await fault(Buffer.from("a,b\n1,2\n3,é\n", "latin1"));
    expect(found.code).toBe("file-encoding");
    expect(found.message).toBe("`a.csv`, line 3: `3,�` is not UTF-8.");
    expect(found.hint).toContain("csv: {encoding: latin-1}");
  });

  it("are found far down, in a file that is read in many pieces", async () => {
    const rows = Array.from({ length: 200_000 }, (_, index) => `${index},"a ${index % 3 === 0 ? "\n" : ""}b",3`);
    rows[150_000] = "150000,x";
    const before = rows.slice(0, 150_000).join("\n").split("\n").length;
    const found = await fault(gzipSync(`id,text,n\n${rows.join("\n")}\n`), "files: a.csv.gz", "a.csv.gz");
    expect(found.message).toBe(`\`a.csv.gz\`, line ${before + 2}: \`150000,x\` has 2 fields, expected 3.`);
  });

  it("are an error in JSON lines", async () => {
    const found = await fault('{"a":1}\n{"a":2\n[3]\n', "files: a.jsonl", "a.jsonl");
    expect(found.message).toContain('`a.jsonl`, line 2: `{"a":2` is not JSON');
    expect(found.hint).toContain("one JSON object a line");
  });
});

describe("files that are damaged or of another kind", () => {
  it("are an error: a Parquet file cut in half", async () => {
    await putParquet(bench, "whole.parquet", "SELECT range AS a FROM range(10000)");
    const whole = await readFile(`${bench.dataFolder}/whole.parquet`);
    const found = await fault(whole.subarray(0, whole.length / 2), "files: half.parquet", "half.parquet");
    expect(found).toMatchObject({ code: "file-damaged", line: 5 });
    expect(found.message).toBe("`half.parquet` is not a whole Parquet file: its end is missing.");
  });

  it("are an error: a Parquet file with a hole in it", async () => {
    await putParquet(bench, "whole.parquet", "SELECT hash(range) AS a, hash(range + 1) AS b FROM range(30000)");
    const bytes = await readFile(`${bench.dataFolder}/whole.parquet`);
    bytes.fill(7, 100, Math.floor(bytes.length / 2));
    const found = await fault(bytes, "files: hole.parquet", "hole.parquet");
    expect(found.code).toBe("file-damaged");
    expect(found.message).toContain("`hole.parquet`");
  });

  it("are an error: a gzip file cut in half", async () => {
    const zipped = gzipSync(Array.from({ length: 50_000 }, (_, index) => `${index},${Math.sin(index)}`).join("\n"));
    const found = await fault(
      zipped.subarray(0, zipped.length / 2),
      "files: a.csv.gz\ncsv: {header: false}",
      "a.csv.gz",
    );
    expect(found.message).toBe("`a.csv.gz` is not a whole gzip file: its end is missing.");
  });

  it("are an error: other archives, other formats, unknown names", async () => {
    expect((await fault("BZh91AY", "files: a.csv.bz2", "a.csv.bz2")).message).toContain("packed as bzip2");
    expect((await fault("PAR1....", "files: a.csv")).message).toContain("is a Parquet file");
    expect((await fault("a,b\n", "files: a.parquet", "a.parquet")).message).toContain("is not a Parquet file");
    expect((await fault("a,b\n", "files: a.dat", "a.dat")).hint).toContain("format: csv");
  });
});

describe("heads", () => {
  it("may not have two columns of one name", async () => {
    expect((await fault("id,a,ID\n1,2,3\n")).message).toBe(
      "`a.csv`, line 1: the columns 1 and 3 are both called `ID`.",
    );
  });

  it("may not be written badly", async () => {
    expect((await fault('"a"b,c\n1,2\n')).message).toBe("`a.csv`, line 1: the head has text after a closing quote.");
    expect((await fault('a,"b\n1,2\n')).message).toBe("`a.csv`, line 1: the head opens a quote that is never closed.");
    expect((await fault(Buffer.from("é,b\n1,2\n", "latin1"))).message).toBe("`a.csv`, line 1: the head is not UTF-8.");
  });

  it("may not be without any name", async () => {
    expect(await fault(",,\n1,2,3\n")).toMatchObject({ code: "csv-head" });
  });

  it("have a column called by its place where it has no name, which is told", async () => {
    await putFile(bench, "a.csv", "a,b,\n1,2,3\n");
    const ran = await run("files: a.csv");
    expect(ran.problems).toMatchObject([{ code: "unnamed-column", severity: "warning" }]);
    expect(await ran.rows()).toMatchObject([{ a: 1, b: 2, column_3: 3 }]);
  });
});

describe("slips in the cell", () => {
  beforeAll(() => putFile(bench, "s.csv", "id,amount,placed_at\n1,2.5,2026-01-02\n"));

  it.each([
    ["columns:\n  ammount: number", "unknown-column", 7, 12, "`amount`"],
    ["rename:\n  ammount: x", "unknown-column", 7, 12, "`amount`"],
    ["dedupe: [idd]", "unknown-column", 6, 10, "`id`"],
    ["at: placedat", "unknown-column", 6, 5, "`placed_at`"],
    ["columns: {amount: DECIMALL}", "unknown-type", 6, 19, "`DECIMAL`"],
    ["columns:\n  amount: {min: a}", "expectation-value", 7, 17, ""],
    ["columns:\n  amount: {matches: '('}", "expectation-pattern", 7, 21, ""],
    ["columns: {id: text}\nwhere: idd > 1", "sql-binder", 7, 8, "`id`"],
    ["where: amount >", "sql-syntax", 6, null, ""],
    ["where: id = 1) OR (true", "sql-syntax", 6, 8, ""],
    ["where: id IN (FROM read_csv('x.csv'))", "function-refused", 6, null, ""],
    ["at: amount", "not-a-time", 6, 5, ""],
    ["at: placed_at\nevent: placed order", "entity-missing", 7, 8, ""],
    ["fresh_within: soon\nat: placed_at", "bad-value", 6, 15, ""],
    ["dedup: [id]", "unknown-key", 6, 1, "`dedupe`"],
    ["on_error: skip", "bad-value", 6, 11, ""],
    ["csv: {names: [a, b]}", "csv-names", 6, 14, ""],
    ["csv: {encoding: latin-15}", "csv-encoding", 6, 17, "latin-1"],
  ])("are errors with their place and the nearest name: %s", async (slip, code, line, column, hint) => {
    const { problems } = await run(`files: s.csv\n${slip}`);
    expect(problems[0]).toMatchObject(column === null ? { code, line } : { code, line, column });
    expect(problems[0]?.hint).toContain(hint);
  });

  it("are an error where there is neither a file nor a query, or an event without a time", async () => {
    expect((await run("keep: last")).problems[0]?.message).toContain("either `files`");
    expect((await run("files: s.csv\nevent: placed order")).problems[0]?.message).toContain("need `at`");
  });

  it("are an error in the query of a source, at its place", async () => {
    const { problems } = await run("sql: |\n  SELECT id,\n    nme FROM raw", {
      relations: { raw: "SELECT 1 AS id, 'a' AS name" },
    });
    expect(problems[0]).toMatchObject({ code: "sql-binder", line: 7, column: 5 });
    expect((await run("sql: SELECT * FROM read_csv('s.csv')")).problems[0]?.code).toBe("function-refused");
  });

  it("name the column by its new name where it was renamed", async () => {
    const { problems } = await run("files: s.csv\nrename: {amount: total}\ndedupe: [amount]");
    expect(problems[0]).toMatchObject({ code: "unknown-column", hint: "Write `total`." });
  });
});

describe("a file of which hardly a row can be read", () => {
  it("stops even where bad rows are set aside, since what comes after is not looked at", async () => {
    const ragged = "a,b\n".concat("1\n".repeat(100_001), "2,3\n");
    const first = await fault(ragged, "files: a.csv\non_error: set_aside");
    expect(first.message).toContain("a.csv");
  });
});
