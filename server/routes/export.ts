import { Hono } from "hono";
import { z } from "zod";
import { isProblem } from "../notebook/is-problem.ts";
import { nameOf } from "./notebook-view.ts";
import { refuse } from "./refuse.ts";
import type { Services } from "./services.ts";
import { setParameter } from "./set-parameter.ts";
import { valid } from "./valid.ts";

const query = z.object({ path: z.string(), set: setParameter, asOf: z.string().optional() });

/** A notebook's results as one page to keep. */
export function exportRoutes({ kernels, files }: Services) {
  return new Hono().get("/export", valid("query", query), async (c) => {
    const { path, set, asOf } = c.req.valid("query");
    const found = await files.read(path);
    if (isProblem(found)) return refuse(c, found);
    const page = await kernels.export(path, { set, asOf: asOf ?? null }, c.req.raw.signal);
    if (isProblem(page)) return refuse(c, page);
    const name = encodeURIComponent(`${nameOf(path)}.html`).replaceAll("'", "%27");
    c.header("Content-Disposition", `attachment; filename*=UTF-8''${name}`);
    return c.html(page);
  });
}
