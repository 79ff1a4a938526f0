import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openWorkspace, type TestWorkspace } from "../../workspace.ts";
import { cell, withHead } from "../run/notebook-runs.ts";

const NOTEBOOK = withHead(
  cell("sql", "people", "SELECT i AS customer_id, i * 10 AS spend, '=' || i AS note FROM range(5) t(i) ORDER BY i") +
    cell("segments", "groups", "of: people\nsegments:\n  Big one: |-\n    spend > 20"),
);

describe("segbook segment", () => {
  let workspace: TestWorkspace;
  beforeAll(async () => {
    workspace = await openWorkspace({ notebooks: { "n.md": NOTEBOOK } });
  });
  afterAll(() => workspace.remove());
  const segment = (...args: string[]) => workspace.segbook("segment", "notebooks/n.md", ...args);

  it("prints the members, the key alone or with columns, and their number beside", async () => {
    expect(await segment("groups.Big one")).toEqual({
      code: 0,
      stdout: "customer_id\n3\n4\n",
      stderr: "2 people of Big one\n",
    });
    expect((await segment("groups.Big one", "--columns", "note,spend")).stdout).toBe(
      "customer_id,note,spend\n3,'=3,30\n4,'=4,40\n",
    );
  });

  it("counts whoever is held out as a control beside those who are printed", async () => {
    await workspace.write("notebooks/held.md", NOTEBOOK.replace("segments:", "control: 30%\nsegments:"));
    const { stdout, stderr } = await workspace.segbook("segment", "notebooks/held.md", "groups.Big one");
    expect([stdout, stderr]).toEqual(["customer_id\n4\n", "1 person of Big one; 1 more is held out as a control\n"]);
  });

  it("prints the rule for other tools, and ends with 1 where they can't say it", async () => {
    const said = await segment("groups.Big one", "--as", "jsonlogic");
    expect(said.code).toBe(0);
    expect(JSON.parse(said.stdout)).toEqual({
      and: [{ "!==": [{ var: "spend" }, null] }, { ">": [{ var: "spend" }, 20] }],
    });
    const out = join(workspace.root, "tree.json");
    expect(await segment("groups.Big one", "--as", "tree", "--out", out)).toMatchObject({ code: 0, stdout: "" });
    expect(JSON.parse(await workspace.read("tree.json"))).toMatchObject({ segbook: 1 });
    expect((await segment("groups.Bigone", "--as", "sql")).code).toBe(1);
  });

  it("writes a definition of another tool's into the cell, or says what is in the way and leaves the file", async () => {
    const file = join(workspace.root, "Rich.sql");
    await writeFile(file, "WHERE amount BETWEEN 20 AND 30 AND note LIKE '=%'");
    const before = await workspace.read("notebooks/n.md");
    const refused = await segment("groups", "--from", file, "--as", "sql");
    expect([refused.code, refused.stdout]).toEqual([1, ""]);
    expect(refused.stderr).toContain("line 1, column 7 error [unknown-attribute]");
    expect(await workspace.read("notebooks/n.md")).toBe(before);
    const taken = await segment("groups", "--from", file, "--as", "sql", "--map", "amount=spend");
    expect([taken.code, taken.stdout]).toEqual([0, "spend between 20 and 30 AND note starts with '='\n"]);
    expect(await workspace.read("notebooks/n.md")).toContain(
      "  Rich: |-\n    spend between 20 and 30 AND note starts with '='\n",
    );
    expect((await segment("groups.Rich")).stdout).toBe("customer_id\n2\n3\n");
    const again = await segment("groups", "--from", file, "--as", "sql", "--map", "amount=spend");
    expect([again.code, again.stderr]).toEqual([1, expect.stringContaining("has a segment Rich already")]);
  });

  it("ends with 2 where the call is at fault", async () => {
    for (const args of [
      [],
      ["groups"],
      ["groups.Big one", "--as", "csv"],
      ["groups.Big one", "--format", "parquet"],
      ["groups", "--from", "nowhere.json", "--as", "tree"],
      ["groups.Big one", "--map", "x"],
    ])
      expect((await segment(...args)).code, args.join(" ")).toBe(2);
    expect((await workspace.segbook("segment", "--help")).stdout).toContain("--from");
  });
});
