import { Hono } from "hono";
import { z } from "zod";
import { isProblem } from "../notebook/is-problem.ts";
import { pathFault } from "../store/notebook-path.ts";
import { refuse } from "./refuse.ts";
import { planRequest } from "./runs.ts";
import type { Services } from "./services.ts";
import { valid } from "./valid.ts";

const explainRequest = planRequest.extend({ cell: z.string().min(1), rule: z.string().nullable().optional() });

/** How a cell, or one of its rules or features, is computed. */
export function explainRoutes({ kernels, files }: Services) {
  return new Hono().post("/explain", valid("json", explainRequest), async (c) => {
    const request = c.req.valid("json");
    const found = request.text === undefined ? await files.read(request.path) : pathFault(request.path);
    if (found && isProblem(found)) return refuse(c, found);
    const explained = await kernels.explain(request, c.req.raw.signal);
    return isProblem(explained) ? refuse(c, explained) : c.json(explained);
  });
}
