import { spawn, spawnSync } from "node:child_process";
import { mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { mainFile, testWorkspace } from "../../workspace.ts";
import { cell, withHead } from "../run/notebook-runs.ts";

const mayMount = spawnSync("unshare", ["-rm", "true"]).status === 0;
if (!mayMount) console.warn("Skipped: no file system of its own size can be mounted here (unshare -rm).");

describe.skipIf(!mayMount)("a disk that is full", () => {
  it("fails the cell that does not fit with what to do, and the others go on", async () => {
    const notebook =
      cell("sql", "small", "SELECT 1 AS a") +
      cell("sql", "large", "SELECT i, hash(i) AS h, hash(i + 1) AS g FROM range(2000000) t(i)") +
      cell("sql", "reader", "SELECT count(*) AS n FROM large") +
      cell("sql", "after", "SELECT count(*) AS n FROM small");
    const { root } = await testWorkspace({ notebooks: { "n.md": withHead(notebook) } });
    const state = join(root, ".segbook");
    await mkdir(state);
    const said = await sh(
      `mount -t tmpfs -o size=6m tmpfs "$1" && "$2" "$3" run notebooks/n.md --json --threads 1 --workspace "$4"; code=$?; ls "$1/cache"; exit $code`,
      [state, process.execPath, mainFile, root],
    );
    const lines = said.stdout.trim().split("\n");
    const cells = lines.filter((line) => line.startsWith("{")).map((line) => JSON.parse(line));
    expect([said.code, cells.map(({ cell: id, state: how, error }) => [id, how, error?.code ?? null])]).toEqual([
      1,
      [
        ["small", "ran", null],
        ["large", "failed", "disk-full"],
        ["reader", "skipped", null],
        ["after", "ran", null],
      ],
    ]);
    expect(lines.filter((line) => line.startsWith("tmp-"))).toEqual([]);
    expect(await readdir(state)).toEqual([]);
  });
});

function sh(script: string, args: readonly string[]): Promise<{ code: number | null; stdout: string }> {
  const child = spawn("unshare", ["-rm", "sh", "-c", script, "sh", ...args], { stdio: ["ignore", "pipe", "ignore"] });
  let stdout = "";
  child.stdout.on("data", (chunk: Buffer) => {
    stdout += chunk.toString();
  });
  return new Promise((resolve) => child.once("close", (code) => resolve({ code, stdout })));
}
