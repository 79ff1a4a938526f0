import { Hono } from "hono";
import { z } from "zod";
import { isProblem } from "../notebook/is-problem.ts";
import { jsonParameter } from "./json-parameter.ts";
import { refuse } from "./refuse.ts";
import type { Services } from "./services.ts";
import { setParameter } from "./set-parameter.ts";
import { valid } from "./valid.ts";

/** No page of a result travels with more rows. */
const MOST_ROWS = 10_000;

const summaryQuery = z.object({
  path: z.string(),
  relation: z.string().min(1),
  set: setParameter,
  asOf: z.string().optional(),
  /** The result that is meant; absent for that of the notebook as it stands. */
  key: z
    .string()
    .regex(/^[0-9a-f]{32}$/)
    .optional(),
});
const pageQuery = summaryQuery.extend({
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(0).max(MOST_ROWS).default(100),
  sort: z.string().optional(),
  descending: z.enum(["true", "false"]).default("false"),
  /** Only rows with these values in these columns, as `{"segment":"VIP"}`. */
  where: jsonParameter(z.record(z.string(), z.string()), "the columns' values as a JSON object were").default({}),
});

/** Relations that have been computed, in pages and in summary. */
export function resultRoutes({ kernels, files }: Services) {
  return new Hono()
    .get("/result", valid("query", pageQuery), async (c) => {
      const { path, relation, set, asOf, key, sort, descending, offset, limit, where } = c.req.valid("query");
      const found = await files.read(path);
      if (isProblem(found)) return refuse(c, found);
      const which = { set, asOf: asOf ?? null, key: key ?? null };
      const query = { ...which, offset, limit, sort: sort ?? null, descending: descending === "true", where };
      const page = await kernels.page(path, relation, query, c.req.raw.signal);
      return isProblem(page) ? refuse(c, page) : c.json(page);
    })
    .get("/summary", valid("query", summaryQuery), async (c) => {
      const { path, relation, set, asOf, key } = c.req.valid("query");
      const found = await files.read(path);
      if (isProblem(found)) return refuse(c, found);
      const summary = await kernels.summary(
        path,
        relation,
        { set, asOf: asOf ?? null, key: key ?? null },
        c.req.raw.signal,
      );
      return isProblem(summary) ? refuse(c, summary) : c.json(summary);
    });
}
