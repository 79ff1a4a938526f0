import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { source } from "../../../server/cells/source.ts";
import { type Bench, openBench, studyAndRun } from "./harness.ts";
import { putFile, putParquet, sourceCell } from "./put-file.ts";

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

const run = (body: string) => studyAndRun(bench, source, { notebook: sourceCell(body) });

async function read(content: string | Uint8Array, body = "files: a.csv") {
  await putFile(bench, "a.csv", content);
  const ran = await run(body);
  const errors = ran.problems.filter((problem) => problem.severity === "error");
  expect(errors).toEqual([]);
  return { ...ran, data: (await ran.rows()).map((row) => ({ ...row })) };
}

describe("types that are found in the file", () => {
  it("come from every value: numbers, dates, times and truth values", async () => {
    const head = "whole,broken,day,moment,zoned,truth,text\n";
    const { columns } = await read(
      `${head}1,1.5,2026-01-02,2026-01-02 10:00:00,2026-01-02T10:00:00Z,true,a\n-2,2,2026-01-03,2026-01-02T11:30,2026-01-02 10:00:00+02:00,FALSE,\n`,
    );
    expect((await columns()).map(({ type }) => type)).toEqual([
      "BIGINT",
      "DOUBLE",
      "DATE",
      "TIMESTAMP",
      "TIMESTAMP WITH TIME ZONE",
      "BOOLEAN",
      "VARCHAR",
    ]);
  });

  it("stay text where a number would not give the text back", async () => {
    const { data, columns } = await read("zip,phone,id,price\n01234,+4930123,12345678901234567890,00.50\n");
    expect((await columns()).every(({ type }) => type === "VARCHAR")).toBe(true);
    expect(data).toEqual([{ zip: "01234", phone: "+4930123", id: "12345678901234567890", price: "00.50" }]);
  });

  it("are looked for beyond the first rows, and a few other values are told with their line", async () => {
    const lines = Array.from({ length: 3000 }, (_, index) => (index === 2600 ? "n.a." : String(index)));
    const { columns, problems } = await read(`amount\n${lines.join("\n")}\n`);
    expect(await columns()).toEqual([{ name: "amount", type: "VARCHAR" }]);
    expect(problems[0]?.message).toBe(
      "`amount` is text because of one value that is not a whole number (BIGINT). `a.csv`, line 2602: `n.a.`.",
    );
  });

  it("are what is expected where there is no value", async () => {
    const head = "customer_id,at,amount,note\n";
    const { columns, problems } = await read(
      `${head}c1,,,\n`,
      "files: a.csv\nat: at\nevent: placed order\ncolumns: {amount: {min: 0}}",
    );
    expect(problems).toEqual([]);
    expect((await columns()).map(({ type }) => type)).toEqual(["VARCHAR", "TIMESTAMP", "DOUBLE", "VARCHAR"]);
  });

  it("are foreseen from the start of the file before anything runs", async () => {
    const { study } = await read("id,at\n1,2026-01-02\n");
    expect(study?.yields[0]?.columns).toEqual([
      { name: "id", type: "BIGINT" },
      { name: "at", type: "DATE" },
    ]);
  });
});

describe("missing values", () => {
  it("are empty fields, quoted or not", async () => {
    const { data } = await read('a,b,c\n1,"",\n"",x,y\n');
    expect(data).toEqual([
      { a: 1, b: null, c: null },
      { a: null, b: "x", c: "y" },
    ]);
  });

  it("are also the words that `null_values` names", async () => {
    const { data } = await read("a,b\nNA,.\n1,\n", "files: a.csv\ncsv: {null_values: [NA, .]}");
    expect(data).toEqual([
      { a: null, b: null },
      { a: 1, b: null },
    ]);
  });

  it("are none where `null_values` is an empty list", async () => {
    const { data } = await read('a,b\n"",\nx,y\n', "files: a.csv\ncsv: {null_values: []}");
    expect(data[0]).toEqual({ a: "", b: "" });
  });
});

describe("how a file is written", () => {
  it.each([
    [";", "a;b\n1,5;x\n2,5;y\n"],
    ["tab", "a\tb\n1,5\tx\n2,5\ty\n"],
    ["|", "a|b\n1,5|x\n2,5|y\n"],
  ])("is guessed for the delimiter %s", async (_, content) => {
    const { data } = await read(content, "files: a.csv\ncsv: {decimal: ','}");
    expect(data).toEqual([
      { a: 1.5, b: "x" },
      { a: 2.5, b: "y" },
    ]);
  });

  it("knows groups of three where the decimal mark is declared", async () => {
    const { data } = await read('a\n"1,234.5"\n12\n', "files: a.csv\ncsv: {decimal: '.'}\ncolumns: {a: number}");
    expect(data).toEqual([{ a: 1234.5 }, { a: 12 }]);
  });

  it("may quote with another character, or with none", async () => {
    expect((await read("a,b\n'x,y',2\n", 'files: a.csv\ncsv: {quote: "\'"}')).data).toEqual([{ a: "x,y", b: 2 }]);
    expect((await read('a,b\n"x,2\n', "files: a.csv\ncsv: {quote: ''}")).data).toEqual([{ a: '"x', b: 2 }]);
  });

  it.each([
    ["LF", "\n"],
    ["CRLF", "\r\n"],
    ["CR", "\r"],
  ])("may end its lines with %s, also inside quotes", async (_, end) => {
    const { data } = await read(["a,b", `"x${end}y",1`, "z,2", ""].join(end));
    expect(data).toEqual([
      { a: `x${end}y`, b: 1 },
      { a: "z", b: 2 },
    ]);
  });

  it("may mix line ends, and have a head over several lines", async () => {
    const { data } = await read('"a\nb",c\r\n1,2\n3,4\r5,6');
    expect(data).toEqual([
      { "a\nb": 1, c: 2 },
      { "a\nb": 3, c: 4 },
      { "a\nb": 5, c: 6 },
    ]);
  });

  it("may have blanks around quotes", async () => {
    const { data } = await read('a,b,c\n1, "x, y" ,3\n');
    expect(data).toEqual([{ a: 1, b: "x, y", c: 3 }]);
  });

  it("may begin with a byte order mark and empty lines", async () => {
    const { data } = await read("\ufeff\n\na,b\n1,2\n\n3,4\n\n");
    expect(data).toEqual([
      { a: 1, b: 2 },
      { a: 3, b: 4 },
    ]);
  });

  it("keeps empty lines as missing values where there is one column", async () => {
    const { data } = await read("a\n1\n\n3\n");
    expect(data).toEqual([{ a: 1 }, { a: null }, { a: 3 }]);
  });

  it("may be preceded by lines that are skipped, whatever they hold", async () => {
    const { data } = await read('Report "of May\n\na,b\n1,2\n', "files: a.csv\ncsv: {skip: 2}");
    expect(data).toEqual([{ a: 1, b: 2 }]);
  });

  it("may have no head: names are given, or made and told", async () => {
    expect((await read("7,x\n8,y\n", "files: a.csv\ncsv: {names: [id, word]}")).data[0]).toEqual({ id: 7, word: "x" });
    const made = await read("1,2,3\n");
    expect(made.data).toEqual([{ column_1: 1, column_2: 2, column_3: 3 }]);
    expect(made.problems.map(({ code }) => code)).toEqual(["unnamed-column"]);
  });

  it("may have a field longer than two megabytes", async () => {
    const long = "x".repeat(3_000_000);
    const { data } = await read(`a,b\n1,${long}\n2,y\n`);
    expect(data.map((row) => String(row.b).length)).toEqual([3_000_000, 1]);
  });

  it("may have fixed widths", async () => {
    const { data } = await read(
      " 00004 19970101  29.33\r\n 00021 19970103  63.34\r\n",
      `files: a.csv
csv: {widths: [6, 9, 7], names: [customer_id, day, amount]}
columns: {customer_id: BIGINT, day: DATE, amount: "DECIMAL(10,2)"}`,
    );
    expect(data).toEqual([
      { customer_id: 4, day: "1997-01-01", amount: 29.33 },
      { customer_id: 21, day: "1997-01-03", amount: 63.34 },
    ]);
  });
});

describe("encodings", () => {
  it("are read where they are named", async () => {
    const { data } = await read(Buffer.from("a,b\né,1\n", "latin1"), "files: a.csv\ncsv: {encoding: latin-1}");
    expect(data).toEqual([{ a: "é", b: 1 }]);
  });

  it("are known by a UTF-16 mark of either order", async () => {
    const little = Buffer.from("\ufeffa,b\nʤ,1\n", "utf16le");
    expect((await read(little)).data).toEqual([{ a: "ʤ", b: 1 }]);
    expect((await read(Buffer.from(little).swap16())).data).toEqual([{ a: "ʤ", b: 1 }]);
  });
});

describe("formats", () => {
  it("reads gzipped CSV, whatever its name says of gzip", async () => {
    await putFile(bench, "z/a.csv.gz", gzipSync("a,b\n1,2\n"));
    await putFile(bench, "z/b.csv", gzipSync("a,b\n3,4\n"));
    const ran = await run("files: z/*");
    expect(await ran.rows()).toMatchObject([
      { a: 1, b: 2 },
      { a: 3, b: 4 },
    ]);
  });

  it("reads TSV", async () => {
    await putFile(bench, "a.tsv", "a\tb\n1,2\tx\n");
    expect(await (await run("files: a.tsv")).rows()).toMatchObject([{ a: "1,2", b: "x" }]);
  });

  it("reads JSON lines, with dates found in its texts and numbers left alone", async () => {
    const lines = [
      { id: 1, at: "2026-01-02T10:00:00", zip: "01", tags: ["x"] },
      { id: 2.5, at: "2026-01-03", zip: "02", note: "n" },
    ];
    await putFile(bench, "a.jsonl", `${lines.map((line) => JSON.stringify(line)).join("\n\n")}\n`);
    const ran = await run("files: a.jsonl");
    expect(ran.problems).toEqual([]);
    expect(await ran.columns()).toEqual([
      { name: "id", type: "DOUBLE" },
      { name: "at", type: "TIMESTAMP" },
      { name: "zip", type: "VARCHAR" },
      { name: "tags", type: "VARCHAR[]" },
      { name: "note", type: "VARCHAR" },
    ]);
    expect(await ran.rows()).toMatchObject([
      { id: 1, zip: "01", note: null },
      { id: 2.5, zip: "02", note: "n" },
    ]);
  });

  it("reads Parquet, and gzipped Parquet", async () => {
    await putParquet(bench, "a.parquet", "SELECT range AS id, range * 1.5 AS x FROM range(3)");
    const ran = await run("files: a.parquet");
    expect(ran.study?.yields[0]?.columns).toEqual([
      { name: "id", type: "BIGINT" },
      { name: "x", type: "DECIMAL(21,1)" },
    ]);
    expect((await ran.rows()).map((row) => row.id)).toEqual([0, 1, 2]);
    const { readFile } = await import("node:fs/promises");
    await putFile(bench, "a.parquet.gz", gzipSync(await readFile(`${bench.dataFolder}/a.parquet`)));
    const zipped = await run("files: a.parquet.gz");
    expect(zipped.problems).toEqual([]);
    expect((await zipped.rows()).map((row) => row.x)).toEqual([0, 1.5, 3]);
  });

  it("reads a query over other cells", async () => {
    const ran = await studyAndRun(bench, source, {
      notebook: sourceCell(
        "sql: |\n  SELECT id, amount\n  FROM raw\n  ORDER BY id\ncolumns: {amount: {min: 0}}\ndedupe: [id]",
      ),
      relations: { raw: "SELECT * FROM (VALUES (2, 5.0), (1, 3.0), (2, 5.0)) t(id, amount)" },
    });
    expect(ran.problems).toEqual([]);
    expect(await ran.rows()).toMatchObject([
      { id: 1, amount: 3 },
      { id: 2, amount: 5 },
    ]);
  });
});

describe("names of files", () => {
  it("are names, not patterns, once they are found; folders make no columns", async () => {
    await putFile(bench, "g/year=2026/a[1].csv", "a\n1\n");
    await putFile(bench, "g/year=2026/a1.csv", "a\n2\n");
    await putFile(bench, "g/year=2026/it's *.csv", "a\n3\n");
    expect((await run("files: g/year=2026/a[[]1].csv")).problems.map(({ code }) => code)).toEqual([]);
    const ran = await run("files: g/**/*.csv");
    expect(await ran.rows()).toMatchObject([{ a: 2 }, { a: 1 }, { a: 3 }]);
    expect(await ran.columns()).toEqual([{ name: "a", type: "BIGINT" }]);
    await putParquet(bench, "g/year=2026/b.parquet", "SELECT 1 AS a");
    expect(await (await run("files: g/**/*.parquet")).columns()).toEqual([{ name: "a", type: "INTEGER" }]);
  });
});

describe("several files", () => {
  it("are put together by name, in the order of their paths, whatever the order of their columns", async () => {
    await putFile(bench, "m/2026-02.csv", "b,a\nx,3\n");
    await putFile(bench, "m/2026-01.csv", "a,b\n1,\n2,y\n");
    const ran = await run("files: m/2026-*.csv");
    expect(await ran.rows()).toMatchObject([
      { a: 1, b: null },
      { a: 2, b: "y" },
      { a: 3, b: "x" },
    ]);
  });

  it("may have a column that another lacks, which is told", async () => {
    await putFile(bench, "l/1.csv", "a\n1\n");
    await putFile(bench, "l/2.csv", "a,coupon\n2,X\n");
    const ran = await run("files: [l/1.csv, l/2.csv]");
    expect(await ran.rows()).toMatchObject([
      { a: 1, coupon: null },
      { a: 2, coupon: "X" },
    ]);
    expect(ran.problems).toMatchObject([{ code: "missing-column", severity: "warning" }]);
    expect(ran.problems[0]?.message).toBe("`coupon` is not in `l/1.csv`: missing there.");
  });

  it("of JSON lines tell which of them lacks a column", async () => {
    await putFile(bench, "j/1.jsonl", '{"a":1}\n{"a":2.5}\n');
    await putFile(bench, "j/2.jsonl", '{"a":2,"b":{"c":1}}\n');
    const ran = await run("files: j/*");
    expect(ran.problems.map(({ message }) => message)).toEqual(["`b` is not in `j/1.jsonl`: missing there."]);
    expect(await ran.rows()).toMatchObject([
      { a: 1, b: null },
      { a: 2.5, b: null },
      { a: 2, b: { c: 1 } },
    ]);
  });

  it("may mix formats", async () => {
    await putFile(bench, "x/1.csv", "id,name\n1,a\n");
    await putFile(bench, "x/2.jsonl", '{"id":2,"name":"b"}\n');
    await putParquet(bench, "x/3.parquet", "SELECT 3::BIGINT AS id, 'c' AS name");
    const ran = await run("files: x/*");
    expect(ran.problems).toEqual([]);
    expect((await ran.rows()).map(({ id, name }) => `${id}${name}`)).toEqual(["1a", "2b", "3c"]);
  });

  it("whole and broken numbers become broken ones together", async () => {
    await putFile(bench, "n/1.csv", "a\n1\n");
    await putFile(bench, "n/2.csv", "a\n2.5\n");
    expect(await (await run("files: n/*")).columns()).toEqual([{ name: "a", type: "DOUBLE" }]);
  });
});
