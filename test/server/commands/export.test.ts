import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { workspaceAt } from "../../../server/run/workspace.ts";
import { startServer } from "../../../server/serve.ts";
import { openWorkspace, type TestWorkspace } from "../../workspace.ts";
import { cell, withHead } from "../run/notebook-runs.ts";

const NOTEBOOK = withHead(
  cell("input", "least", "type: number\ndefault: 1") +
    cell("sql", "numbers", "SELECT i FROM range(20) AS t(i) WHERE i >= $least ORDER BY i") +
    cell("sql", "later", "SELECT count(*) AS n FROM numbers"),
);

describe("segbook export", () => {
  let workspace: TestWorkspace;
  beforeAll(async () => {
    workspace = await openWorkspace({ notebooks: { "n.md": NOTEBOOK, 'it\'s "ü".md': NOTEBOOK } });
  });
  afterAll(() => workspace.remove());
  const out = (name: string) => join(workspace.root, name);
  const write = (...args: string[]) => workspace.segbook("export", "notebooks/n.md", ...args);

  it("writes the page, says what it lacks, and runs nothing", async () => {
    const before = await write("--out", "before.html");
    expect([before.code, before.stdout]).toEqual([0, ""]);
    expect(before.stderr).toContain("numbers is not shown: stale, it has not been run yet.");
    expect(await readFile(out("before.html"), "utf8")).toContain("it has not been run yet.");
    expect((await workspace.segbook("run", "notebooks/n.md")).code).toBe(0);
    const after = await write("--out", "after.html");
    expect([after.code, after.stderr]).toEqual([0, ""]);
    const page = await readFile(out("after.html"), "utf8");
    expect(page).toContain('<td class="n">19</td>');
    expect(page).not.toContain(workspace.root);
  });

  it("refuses calls that are at fault, and leaves no file", async () => {
    const faults: [string[], string][] = [
      [[], "--out FILE.html"],
      [["--out", "no/such/folder.html"], "There is no folder"],
      [["--out", "notebooks"], "names a folder"],
      [["--out", "x.html", "--set", "most=3"], "`most` was set, but is not an input"],
      [["--out", "x.html", "--as-of", "soon"], "`soon`"],
    ];
    for (const [args, words] of faults) {
      const said = await write(...args);
      expect([said.code, said.stdout]).toEqual([2, ""]);
      expect(said.stderr).toContain(words);
    }
    expect(existsSync(out("x.html"))).toBe(false);
  });

  it("says why the file, or that of show, can't be written", async () => {
    const long = "a".repeat(300);
    expect((await workspace.segbook("run", "notebooks/n.md")).code).toBe(0);
    for (const said of [
      await write("--out", `${long}.html`),
      await workspace.segbook("show", "notebooks/n.md", "numbers", "--format", "csv", "--out", `${long}.csv`),
      await workspace.segbook("show", "notebooks/n.md", "numbers", "--format", "parquet", "--out", `${long}.parquet`),
    ]) {
      expect(said.code).toBe(1);
      expect(said.stderr).toMatch(/can't be written: .*name too long/);
      expect(said.stderr).not.toContain("    at ");
    }
  });

  it("is answered by the server as a file to keep, without its token", async () => {
    const serving = await startServer({
      workspace: workspaceAt(workspace.root),
      host: "127.0.0.1",
      port: 0,
      portGiven: true,
    });
    try {
      const ask = (path: string, more = "") =>
        fetch(`http://127.0.0.1:${serving.port}/api/export?path=${encodeURIComponent(path)}${more}`, {
          headers: { Authorization: `Bearer ${serving.token}` },
        });
      const reply = await ask('notebooks/it\'s "ü".md');
      expect(reply.status).toBe(200);
      expect(reply.headers.get("Content-Disposition")).toBe("attachment; filename*=UTF-8''it%27s%20%22%C3%BC%22.html");
      const page = await reply.text();
      expect(page.startsWith("<!doctype html>")).toBe(true);
      expect(page).not.toContain(serving.token);
      expect((await ask("notebooks/none.md")).status).toBe(404);
      expect((await ask("notebooks/n.md", `&set=${encodeURIComponent('{"most":1}')}`)).status).toBe(422);
      expect((await fetch(`http://127.0.0.1:${serving.port}/api/export?path=notebooks/n.md`)).status).toBe(401);
    } finally {
      await serving.close();
    }
  });
});
