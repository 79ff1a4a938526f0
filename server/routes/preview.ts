import { Hono } from "hono";
import { z } from "zod";
import { isProblem } from "../notebook/is-problem.ts";
import { MOST_CONDITIONS } from "../run/preview/view.ts";
import { pathFault } from "../store/notebook-path.ts";
import { refuse } from "./refuse.ts";
import { planRequest } from "./runs.ts";
import type { Services } from "./services.ts";
import { valid } from "./valid.ts";

/** A condition's longest text, and a name's. */
const LONGEST = 20_000;

const previewRequest = planRequest.extend({
  cell: z.string().min(1),
  rule: z.string().nullable(),
  conditions: z.array(z.string().max(LONGEST)).max(MOST_CONDITIONS),
  accuracy: z.enum(["quick", "exact"]),
});
const valuesRequest = planRequest.extend({
  relation: z.string().min(1),
  column: z.string().min(1),
  where: z.object({ column: z.string(), value: z.string() }).nullable(),
  search: z.string().max(LONGEST),
});

/** What a rule that is being written comes to, and the values that it can name. */
export function previewRoutes({ kernels, files }: Services) {
  return new Hono()
    .post("/preview", valid("json", previewRequest), async (c) => {
      const request = c.req.valid("json");
      const found = request.text === undefined ? await files.read(request.path) : pathFault(request.path);
      if (found && isProblem(found)) return refuse(c, found);
      const preview = await kernels.preview(request, c.req.raw.signal);
      return isProblem(preview) ? refuse(c, preview) : c.json(preview);
    })
    .post("/values", valid("json", valuesRequest), async (c) => {
      const request = c.req.valid("json");
      const found = request.text === undefined ? await files.read(request.path) : pathFault(request.path);
      if (found && isProblem(found)) return refuse(c, found);
      const values = await kernels.values(request, c.req.raw.signal);
      return isProblem(values) ? refuse(c, values) : c.json(values);
    });
}
