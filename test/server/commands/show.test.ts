import { spawn } from "node:child_process";
import { mkdir, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { call, mainFile, openWorkspace, type TestWorkspace } from "../../workspace.ts";
import { cell, withHead } from "../run/notebook-runs.ts";

const VALUES = `
SELECT * FROM (VALUES
  (1::BIGINT, 9007199254740993::BIGINT, 12.50::DECIMAL(10,2), 0.1::DOUBLE, DATE '2026-10-31',
   TIMESTAMP '2026-10-31 09:30:00', TIMESTAMPTZ '2026-10-31 09:30:00+02:00', true, '=1+1', '-5', 'a,"b"'),
  (NULL, NULL, 0.10::DECIMAL(10,2), 1e300, NULL, NULL, NULL, NULL, '', '+49 30', E'x\\ny')
) AS t(i, large, money, d, day, moment, instant, flag, formula, number, quoted)
ORDER BY i NULLS LAST`;

const NOTEBOOK = withHead(
  cell("sql", "v", VALUES.trim()) +
    cell("sql", "many", "SELECT i, i % 7 AS rest FROM range(120000) t(i) ORDER BY i") +
    cell("sql", "none", "SELECT 1 AS a, 'x' AS b WHERE false") +
    cell("sql", "ill", "SELECT nothing FROM many") +
    cell("chart", "picture", "of: many\nmark: bar\nx: i"),
);

describe("segbook show", () => {
  let workspace: TestWorkspace;
  beforeAll(async () => {
    workspace = await openWorkspace({ notebooks: { "n.md": NOTEBOOK } });
  });
  afterAll(() => workspace.remove());
  const show = (...args: string[]) => workspace.segbook("show", "notebooks/n.md", ...args);

  it("gives JSON with numbers where a double holds them, texts where it does not, and times as ISO 8601", async () => {
    const said = await show("v", "--format", "json");
    expect([said.code, said.stderr]).toEqual([0, ""]);
    expect(JSON.parse(said.stdout)).toEqual([
      {
        ...{ i: 1, large: "9007199254740993", money: 12.5, d: 0.1, day: "2026-10-31", moment: "2026-10-31T09:30:00" },
        ...{ instant: "2026-10-31T07:30:00Z", flag: true, formula: "=1+1", number: "-5", quoted: 'a,"b"' },
      },
      {
        ...{ i: null, large: null, money: 0.1, d: 1e300, day: null, moment: null, instant: null, flag: null },
        ...{ formula: "", number: "+49 30", quoted: "x\ny" },
      },
    ]);
  });

  it("gives CSV with missing as empty and an empty text as two quotes", async () => {
    expect((await show("v", "--format", "csv")).stdout).toBe(
      `i,large,money,d,day,moment,instant,flag,formula,number,quoted
1,9007199254740993,12.5,0.1,2026-10-31,2026-10-31T09:30:00,2026-10-31T07:30:00Z,true,=1+1,-5,"a,""b"""
,,0.1,1e+300,,,,,"",+49 30,"x\ny"
`,
    );
  });

  it("neutralises formulas for spreadsheets, while numbers stay numbers", async () => {
    const limited = (await show("many", "--format", "csv", "--spreadsheet", "--limit", "2")).stdout;
    expect(limited).toBe("i,rest\n0,0\n1,1\n");
    const [, first, second] = (await show("v", "--format", "csv", "--spreadsheet")).stdout.split("\n");
    expect(first).toContain(",true,'=1+1,-5,");
    expect(second).toContain(",'+49 30,");
  });

  it("gives a table of 50 rows and the count, and every other format all rows", async () => {
    const table = (await show("many")).stdout.trimEnd().split("\n");
    expect(table).toHaveLength(2 + 50 + 1);
    expect(table.at(-1)).toBe("120,000 rows, the first 50 shown");
    const lines = (await show("many", "--format", "ndjson")).stdout.trimEnd().split("\n");
    expect([lines.length, lines.at(-1)]).toEqual([120000, '{"i":119999,"rest":5}']);
  });

  it("gives relations without rows", async () => {
    expect((await show("none", "--format", "json")).stdout).toBe("[]\n");
    expect((await show("none", "--format", "csv")).stdout).toBe("a,b\n");
  });

  it("writes into a file relative to the current folder, whole or not at all", async () => {
    await mkdir(join(workspace.root, "out"));
    const here = join(workspace.root, "out");
    const write = (...args: string[]) => call(["show", "notebooks/n.md", ...args, "--workspace", workspace.root], here);
    const said = await write("v", "--format", "csv", "--out", "v.csv");
    expect([said.code, said.stdout]).toEqual([0, ""]);
    expect(await readFile(join(here, "v.csv"), "utf8")).toContain("2026-10-31T09:30:00");
    expect((await write("many", "--format", "parquet", "--out", "m.parquet", "--limit", "3")).code).toBe(0);
    expect((await readFile(join(here, "m.parquet"))).subarray(0, 4).toString()).toBe("PAR1");
    expect((await write("many", "--format", "parquet", "--out", "no/m.parquet")).code).toBe(2);
    expect((await readdir(here)).toSorted()).toEqual(["m.parquet", "v.csv"]);
  });

  it("exits with 1 where the relation can't be made, and prints nothing", async () => {
    const said = await show("ill", "--format", "json");
    expect([said.code, said.stdout]).toEqual([1, ""]);
    expect(said.stderr).toContain("[sql-binder]");
    expect(said.stderr).not.toContain("not-computed");
  });

  it.each([
    [["mny"], "Did you mean `many`?"],
    [["picture"], "`picture` is a chart cell, which yields no relation."],
    [[], "Which relation?"],
    [["v", "--format", "xlsx"], "--format is one of table, csv, json, ndjson, parquet"],
    [["v", "--limit", "some"], "--limit takes a whole number"],
    [["v", "--format", "parquet"], "needs --out"],
  ])("exits with 2 where the call is at fault: %j", async (args, words) => {
    const said = await show(...args);
    expect([said.code, said.stdout]).toEqual([2, ""]);
    expect(said.stderr).toContain(words);
  });

  it("ends in silence where whoever reads has had enough", async () => {
    const args = [mainFile, "show", "notebooks/n.md", "many", "--format", "ndjson", "--workspace", workspace.root];
    const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
    let stderr = "";
    child.stderr.on("data", (chunk: Buffer) => {
      stderr += chunk.toString();
    });
    child.stdout.once("data", () => child.stdout.destroy());
    const code = await new Promise((resolve) => child.once("close", resolve));
    expect([code, stderr]).toEqual([0, ""]);
  });
});
