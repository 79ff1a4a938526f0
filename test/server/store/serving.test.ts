import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { removeLeftSaves } from "../../../server/store/left-saves.ts";
import { takeWorkspace } from "../../../server/store/serving.ts";

async function state(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "segbook-serving-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

async function taking(folder: string) {
  const found = await takeWorkspace(folder);
  if ("taken" in found) throw new Error(`taken by ${found.taken.pid}`);
  return found;
}

test("a workspace is one server's until it is released, and nothing is left of it then", async () => {
  const folder = await state();
  const first = await taking(folder);
  expect(await takeWorkspace(folder)).toMatchObject({ taken: { pid: process.pid } });
  await first.release();
  expect(await readdir(folder)).toEqual([]);
  await (await taking(folder)).release();
});

test("of many that start at once one gets it", async () => {
  const folder = await state();
  await writeFile(join(folder, "serving.json"), '{"pid": 999999999, "started": "1"}');
  const all = await Promise.all(Array.from({ length: 3 }, () => takeWorkspace(folder)));
  expect(all.filter((one) => "release" in one)).toHaveLength(1);
});

test("what a killed server left does not stand in the way, nor a file that says nothing, nor another process of that id", async () => {
  const folder = await state();
  const child = spawn(process.execPath, ["-e", "setTimeout(() => {}, 60000)"]);
  const { pid } = child;
  child.kill("SIGKILL");
  await once(child, "exit");
  for (const left of [`{"pid": ${pid}, "started": "5"}`, "", "{", `{"pid": ${process.pid}, "started": "1"}`]) {
    await writeFile(join(folder, "serving.json"), left);
    const mine = await taking(folder);
    expect(JSON.parse(await readFile(join(folder, "serving.json"), "utf8"))).toMatchObject({ pid: process.pid });
    await mine.release();
  }
});

test("what killed saves left is removed once it is old, and nothing else is", async () => {
  const folder = await state();
  await mkdir(join(folder, "deep"));
  const save = ".0123456789abcdef.segbook-save";
  for (const name of [save, `deep/${save}`, "x.md", ".hidden"]) await writeFile(join(folder, name), "x");
  await removeLeftSaves(folder, Date.now());
  expect(await readdir(folder)).toContain(save);
  for (const name of [save, `deep/${save}`, "x.md", ".hidden"]) await utimes(join(folder, name), 1, 1);
  await removeLeftSaves(folder, Date.now());
  expect((await readdir(folder, { recursive: true })).sort()).toEqual([".hidden", "deep", "x.md"]);
});
