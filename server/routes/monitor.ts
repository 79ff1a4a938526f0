import { Hono } from "hono";
import { stream } from "hono/streaming";
import { z } from "zod";
import { KernelsBusy } from "../kernel/places.ts";
import { isProblem } from "../notebook/is-problem.ts";
import type { Problem } from "../notebook/model.ts";
import type { MonitorLine, MonitorNews } from "../run/alerts/view.ts";
import { monitored } from "../store/monitored.ts";
import { callProblem, refuse } from "./refuse.ts";
import type { Services } from "./services.ts";
import { valid } from "./valid.ts";

const monitorRequest = z.strictObject({ paths: z.array(z.string()).max(10_000).optional() });

/** Brings monitors up to date, a notebook after the other, and tells what changes; what fails does not stop the rest. */
export function monitorRoutes({ workspace, kernels, files }: Services) {
  return new Hono().post("/monitor", valid("json", monitorRequest), async (c) => {
    const { paths: asked } = c.req.valid("json");
    for (const path of asked ?? []) {
      const found = await files.read(path);
      if (isProblem(found)) return refuse(c, found);
    }
    const controller = new AbortController();
    c.req.raw.signal.addEventListener("abort", () => controller.abort(), { once: true });
    c.header("Content-Type", "application/x-ndjson");
    return stream(c, async (out) => {
      out.onAbort(() => controller.abort());
      const say = (line: MonitorLine) => out.write(`${JSON.stringify(line)}\n`);
      const tell = (news: MonitorNews) => say({ type: "progress", news });
      const unread = asked === undefined ? await monitored(workspace, files) : { paths: asked, problems: [] };
      let failed = unread.problems.length;
      for (const { path, problem } of unread.problems) await tell({ what: "problem", path, problem });
      for (const [index, path] of unread.paths.entries()) {
        if (controller.signal.aborted) return;
        await tell({ what: "notebook", path, index, of: unread.paths.length });
        const ended = await kernels.refreshed(path, controller.signal).catch((error: unknown) => failedOf(error));
        if (ended.changes.length > 0) await tell({ what: "changes", path, changes: ended.changes });
        for (const problem of ended.problems) await tell({ what: "problem", path, problem });
        if (ended.state !== "done") failed += 1;
      }
      await say({ type: "done", notebooks: unread.paths.length + unread.problems.length, failed });
    });
  });
}

/** A notebook that could not even be started. */
function failedOf(error: unknown) {
  const hint = error instanceof KernelsBusy ? "Wait for a run to end or cancel one." : "The server's log says more.";
  const why = error instanceof Error ? error.message : String(error);
  const problem: Problem = callProblem("monitor-not-run", `This notebook could not be run: ${why}.`, hint);
  return { state: "failed", changes: [], problems: [problem] } as const;
}
