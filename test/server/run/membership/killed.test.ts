import { spawn, spawnSync } from "node:child_process";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openDuckDb } from "../../../../server/engine/duckdb.ts";
import { readHistory } from "../../../../server/run/membership/read.ts";
import { membersSql } from "../../../../server/segments/membership/stays.ts";
import { mainFile, testWorkspace } from "../../../workspace.ts";
import { cell } from "../notebook-runs.ts";

const mayMount = spawnSync("unshare", ["-rm", "true"]).status === 0;
if (!mayMount) console.warn("Skipped: no file system of its own size can be mounted here (unshare -rm).");
const never = new AbortController().signal;
let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "segbook-"));
});
afterAll(() => rm(root, { recursive: true, force: true }));

test("a process that is killed at any moment leaves the history whole, with every refresh that it has told of", async () => {
  const folder = join(root, "killed");
  let told = 0;
  for (const patience of [1, 4, 9]) told = await killedAfter(folder, told + patience, patience * 3);
  const read = await readHistory(folder, never);
  if (read === null || "code" in read) throw new Error("the history can't be read");
  const { length } = read.manifest.refreshes;
  // The one that was at work may have come to its end without telling.
  expect([told, told + 1]).toContain(length);
  const engine = await openDuckDb(null);
  const { rows } = await engine.table({ sql: `SELECT entity FROM (${membersSql(read, 1, length)}) ORDER BY entity` });
  await engine.close();
  const odd = Array.from({ length: 100 }, (_, index) => 2 * index + 1);
  expect(rows.flat()).toEqual(odd.filter((person) => (person * length) % 7 < 4));
});

/** Lets a process record until it has told of a refresh, and kills it a little later, in the middle of something; the last that it told. */
function killedAfter(folder: string, number: number, later: number): Promise<number> {
  const script = fileURLToPath(new URL("recorder.ts", import.meta.url));
  const child = spawn(process.execPath, ["--import", "tsx", script, folder], { stdio: ["ignore", "pipe", "inherit"] });
  let last = 0;
  child.stdout.on("data", (chunk: Buffer) => {
    last = Number(chunk.toString().trim().split("\n").at(-1));
    if (last >= number) setTimeout(() => child.kill("SIGKILL"), later);
  });
  return new Promise((resolve) => child.once("close", () => resolve(last)));
}

describe.skipIf(!mayMount)("a disk that is full", () => {
  test("refuses the refresh and leaves what was recorded before", async () => {
    const people = cell(
      "sql",
      "people",
      "SELECT md5(i::VARCHAR) AS customer_id FROM range(CAST($n AS BIGINT)) AS t (i)",
    );
    const groups = cell("segments", "groups", "of: people\nsegments:\n  all: customer_id is known");
    const asked = cell("sql", "recorded", "SELECT count(*) AS n FROM membership");
    const notebook = `---\nsegbook: 1\nas_of: 2026-10-31\n---\n\n${cell("input", "n", "type: number\ndefault: 1000")}${people}${groups}${asked}`;
    const workspace = await testWorkspace({ notebooks: { "n.md": notebook } });
    const history = join(workspace.root, ".segbook", "membership");
    await mkdir(history, { recursive: true });
    const script = `mount -t tmpfs -o size=1m tmpfs "$1"
      "$2" "$3" run notebooks/n.md --refresh --workspace "$4" 2>/dev/null; echo $?
      "$2" "$3" run notebooks/n.md --refresh --set n=200000 --workspace "$4" 2>&1 | grep -o refresh-not-written
      "$2" "$3" show notebooks/n.md recorded --format csv --workspace "$4" 2>/dev/null
      find "$1" -name 'tmp-*'`;
    const child = spawnSync("unshare", [
      "-rm",
      "sh",
      "-c",
      script,
      "sh",
      history,
      process.execPath,
      mainFile,
      workspace.root,
    ]);
    expect(child.stdout.toString().trim().split(/\s+/)).toEqual(["0", "refresh-not-written", "n", "1000"]);
  });
});
