import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { filesMatching } from "../../../server/run/files.ts";
import { Fingerprints } from "../../../server/run/fingerprint.ts";

let root: string;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "segbook-"));
  const names = [
    "a.csv",
    "b.csv",
    "b.txt",
    "2026/a.csv",
    "2026/q1/b.csv",
    ".hidden.csv",
    ".h/a.csv",
    "[x].csv",
    "c+d.csv",
  ];
  for (const name of names) {
    await mkdir(dirname(join(root, "data", name)), { recursive: true });
    await writeFile(join(root, "data", name), "x\n1\n");
  }
  await mkdir(join(root, "data-secret"));
  await writeFile(join(root, "data-secret", "s.csv"), "secret\n1\n");
  await symlink(join(root, "data-secret", "s.csv"), join(root, "data", "link.csv"));
  await symlink(join(root, "data-secret"), join(root, "data", "linked"));
  await symlink(join(root, "data", "a.csv"), join(root, "data", "inner.csv"));
});

afterAll(() => rm(root, { recursive: true, force: true }));

async function matching(pattern: string): Promise<string[]> {
  const files = { folder: join(root, "data"), fingerprints: new Fingerprints(join(root, "known")) };
  return (await filesMatching(files, pattern)).map(({ path }) => path);
}

describe("files that a source names", () => {
  it.each([
    ["a.csv", ["a.csv"]],
    ["./a.csv", ["a.csv"]],
    ["?.csv", ["a.csv", "b.csv"]],
    ["[a-b].csv", ["a.csv", "b.csv"]],
    ["[!a].csv", ["b.csv"]],
    ["*/a.csv", ["2026/a.csv"]],
    ["2026/**", ["2026/a.csv", "2026/q1/b.csv"]],
    ["**/b.csv", ["2026/q1/b.csv", "b.csv"]],
    ["c+d.csv", ["c+d.csv"]],
    ["[x].csv", ["[x].csv"]],
    ["[z-a].csv", []],
  ])("%s is %j", async (pattern, paths) => {
    expect(await matching(pattern)).toEqual(paths);
  });

  it.each([
    "../data-secret/s.csv",
    "/etc/passwd",
    "2026/../../data-secret/*.csv",
    "link.csv",
    "linked/s.csv",
    "a.csv\0",
    ".hidden.csv.bak",
  ])("%s leads nowhere", async (pattern) => {
    expect(await matching(pattern)).toEqual([]);
  });

  it("are neither hidden nor led out by a link; a link inside is followed", async () => {
    expect(await matching("*.csv")).toEqual(["[x].csv", "a.csv", "b.csv", "c+d.csv", "inner.csv"]);
    expect(await matching("**")).not.toContain(".h/a.csv");
  });
});
