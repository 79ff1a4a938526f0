import { Hono } from "hono";
import { z } from "zod";
import { isProblem } from "../notebook/is-problem.ts";
import { refuse } from "./refuse.ts";
import type { Services } from "./services.ts";
import { setParameter } from "./set-parameter.ts";
import { valid } from "./valid.ts";

/** No more rows travel at once. */
const MOST = 1_000;

const cohortQuery = z.object({
  path: z.string(),
  cell: z.string().min(1),
  segment: z.string().min(1),
  metric: z.string().min(1),
  from: z.string().min(1),
  to: z.string().min(1),
  set: setParameter,
  asOf: z.string().optional(),
  offset: z.coerce.number().int().min(0).max(100_000_000).default(0),
  limit: z.coerce.number().int().min(0).max(MOST).default(50),
});

/** The sends that periods of a monitor's series are made of. */
export function cohortRoutes({ kernels, files }: Services) {
  return new Hono().get("/cohort", valid("query", cohortQuery), async (c) => {
    const { path, asOf, ...query } = c.req.valid("query");
    const found = await files.read(path);
    if (isProblem(found)) return refuse(c, found);
    const cohort = await kernels.cohort(path, { ...query, asOf: asOf ?? null }, c.req.raw.signal);
    return isProblem(cohort) ? refuse(c, cohort) : c.json(cohort);
  });
}
