import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { limitText, parseLimit } from "../../../server/run/limits.ts";
import { readSettings } from "../../../server/run/settings.ts";
import { type Workspace, workspaceAt } from "../../../server/run/workspace.ts";

const GB = 1024 ** 3;

async function withSettings(text: string | null): Promise<Workspace> {
  const root = await mkdtemp(join(tmpdir(), "segbook-settings-"));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  const workspace = workspaceAt(root);
  await mkdir(workspace.state);
  if (text !== null) await writeFile(join(workspace.state, "settings.json"), text);
  return workspace;
}

test("sizes are read as people write them, with or without blanks and the i", () => {
  for (const text of ["4GB", "4 GB", "4gib", "4G", "4096MB", String(4 * GB)])
    expect(parseLimit("memory", text)).toBe(4 * GB);
  expect(parseLimit("memory", "1.5 GB")).toBe(1.5 * GB);
  expect(parseLimit("memory", 4 * GB)).toBe(4 * GB);
  expect(parseLimit("threads", "8")).toBe(8);
});

test("what is no size, no whole number or too little is told with what was found", () => {
  expect(parseLimit("memory", "lots")).toBe('Expected a size of at least 64 MB, such as 4GB, found "lots".');
  expect(parseLimit("memory", 1)).toMatch(/at least 64 MB/);
  for (const value of [0, -1, 1.5, "x", true, null, [4], ""])
    expect(parseLimit("threads", value)).toMatch(/^Expected a whole/);
});

test("a limit is written as a person reads it", () => {
  expect(limitText("memory", 4 * GB)).toBe("4 GB");
  expect(limitText("temp", 1.5 * GB)).toBe("1.5 GB");
  expect(limitText("rows", 100_000_000)).toBe("100,000,000 rows");
  expect(limitText("seconds", 1)).toBe("1 second");
});

test("where nothing is set every limit has a value that fits the machine", async () => {
  const settings = readSettings(await withSettings(null));
  expect(settings).toMatchObject({ kernels: 4, idle: 10, limits: { rows: 100_000_000, seconds: 1800 } });
  if ("code" in settings) return;
  expect(settings.limits.threads).toBeGreaterThanOrEqual(1);
  expect(settings.limits.memory).toBeGreaterThanOrEqual(GB / 4);
});

test("settings go before defaults, and what the call gives before settings", async () => {
  const workspace = await withSettings('{"memory": "1GB", "seconds": 60, "kernels": 2, "idle": 1}');
  expect(readSettings(workspace, { seconds: "5", port: 4173 })).toMatchObject({
    ...{ kernels: 2, idle: 1 },
    limits: { memory: GB, seconds: 5 },
  });
});

test("a setting that there is not is refused with the nearest that there is", async () => {
  const found = readSettings(await withSettings('{"memori": "4GB"}'));
  expect(found).toMatchObject({ code: "unknown-setting", hint: "Did you mean `memory`?" });
  const proto = readSettings(await withSettings('{"__proto__": 1}'));
  expect(proto).toMatchObject({ code: "unknown-setting" });
});

test("a bad value, a bad file and a bad call are told apart", async () => {
  expect(readSettings(await withSettings('{"temp": "much"}'))).toMatchObject({ code: "bad-setting" });
  expect(readSettings(await withSettings("memory: 4GB"))).toMatchObject({ code: "settings-unreadable" });
  expect(readSettings(await withSettings("[1]"))).toMatchObject({ code: "settings-unreadable" });
  expect(readSettings(await withSettings(null), { threads: "0" })).toMatchObject({ code: "bad-limit" });
});
