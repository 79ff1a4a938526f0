import { Hono } from "hono";
import { stream } from "hono/streaming";
import { z } from "zod";
import { KernelFault } from "../kernel/kernel.ts";
import { isProblem } from "../notebook/is-problem.ts";
import { MOST_WEEKS, type ReplayLine } from "../run/replay/view.ts";
import { pathFault } from "../store/notebook-path.ts";
import { callProblem, refuse } from "./refuse.ts";
import { planRequest } from "./runs.ts";
import type { Services } from "./services.ts";
import { valid } from "./valid.ts";

const replayRequest = planRequest.extend({
  cell: z.string().min(1),
  segment: z.string().min(1),
  weeks: z.int().min(1).max(MOST_WEEKS).optional(),
});
const peopleRequest = replayRequest.extend({
  week: z
    .int()
    .min(0)
    .max(MOST_WEEKS - 1),
  who: z.enum(["in", "entered", "left"]),
  offset: z.int().min(0).default(0),
  limit: z.int().min(1).max(1000).default(50),
});

/** A segment over past weeks, before its rule is saved: lines of progress, then the replay; and a week's people. */
export function replayRoutes({ kernels, files }: Services) {
  return new Hono()
    .post("/replay", valid("json", replayRequest), async (c) => {
      const request = c.req.valid("json");
      const found = request.text === undefined ? await files.read(request.path) : pathFault(request.path);
      if (found && isProblem(found)) return refuse(c, found);
      const { signal } = c.req.raw;
      c.header("Content-Type", "application/x-ndjson");
      return stream(c, async (out) => {
        const controller = new AbortController();
        out.onAbort(() => controller.abort());
        signal.addEventListener("abort", () => controller.abort(), { once: true });
        const tell = (line: ReplayLine) => void out.write(`${JSON.stringify(line)}\n`);
        const onProgress = (share: number) => tell({ type: "progress", share });
        try {
          const replay = await kernels.replay(request, { signal: controller.signal, onProgress });
          tell(isProblem(replay) ? { type: "failed", problem: replay } : { type: "done", replay });
        } catch (error) {
          if (controller.signal.aborted) return;
          if (error instanceof KernelFault && error.problem !== null) {
            tell({ type: "failed", problem: error.problem });
            return;
          }
          const message = `The replay could not be made: ${error instanceof Error ? error.message : String(error)}.`;
          const hint = "Try again; where it comes back, the server's own output says more.";
          tell({ type: "failed", problem: callProblem("replay-failed", message, hint) });
        }
      });
    })
    .post("/replay/people", valid("json", peopleRequest), async (c) => {
      const request = c.req.valid("json");
      const found = request.text === undefined ? await files.read(request.path) : pathFault(request.path);
      if (found && isProblem(found)) return refuse(c, found);
      const people = await kernels.replayPeople(request, c.req.raw.signal);
      return isProblem(people) ? refuse(c, people) : c.json(people);
    });
}
