import { mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { Hono } from "hono";
import { z } from "zod";
import { isProblem } from "../notebook/is-problem.ts";
import { READ, WRITTEN } from "../portable/formats.ts";
import { pathFault } from "../store/notebook-path.ts";
import { refuse } from "./refuse.ts";
import type { Services } from "./services.ts";
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
const membersRequest = z.object({
  path: z.string(),
  set: inputs.optional(),
  asOf: z.string().optional(),
  cell: z.string(),
  segment: z.string(),
  format: z.enum(["csv", "parquet"]).default("csv"),
  /** Besides the key. */
  columns: z.array(z.string()).default([]),
});

/** Segments for other tools, definitions of theirs as rules, and who is in a segment. */
export function portableRoutes({ kernels, files }: Services) {
  const fault = async ({ path, text }: { path: string; text?: string | undefined }) => {
    const found = text === undefined ? await files.read(path) : pathFault(path);
    return found !== null && isProblem(found) ? found : null;
  };
  return (
    new Hono()
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
      // It runs what is missing, so that no mere link may ask for it.
      .post("/segment/members", valid("json", membersRequest), async (c) => {
        const { path, set = {}, asOf = null, ...rest } = c.req.valid("json");
        const { segment, format } = rest;
        const missing = await fault({ path });
        if (missing !== null) return refuse(c, missing);
        const folder = await mkdtemp(join(tmpdir(), "segbook-members-"));
        try {
          const out = join(folder, `members.${format}`);
          const written = await kernels.members(path, { ...rest, set, asOf, out }, c.req.raw.signal);
          if (isProblem(written)) return refuse(c, written);
          const file = await open(out);
          const { size } = await file.stat();
          const body = file.createReadStream();
          c.header("Content-Type", format === "csv" ? "text/csv; charset=utf-8" : "application/vnd.apache.parquet");
          c.header("Content-Length", String(size));
          const name = encodeURIComponent(`${segment}.${format}`).replaceAll("'", "%27");
          c.header("Content-Disposition", `attachment; filename*=UTF-8''${name}`);
          c.header("X-Held-Out", String(written.heldOut));
          return c.body(Readable.toWeb(body) as ReadableStream);
        } finally {
          // What is open can be read to its end; of people's keys nothing stays behind, whatever ends the answer.
          await rm(folder, { recursive: true, force: true }).catch(() => undefined);
        }
      })
  );
}
