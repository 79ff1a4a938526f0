import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { gitCommit, gitInit, hasGit } from "../../git-repository.ts";
import { call, openWorkspace, type TestWorkspace } from "../../workspace.ts";
import { cell, ORDERS, orders, withHead } from "../run/notebook-runs.ts";

const SPEND = cell("features", "spend", "columns:\n  total: sum of amount of placed order");
const rules = (least: number) =>
  cell("segments", "people", `of: spend\nsegments:\n  Big: total >= ${least}\n  Small: total < ${least}`);
const OLD = withHead(`Who \u001b[31mbuys?\n\n${orders()}${SPEND}${rules(10)}`);
const NEW = withHead(`Who \u001b[31mbuys?\n\n${rules(15)}${orders()}${SPEND.replace("spend", "spent")}`).replace(
  "of: spend",
  "of: spent",
);

describe("segbook diff", () => {
  let workspace: TestWorkspace;
  beforeAll(async () => {
    workspace = await openWorkspace({ notebooks: { "old.md": OLD, "x.md": OLD }, data: { "orders.csv": ORDERS } });
    if (!hasGit) return;
    gitInit(workspace.root);
    await workspace.write(".gitignore", ".segbook/\n");
    gitCommit(workspace.root, "First");
    await workspace.write("notebooks/x.md", NEW);
    gitCommit(workspace.root, "Second");
  });
  afterAll(() => workspace.remove());

  it("tells two files cell by cell, word by word, without colours where no person looks", async () => {
    const said = await workspace.segbook("diff", "notebooks/old.md", "notebooks/x.md");
    expect([said.code, said.stderr]).toEqual([0, ""]);
    expect(said.stdout.split("\n")).toEqual([
      "--- notebooks/old.md",
      "+++ notebooks/x.md",
      "1 cell changed, 1 renamed, 1 moved.",
      "",
      "segments people: moved from below `spend`, changed  line 20 → 8",
      "  ```segments people",
      "~ of: [-spend-]{+spent+}",
      "  segments:",
      "~   Big: total >= [-10-]{+15+}",
      "~   Small: total < [-10-]{+15+}",
      "  ```",
      "",
      "features spent: renamed from `spend`  line 15 → 22",
      "",
    ]);
  });

  it("says that nothing differs, and ends well", async () => {
    const said = await workspace.segbook("diff", "notebooks/x.md", "notebooks/x.md");
    expect(said).toMatchObject({ code: 0, stdout: "--- notebooks/x.md\n+++ notebooks/x.md\nThe two are the same.\n" });
  });

  it("shows what would steer a terminal as its code", async () => {
    await workspace.write("notebooks/empty.md", withHead(""));
    const said = await workspace.segbook("diff", "notebooks/empty.md", "notebooks/old.md");
    expect(said.stdout).toContain("+ Who \\x1b[31mbuys?");
  });

  it.skipIf(!hasGit)("compares a file with a revision, in either order, and two revisions", async () => {
    const changed = (stdout: string) => [
      /segments people: [^\n]*changed/.test(stdout),
      /~ .*\[-10-\]\{\+15\+\}/.test(stdout),
    ];
    for (const args of [
      ["HEAD~1", "notebooks/x.md"],
      ["HEAD~1:notebooks/x.md", "HEAD"],
      ["HEAD~1", "HEAD:./notebooks/x.md"],
    ]) {
      const said = await workspace.segbook("diff", ...args);
      expect([said.code, ...changed(said.stdout)]).toEqual([0, true, true]);
    }
    const back = await workspace.segbook("diff", "notebooks/x.md", "main~1");
    expect(back.stdout).toContain("~   Big: total >= [-15-]{+10+}");
    expect(back.stdout).toMatch(/^\+\+\+ main~1:notebooks\/x\.md \([0-9a-f]{7}, \d{4}-\d\d-\d\d\)$/m);
  });

  it.skipIf(!hasGit)("says which side of the call is at fault, and runs no option of git's", async () => {
    const said = async (...args: string[]) => {
      const { code, stdout, stderr } = await workspace.segbook("diff", ...args);
      return [code, stdout, stderr.split("\n")[0]];
    };
    expect(await said("HEAD~7", "notebooks/x.md")).toEqual([2, "", expect.stringContaining("no revision `HEAD~7`")]);
    expect(await said("HEAD:notebooks/y.md", "notebooks/x.md")).toEqual([
      2,
      "",
      expect.stringContaining("no `notebooks/y.md` in `HEAD`"),
    ]);
    expect(await said("notebooks/x.md")).toEqual([2, "", expect.stringContaining("Which two?")]);
    expect(await said("nope.md", "notebooks/x.md")).toEqual([2, "", expect.stringContaining("no notebook nope.md")]);
    expect(await said("a", "b")).toEqual([2, "", expect.stringContaining("neither a notebook a nor a notebook b")]);
    expect(await said("--output=hacked:x", "notebooks/x.md")).toEqual([
      2,
      "",
      expect.stringContaining("Unknown option"),
    ]);
    expect(existsSync(join(workspace.root, "hacked"))).toBe(false);
  });

  it.skipIf(!hasGit)("says that there is no repository", async () => {
    const other = await openWorkspace({ notebooks: { "x.md": OLD } });
    const said = await call(["diff", "HEAD", "notebooks/x.md", "--workspace", other.root], other.root);
    await other.remove();
    expect([said.code, said.stderr]).toEqual([2, expect.stringContaining("in no git repository")]);
  });

  it("tells with --data what that does to the results, for people and as JSON", async () => {
    const said = await workspace.segbook("diff", "notebooks/old.md", "notebooks/x.md", "--data");
    expect([said.code, said.stderr]).toEqual([0, ""]);
    expect(said.stdout).toContain("Results, as of 2026-11-01T00:00:00+00:00");
    expect(said.stdout).toMatch(/Big +2 → ↓ +1 +0 +1\n/);
    expect(said.stdout).toContain("1 of 3 moved\n      Big → Small: 1 (1)\n");
    expect(said.stdout).toContain("The same as before: orders, spent\n");
    const json = await workspace.segbook("diff", "notebooks/old.md", "notebooks/x.md", "--data", "--json");
    const { summary, parts, data } = JSON.parse(json.stdout);
    expect(summary).toBe("1 cell changed, 1 renamed, 1 moved.");
    expect(parts.map((part: { words: string[] }) => part.words)).toEqual([
      ["moved from below `spend`", "changed"],
      ["renamed from `spend`"],
    ]);
    expect(data.cells.map((one: { after: string; state: string }) => [one.after, one.state])).toEqual([
      ["people", "differs"],
      ["orders", "same"],
      ["spent", "same"],
    ]);
  });

  it("ends with 1 where a side has no results, and says why", async () => {
    await workspace.write("notebooks/ill.md", NEW.replace("of amount", "of amuont"));
    const said = await workspace.segbook("diff", "notebooks/old.md", "notebooks/ill.md", "--data");
    expect(said.code).toBe(1);
    expect(said.stdout).toContain("features spent: not known");
    expect(said.stderr).toContain("amuont");
  });
});
