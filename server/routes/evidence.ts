import { Hono } from "hono";
import { z } from "zod";
import { isProblem } from "../notebook/is-problem.ts";
import { refuse } from "./refuse.ts";
import type { Services } from "./services.ts";
import { setParameter } from "./set-parameter.ts";
import { valid } from "./valid.ts";

/** No page of a person's events travels with more of them. */
const MOST_EVENTS = 200;

const featureQuery = z.object({
  path: z.string(),
  cell: z.string().min(1),
  feature: z.string().min(1),
  set: setParameter,
  asOf: z.string().optional(),
});
const evidenceQuery = featureQuery.extend({
  person: z.string().min(1),
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(MOST_EVENTS).default(50),
});

/** What stands behind a feature: one person's events, and how many people have none. */
export function evidenceRoutes({ kernels, files }: Services) {
  return new Hono()
    .get("/evidence", valid("query", evidenceQuery), async (c) => {
      const { path, asOf, ...query } = c.req.valid("query");
      const found = await files.read(path);
      if (isProblem(found)) return refuse(c, found);
      const evidence = await kernels.evidence(path, { ...query, asOf: asOf ?? null }, c.req.raw.signal);
      return isProblem(evidence) ? refuse(c, evidence) : c.json(evidence);
    })
    .get("/without", valid("query", featureQuery), async (c) => {
      const { path, asOf, ...query } = c.req.valid("query");
      const found = await files.read(path);
      if (isProblem(found)) return refuse(c, found);
      const without = await kernels.without(path, { ...query, asOf: asOf ?? null }, c.req.raw.signal);
      return isProblem(without) ? refuse(c, without) : c.json(without);
    });
}
