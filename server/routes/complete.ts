import { Hono } from "hono";
import { z } from "zod";
import { isProblem } from "../notebook/is-problem.ts";
import { refuse } from "./refuse.ts";
import type { Services } from "./services.ts";
import { valid } from "./valid.ts";

/** More of a SELECT than anybody writes by hand. */
const LONGEST = 200_000;

const request = z.object({ path: z.string(), before: z.string().max(LONGEST) });

/** Words of the engine's that may follow a text that somebody writes. */
export function completeRoutes({ kernels, files }: Services) {
  return new Hono().post("/complete", valid("json", request), async (c) => {
    const { path, before } = c.req.valid("json");
    const found = await files.read(path);
    if (isProblem(found)) return refuse(c, found);
    return c.json({ words: await kernels.complete(path, before, c.req.raw.signal) });
  });
}
