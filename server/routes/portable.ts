import { createReadStream } from "node:fs";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { Hono } from "hono";
import { z } from "zod";
import { isProblem } from "../notebook/is-problem.ts";
import { READ, WRITTEN } from "../portable/formats.ts";
import { pathFault } from "../store/notebook-path.ts";
import { jsonParameter } from "./json-parameter.ts";
import { refuse } from "./refuse.ts";
import type { Services } from "./services.ts";
import { setParameter } from "./set-parameter.ts";
import { valid } from "./valid.ts";

const inputs = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));
const names = z.record(z.string(), z.string());
const rest = { path: z.string(), text: z.string().optional(), set: inputs.optional(), cell: z.string() };
const writeRequest = z.object({
  ...rest,
  segment: z.string(),
  format: z.enum([...WRITTEN, "sql"]),
  map: names.optional(),
});
const readRequest = z.object({ ...rest, format: z.enum(READ), source: z.string(), map: names.optional() });
const membersQuery = z.object({
  path: z.string(),
  cell: z.string(),
  segment: z.string(),
  format: z.enum(["csv", "parquet"]).default("csv"),
  /** Besides the key. */
  columns: jsonParameter(z.array(z.string()), "the columns as a JSON list were").default([]),
  set: setParameter,
  asOf: z.string().optional(),
});

/** Segments for other tools, definitions of theirs as rules, and who is in a segment. */
export function portableRoutes({ kernels, files }: Services) {
  const fault = async ({ path, text }: { path: string; text?: string | undefined }) => {
    const found = text === undefined ? await files.read(path) : pathFault(path);
    return found !== null && isProblem(found) ? found : null;
  };
  return new Hono()
    .post("/segment/write", valid("json", writeRequest), async (c) => {
      const request = c.req.valid("json");
      const missing = await fault(request);
      if (missing !== null) return refuse(c, missing);
      const written = await kernels.writeSegment(request, c.req.raw.signal);
      return isProblem(written) ? refuse(c, written) : c.json(written);
    })
    .post("/segment/read", valid("json", readRequest), async (c) => {
      const request = c.req.valid("json");
      const missing = await fault(request);
      if (missing !== null) return refuse(c, missing);
      const read = await kernels.readSegment(request, c.req.raw.signal);
      return isProblem(read) ? refuse(c, read) : c.json(read);
    })
    .get("/segment/members", valid("query", membersQuery), async (c) => {
      const { path, cell, segment, format, columns, set, asOf } = c.req.valid("query");
      const missing = await fault({ path });
      if (missing !== null) return refuse(c, missing);
      const folder = await mkdtemp(join(tmpdir(), "segbook-members-"));
      const remove = () => rm(folder, { recursive: true, force: true }).catch(() => undefined);
      try {
        const out = join(folder, `members.${format}`);
        const ask = { set, asOf: asOf ?? null, cell, segment, columns, format, out };
        const written = await kernels.members(path, ask, c.req.raw.signal);
        if (isProblem(written)) {
          await remove();
          return refuse(c, written);
        }
        const { size } = await stat(out);
        const body = createReadStream(out).on("close", remove);
        c.header("Content-Type", format === "csv" ? "text/csv; charset=utf-8" : "application/vnd.apache.parquet");
        c.header("Content-Length", String(size));
        const name = encodeURIComponent(`${segment}.${format}`).replaceAll("'", "%27");
        c.header("Content-Disposition", `attachment; filename*=UTF-8''${name}`);
        c.header("X-Held-Out", String(written.heldOut));
        return c.body(Readable.toWeb(body) as ReadableStream);
      } catch (error) {
        await remove();
        throw error;
      }
    });
}
