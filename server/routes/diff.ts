import { realpath } from "node:fs/promises";
import { join } from "node:path";
import { Hono } from "hono";
import { stream } from "hono/streaming";
import { z } from "zod";
import { diffNotebooks } from "../notebook/diff/notebooks.ts";
import { isProblem } from "../notebook/is-problem.ts";
import type { Problem } from "../notebook/model.ts";
import { parseNotebook } from "../notebook/parse.ts";
import type { DiffLine, DiffView } from "../run/compare/view.ts";
import { listRevisions, readRevision } from "../store/revisions.ts";
import { callProblem, refuse } from "./refuse.ts";
import type { Services } from "./services.ts";
import { valid } from "./valid.ts";

const inputs = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));
const against = z.union([
  z.strictObject({ path: z.string() }),
  z.strictObject({ revision: z.string() }),
  z.strictObject({ text: z.string() }),
]);
const diffRequest = z.object({
  path: z.string(),
  /** Unsaved text to compare instead of the file's. */
  text: z.string().optional(),
  against,
  data: z.boolean().default(false),
  set: inputs.optional(),
  asOf: z.string().optional(),
});

/** What makes a notebook of another one, or of an earlier version; with `data` also what that does to the results. */
export function diffRoutes({ kernels, files, workspace }: Services) {
  /** The file's place free of links, once it is known to be a notebook of the workspace. */
  const placeOf = (path: string) => realpath(join(workspace.root, path));

  async function before(request: z.infer<typeof diffRequest>, signal: AbortSignal): Promise<string | Problem> {
    const { against: other, path } = request;
    if ("text" in other) return other.text;
    const found = await files.read("path" in other ? other.path : path);
    if (isProblem(found) || "path" in other) return isProblem(found) ? found : found.text;
    const committed = await readRevision(await placeOf(path), other.revision, signal);
    return isProblem(committed) ? committed : committed.text;
  }

  return new Hono()
    .get("/revisions", valid("query", z.object({ path: z.string() })), async (c) => {
      const { path } = c.req.valid("query");
      const found = await files.read(path);
      if (isProblem(found)) return refuse(c, found);
      const revisions = await listRevisions(await placeOf(path), c.req.raw.signal);
      return isProblem(revisions) ? refuse(c, revisions) : c.json({ revisions });
    })
    .post("/diff", valid("json", diffRequest), async (c) => {
      const request = c.req.valid("json");
      const { path, set = {}, asOf = null } = request;
      const { signal } = c.req.raw;
      const found = await files.read(path);
      if (isProblem(found)) return refuse(c, found);
      const after = request.text ?? found.text;
      const text = await before(request, signal);
      if (typeof text !== "string") return refuse(c, text);
      const diff = diffNotebooks(parseNotebook(text), parseNotebook(after));
      if (!request.data) return c.json({ diff, data: null } satisfies DiffView);
      c.header("Content-Type", "application/x-ndjson");
      return stream(c, async (out) => {
        const controller = new AbortController();
        out.onAbort(() => controller.abort());
        signal.addEventListener("abort", () => controller.abort(), { once: true });
        let cells = 0;
        const tell = (line: DiffLine) => void out.write(`${JSON.stringify(line)}\n`);
        try {
          const ask = { path, before: text, after, set, asOf };
          const data = await kernels.compare(ask, {
            signal: controller.signal,
            onStarted: (count) => {
              cells = count;
              tell({ type: "progress", cells, finished: 0, cell: null });
            },
            onCell: ({ id }, _, finished) => tell({ type: "progress", cells, finished, cell: id }),
          });
          tell({ type: "done", diff, data });
        } catch (error) {
          if (controller.signal.aborted) return;
          const message = `The comparison could not be made: ${error instanceof Error ? error.message : String(error)}.`;
          tell({ type: "failed", problem: callProblem("compare-failed", message, "Try again.") });
        }
      });
    });
}
