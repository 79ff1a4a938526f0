import { Hono } from "hono";
import { z } from "zod";
import { isProblem } from "../notebook/is-problem.ts";
import { MOST_DAYS } from "../run/forecast/most-days.ts";
import { refuse } from "./refuse.ts";
import type { Services } from "./services.ts";
import { setParameter } from "./set-parameter.ts";
import { valid } from "./valid.ts";

/** No more events, or people, travel at once. */
const MOST = 1_000;

const notebook = z.object({ path: z.string(), set: setParameter, asOf: z.string().optional() });
const stretch = {
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
  limit: z.coerce.number().int().min(0).max(MOST).default(100),
};
const personQuery = notebook.extend({ ...stretch, entity: z.string().min(1), kind: z.string().optional() });
const peopleQuery = notebook.extend({ prefix: z.string(), limit: z.coerce.number().int().min(1).max(100).default(20) });
const forecastQuery = notebook.extend({
  ...stretch,
  days: z.coerce.number().int().min(1).max(MOST_DAYS).default(7),
  cell: z.string().optional(),
  segment: z.string().optional(),
  which: z.enum(["leaving", "entering"]).default("leaving"),
});

/** One person of a notebook, people by the beginning of their keys, and who will go and come by time alone. */
export function personRoutes({ kernels, files }: Services) {
  return new Hono()
    .get("/person", valid("query", personQuery), async (c) => {
      const { path, entity: person, set, asOf = null, kind = null, offset, limit } = c.req.valid("query");
      const found = await files.read(path);
      if (isProblem(found)) return refuse(c, found);
      const query = { person, set, asOf, kind, offset, limit };
      const view = await kernels.person(path, query, c.req.raw.signal);
      return isProblem(view) ? refuse(c, view) : c.json(view);
    })
    .get("/person/events", valid("query", personQuery), async (c) => {
      const { path, entity: person, set, asOf = null, kind = null, offset, limit } = c.req.valid("query");
      const found = await files.read(path);
      if (isProblem(found)) return refuse(c, found);
      const query = { person, set, asOf, kind, offset, limit };
      return c.json(await kernels.personEvents(path, query, c.req.raw.signal));
    })
    .get("/people", valid("query", peopleQuery), async (c) => {
      const { path, prefix, limit, set, asOf = null } = c.req.valid("query");
      const found = await files.read(path);
      if (isProblem(found)) return refuse(c, found);
      return c.json(await kernels.people(path, { prefix, limit, set, asOf }, c.req.raw.signal));
    })
    .get("/forecast", valid("query", forecastQuery), async (c) => {
      const { path, set, asOf = null, days, cell, segment, which, offset, limit } = c.req.valid("query");
      const found = await files.read(path);
      if (isProblem(found)) return refuse(c, found);
      const isAsked = cell !== undefined && segment !== undefined;
      const people = isAsked ? { cell, segment, which, offset, limit } : null;
      return c.json(await kernels.forecast(path, { set, asOf, days, people }, c.req.raw.signal));
    });
}
