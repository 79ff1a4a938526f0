import { Hono } from "hono";
import { z } from "zod";
import { isProblem } from "../notebook/is-problem.ts";
import { pathFault } from "../store/notebook-path.ts";
import { refuse } from "./refuse.ts";
import type { Services } from "./services.ts";
import { valid } from "./valid.ts";

const inputs = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));
export const planRequest = z.object({
  path: z.string(),
  text: z.string().optional(),
  set: inputs.optional(),
  asOf: z.string().optional(),
});
const renameRequest = z.object({ path: z.string(), text: z.string().optional(), from: z.string(), to: z.string() });
const checkRequest = planRequest.extend({ silos: z.enum(["measure", "known"]).optional() });
const runRequest = z.object({
  path: z.string(),
  cells: z.array(z.string()).optional(),
  set: inputs.optional(),
  asOf: z.string().optional(),
  noCache: z.boolean().optional(),
  recompute: z.array(z.string()).optional(),
  first: z.string().nullable().optional(),
  refresh: z.boolean().optional(),
});

/** What would run, and runs: started, cancelled. What they come to is told by the event stream. */
export function runRoutes({ kernels, files }: Services) {
  return new Hono()
    .post("/plan", valid("json", planRequest), async (c) => {
      const request = c.req.valid("json");
      // Unsaved text has no need of a file, but its path must still be one.
      const found = request.text === undefined ? await files.read(request.path) : pathFault(request.path);
      if (found && isProblem(found)) return refuse(c, found);
      return c.json(await kernels.plan(request, c.req.raw.signal));
    })
    .post("/rename", valid("json", renameRequest), async (c) => {
      const request = c.req.valid("json");
      const found = request.text === undefined ? await files.read(request.path) : pathFault(request.path);
      if (found && isProblem(found)) return refuse(c, found);
      const renamed = await kernels.rename(request, c.req.raw.signal);
      return isProblem(renamed) ? refuse(c, renamed) : c.json(renamed);
    })
    .post("/check", valid("json", checkRequest), async (c) => {
      const request = c.req.valid("json");
      const found = request.text === undefined ? await files.read(request.path) : pathFault(request.path);
      if (found && isProblem(found)) return refuse(c, found);
      return c.json(await kernels.check(request, c.req.raw.signal));
    })
    .post("/runs", valid("json", runRequest), async (c) => {
      const request = c.req.valid("json");
      const found = await files.read(request.path);
      if (isProblem(found)) return refuse(c, found);
      return c.json(await kernels.run(request), 202);
    })
    .delete("/runs/:run", (c) => c.json({ cancelled: kernels.cancel(c.req.param("run")) }))
    .delete("/runs/:run/cells/:cell", async (c) => {
      const { run, cell } = c.req.param();
      return c.json({ cancelled: await kernels.cancelCell(run, cell) });
    });
}
