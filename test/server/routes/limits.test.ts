import { join } from "node:path";
import { expect, test } from "vitest";
import { EngineFailure, LimitReached } from "../../../server/engine/engine.ts";
import { KernelFault } from "../../../server/kernel/kernel.ts";
import { stoppedBy } from "../../../server/run/unexpected.ts";
import { appFor, call, FIRST, noKernels, workspaceFolder } from "./workspace-folder.ts";

test("what is asked for and reaches a limit is told with how to raise it, in a stream too", async () => {
  const problem = stoppedBy(new LimitReached("temp", 1024 ** 2));
  expect(problem).toMatchObject({ code: "limit-temp", message: "This puts more on the disk than it may: 1 MB." });
  expect(problem?.hint).toContain("--temp");
  const fail = () => Promise.reject(new KernelFault("the limit of temp was reached", problem));
  const root = workspaceFolder({ [join("notebooks", "first.md")]: FIRST });
  const app = appFor(root, { kernels: { ...noKernels, preview: fail, replay: fail } });
  const about = { path: "notebooks/first.md", text: FIRST, cell: "groups" };
  const preview = { ...about, rule: null, conditions: [], accuracy: "exact" };
  const reply = await call(app, "POST", "/api/preview", { json: preview });
  expect(reply.status).toBe(422);
  expect(await reply.json()).toEqual({ problem });
  const replay = await call(app, "POST", "/api/replay", { json: { ...about, segment: "all" } });
  expect(JSON.parse(await replay.text())).toEqual({ type: "failed", problem });
});

test("a full disk is told as such, and a fault of the engine's is none of these", () => {
  const full = Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC", syscall: "write" });
  expect(stoppedBy(full)).toMatchObject({ code: "disk-full" });
  expect(stoppedBy(new EngineFailure("syntax", "no such column", null, []))).toBeNull();
});
