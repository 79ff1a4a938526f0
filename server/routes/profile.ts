import { Hono } from "hono";
import { z } from "zod";
import { isProblem } from "../notebook/is-problem.ts";
import { jsonParameter } from "./json-parameter.ts";
import { refuse } from "./refuse.ts";
import type { Services } from "./services.ts";
import { setParameter } from "./set-parameter.ts";
import { valid } from "./valid.ts";

/** So many segments can be looked at side by side. */
const MOST_SEGMENTS = 6;

const segments = z
  .array(z.strictObject({ cell: z.string().min(1), name: z.string().min(1) }))
  .min(1)
  .max(MOST_SEGMENTS);

const EXPECTED = `one to ${MOST_SEGMENTS} segments as JSON, each {"cell": …, "name": …}, were`;

const profileQuery = z.object({
  path: z.string(),
  segments: jsonParameter(segments, EXPECTED),
  set: setParameter,
  asOf: z.string().optional(),
});

const historyQuery = z.object({
  path: z.string(),
  segments: jsonParameter(segments, EXPECTED).optional(),
  set: setParameter,
  asOf: z.string().optional(),
});

/** What the people of segments are like and do beside everybody, and beside each other; and what refreshes recorded of segments. */
export function profileRoutes({ kernels, files }: Services) {
  return new Hono()
    .get("/history", valid("query", historyQuery), async (c) => {
      const { path, segments, set, asOf } = c.req.valid("query");
      const found = await files.read(path);
      if (isProblem(found)) return refuse(c, found);
      const history = await kernels.history(
        path,
        { segments: segments ?? [], set, asOf: asOf ?? null },
        c.req.raw.signal,
      );
      return isProblem(history) ? refuse(c, history) : c.json(history);
    })
    .get("/profile", valid("query", profileQuery), async (c) => {
      const { path, segments, set, asOf } = c.req.valid("query");
      const found = await files.read(path);
      if (isProblem(found)) return refuse(c, found);
      const profile = await kernels.profile(path, { segments, set, asOf: asOf ?? null }, c.req.raw.signal);
      return isProblem(profile) ? refuse(c, profile) : c.json(profile);
    })
    .get("/rates", valid("query", profileQuery), async (c) => {
      const { path, segments, set, asOf } = c.req.valid("query");
      const found = await files.read(path);
      if (isProblem(found)) return refuse(c, found);
      const rates = await kernels.rates(path, { segments, set, asOf: asOf ?? null }, c.req.raw.signal);
      return isProblem(rates) ? refuse(c, rates) : c.json(rates);
    });
}
