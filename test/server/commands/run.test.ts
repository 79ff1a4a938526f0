import { spawn } from "node:child_process";
import { mkdir, symlink } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { call, mainFile, openWorkspace, type TestWorkspace, testWorkspace } from "../../workspace.ts";
import { cell, ORDERS, orders, withHead } from "../run/notebook-runs.ts";

const INPUT = cell("input", "least", "type: number\ndefault: 8");
const BIG = cell("sql", "big", "SELECT * FROM orders WHERE amount > $least");
const ILL = cell("sql", "ill", "SELECT nothing FROM orders") + cell("sql", "after", "FROM ill");
const GOOD = withHead(orders() + INPUT + BIG + cell("chart", "picture", "of: big\nmark: bar\nx: amount"));

const lines = (text: string) =>
  text
    .trim()
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));

/** Cells that need nothing of one another end in any order. */
const inFileOrder = (text: string) => {
  const place = ({ cell: id }: { cell: string }) => ["orders", "least", "big", "picture"].indexOf(id);
  return lines(text).sort((a, b) => place(a) - place(b));
};

describe("segbook run", () => {
  let workspace: TestWorkspace;
  beforeAll(async () => {
    workspace = await openWorkspace({
      notebooks: { "good.md": GOOD, "ill.md": withHead(orders() + ILL) },
      data: { "orders.csv": ORDERS },
    });
  });
  afterAll(() => workspace.remove());

  it("prints one line of JSON a cell, first as ran and then as cached, and exits with 0", async () => {
    const first = await workspace.segbook("run", "notebooks/good.md", "--json");
    expect([first.code, first.stderr]).toEqual([0, ""]);
    const key = expect.stringMatching(/^[0-9a-f]{32}$/);
    const ran = {
      state: "ran",
      ms: expect.any(Number),
      key,
      reason: "it has not been run yet.",
      error: null,
      findings: [],
    };
    expect(inFileOrder(first.stdout)).toEqual([
      { cell: "orders", kind: "source", rows: 3, ...ran },
      { cell: "least", kind: "input", rows: null, ...ran },
      { cell: "big", kind: "sql", rows: 2, ...ran },
      { cell: "picture", kind: "chart", rows: null, ...ran },
    ]);
    const again = inFileOrder((await workspace.segbook("run", "notebooks/good.md", "--json")).stdout);
    const cached = { state: "cached", reason: null };
    expect(again).toEqual(inFileOrder(first.stdout).map((line) => ({ ...line, ...cached })));
    const set = inFileOrder(
      (await workspace.segbook("run", "notebooks/good.md", "--json", "--set", "least=15")).stdout,
    );
    expect(set.map(({ cell: id, state, rows, reason }) => [id, state, rows, reason])).toEqual([
      ["orders", "cached", 3, null],
      ["least", "ran", null, "input `least` was 8."],
      ["big", "ran", 1, "input `least` was 8."],
      ["picture", "ran", null, "`big` changed."],
    ]);
  });

  it("tells with --json what each cell warns of and notes, computed or found", async () => {
    const people = cell(
      "sql",
      "people",
      "SELECT CASE WHEN i > 3 THEN i END AS customer_id, i AS a FROM range(90) AS t(i)",
    );
    await workspace.write(
      "notebooks/gaps.md",
      withHead(people + cell("cluster", "kinds", "of: people\ncolumns: [a]\nk: 1")),
    );
    for (const state of ["ran", "cached"]) {
      const [, kinds] = lines((await workspace.segbook("run", "notebooks/gaps.md", "--json")).stdout);
      expect(kinds).toMatchObject({ state, error: null });
      expect(kinds.findings).toContainEqual({
        ...{ code: "entity-null", severity: "warning", line: expect.any(Number), column: expect.any(Number) },
        ...{ message: expect.stringContaining("4"), hint: expect.any(String) },
      });
    }
  });

  it("says without --json nothing on stdout", async () => {
    const said = await workspace.segbook("run", "notebooks/good.md", "--only", "big");
    expect([said.code, said.stdout]).toEqual([0, ""]);
    expect(said.stderr).toMatch(/^source +orders +found · 3 rows/m);
    expect(said.stderr).not.toContain("picture");
  });

  it("exits with 1 where a cell fails; its readers are skipped, and the fault has its place", async () => {
    const said = await workspace.segbook("run", "notebooks/ill.md", "--json");
    expect(said.code).toBe(1);
    expect(lines(said.stdout).slice(1)).toMatchObject([
      {
        cell: "ill",
        state: "failed",
        rows: null,
        ms: null,
        key: null,
        error: { code: "sql-binder", line: 14, column: 8 },
      },
      { cell: "after", state: "skipped", rows: null, ms: null, key: null, error: null },
    ]);
    expect(said.stderr).toContain("notebooks/ill.md:14:8 error ill [sql-binder]");
    const again = await workspace.segbook("run", "notebooks/ill.md", "--no-cache");
    expect(again.stderr).toMatch(/^sql +ill +failed$/m);
  });

  it.each([
    [["run", "notebooks/none.md"], "There is no notebook notebooks/none.md"],
    [["run", "good"], "Did you mean notebooks/good.md?"],
    [["run"], "Which notebook?"],
    [["run", "notebooks"], "can't be read"],
    [["run", "notebooks/good.md", "--only", "bg"], "Did you mean `big`?"],
    [["run", "notebooks/good.md", "--set", "last=1"], "Its inputs are `least`"],
    [["run", "notebooks/good.md", "--set", "least=many"], "expected a number"],
    [["run", "notebooks/good.md", "--set", "least"], "--set takes id=value"],
    [["run", "notebooks/good.md", "--as-of", "soon"], "neither a date"],
    [["run", "notebooks/good.md", "--speed"], "speed"],
    [["run", "notebooks/good.md", "--refresh", "--only", "orders"], "leave --only out"],
    [["fly"], "There is no command fly"],
    [[], "Which command?"],
  ])("exits with 2 where the call is at fault: %j", async (args, words) => {
    const said = await call(
      [...args, ...(args.length === 0 || args[0] === "fly" ? [] : ["--workspace", workspace.root])],
      workspace.root,
    );
    expect([said.code, said.stdout]).toEqual([2, ""]);
    expect(said.stderr).toContain(words);
  });
});

describe("NOTEBOOK", () => {
  it("is relative to --workspace; without that to the current folder and then to the workspace; or absolute", async () => {
    const text = (value: number) => withHead(cell("sql", "s", `SELECT ${value} AS a`));
    const { root, write } = await testWorkspace({ notebooks: { "n.md": text(1) } });
    await write("notebooks/deep/notebooks/n.md", text(2));
    await write("elsewhere/n.md", text(3));
    const shown = async (cwd: string, ...args: string[]) => {
      const { stdout, code, stderr } = await call(["show", ...args, "s", "--format", "csv"], join(root, cwd));
      return code === 0 ? stdout.split("\n")[1] : stderr;
    };
    expect(await shown("notebooks/deep", "notebooks/n.md")).toBe("2");
    expect(await shown("data", "notebooks/n.md")).toBe("1");
    expect(await shown("notebooks/deep", "notebooks/n.md", "--workspace", root)).toBe("1");
    expect(await shown(".", join(root, "elsewhere/n.md"))).toBe("3");
    expect(await shown(".", "n.md")).toContain("There is no notebook n.md");
  });

  it("is one file whichever way it is reached, so that its last run is remembered once", async () => {
    const { root } = await testWorkspace({ notebooks: { "n.md": withHead(cell("sql", "s", "SELECT 1 AS a")) } });
    await mkdir(join(root, "other"));
    await symlink(root, join(root, "other", "link"));
    await call(["run", "notebooks/n.md", "--workspace", root], root);
    const said = await call(["run", "notebooks/n.md", "--json", "--workspace", join(root, "other", "link")], root);
    expect(lines(said.stdout)).toMatchObject([{ cell: "s", state: "cached" }]);
  });

  it("that is not UTF-8 is refused, never read as something else", async () => {
    const workspace = await testWorkspace({});
    await workspace.write("notebooks/latin.md", Buffer.from("---\nsegbook: 1\n---\n\nCaf\xe9\n", "latin1"));
    const said = await workspace.segbook("check", "notebooks/latin.md");
    expect([said.code, said.stdout, said.stderr]).toEqual([
      1,
      "",
      "notebooks/latin.md is not UTF-8 text. Convert the file to UTF-8.\n",
    ]);
  });

  it("of a newer format is not run", async () => {
    const workspace = await testWorkspace({
      notebooks: { "new.md": "---\nsegbook: 9\n---\n\n```sql s\nSELECT 1\n```\n" },
    });
    const said = await workspace.segbook("run", "notebooks/new.md", "--json");
    expect([said.code, lines(said.stdout)]).toMatchObject([1, [{ cell: "s", state: "skipped" }]]);
    expect(said.stderr).toContain("[newer-format]");
  });
});

describe("Ctrl-C", () => {
  it("ends a run with 130", async () => {
    const endless = cell(
      "sql",
      "endless",
      "SELECT max(hash(a.i, b.i)) AS m FROM range(1000000) a(i), range(1000000) b(i)",
    );
    const { root } = await testWorkspace({
      notebooks: { "n.md": withHead(cell("sql", "s", "SELECT 1 AS a") + endless) },
    });
    const args = [mainFile, "run", "notebooks/n.md", "--json", "--workspace", root];
    const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
    let stdout = "";
    child.stdout.on("data", (chunk: Buffer) => {
      // Once the first cell is told, the second one runs.
      if (stdout === "") child.kill("SIGINT");
      stdout += chunk.toString();
    });
    const code = await new Promise((resolve) => child.once("close", resolve));
    expect([code, lines(stdout).map(({ cell: id, state }) => [id, state])]).toEqual([
      130,
      [
        ["s", "ran"],
        ["endless", "skipped"],
      ],
    ]);
  });
});

describe("segbook check", () => {
  it("tells every problem once at its place, runs nothing, and exits with 1 only for errors", async () => {
    const twice = cell("sql", "s", "SELECT 1 AS a") + cell("sql", "s", "SELECT 2 AS a");
    const good = GOOD.replace("customer_id: BIGINT", "customer_id: {type: BIGINT, required: true}");
    const workspace = await testWorkspace({
      notebooks: { "good.md": good, "warned.md": withHead(cell("sqll", "x", "SELECT 1")), "twice.md": withHead(twice) },
      data: { "orders.csv": ORDERS },
    });
    const both = await workspace.segbook("check", "notebooks/good.md", "notebooks/warned.md");
    expect([both.code, both.stderr]).toEqual([0, ""]);
    expect(both.stdout).toMatch(
      /^notebooks\/good.md: nothing found in 4 cells\nnotebooks\/warned.md:6:4 warning x \[unknown-kind\]/,
    );
    const said = await workspace.segbook("check", "notebooks/twice.md", "--json");
    expect([said.code, lines(said.stdout).map(({ code, line }) => [code, line])]).toEqual([1, [["duplicate-id", 10]]]);
    expect(lines((await workspace.segbook("run", "notebooks/good.md", "--json")).stdout)[0]).toMatchObject({
      state: "ran",
    });
  });
});
