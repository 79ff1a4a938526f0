import { Hono } from "hono";
import { z } from "zod";
import { isProblem } from "../notebook/is-problem.ts";
import { parseNotebook } from "../notebook/parse.ts";
import { renderScalar } from "../notebook/yaml/render.ts";
import { pathForName } from "../store/notebook-path.ts";
import { nameOf, notebookView } from "./notebook-view.ts";
import { callProblem, refuse } from "./refuse.ts";
import type { Services } from "./services.ts";
import { valid } from "./valid.ts";

const byPath = z.object({ path: z.string() });

/** Notebooks' files: read, save over what was read, create. */
export function notebookRoutes({ files }: Services) {
  return new Hono()
    .get("/notebook", valid("query", byPath), async (c) => {
      const stored = await files.read(c.req.valid("query").path);
      if (isProblem(stored)) return refuse(c, stored);
      c.header("ETag", stored.etag);
      return c.json(notebookView(stored));
    })
    .put("/notebook", valid("query", byPath), valid("json", z.object({ text: z.string() })), async (c) => {
      const { path } = c.req.valid("query");
      const edited = c.req.header("If-Match")?.trim();
      if (!edited || edited === "*") return refuse(c, unnamed(), 428);
      const current = await files.read(path);
      if (!isProblem(current) && parseNotebook(current.text).readOnly) return refuse(c, readOnly());
      const saved = await files.save(path, c.req.valid("json").text, edited);
      if (isProblem(saved)) return refuse(c, saved);
      if ("current" in saved) {
        const view = saved.current && notebookView(saved.current);
        return c.json({ problem: stale(path, view === null), current: view }, 412);
      }
      c.header("ETag", saved.etag);
      return c.json(notebookView(saved));
    })
    .post(
      "/notebooks",
      valid("json", z.object({ name: z.string().trim().min(1), text: z.string().optional() })),
      async (c) => {
        const { name, text } = c.req.valid("json");
        const path = pathForName(name);
        const made = await files.create(path, text ?? emptyNotebook(nameOf(path)));
        if (isProblem(made)) return refuse(c, made);
        c.header("ETag", made.etag);
        return c.json(notebookView(made), 201);
      },
    );
}

function emptyNotebook(title: string): string {
  return `---\nsegbook: 1\ntitle: ${renderScalar(title)}\n---\n`;
}

function unnamed() {
  const hint = "Send the notebook's ETag as If-Match, as it came with the text that was edited.";
  return callProblem("edit-unnamed", "A save must name the content that was edited.", hint);
}

function readOnly() {
  const message = "This notebook is of a newer format and opens for reading only.";
  return callProblem("read-only", message, "Use a newer Segbook to change it.");
}

function stale(path: string, gone: boolean) {
  return gone
    ? callProblem("notebook-gone", `\`${path}\` was removed since it was opened.`, "Save the text under another name.")
    : callProblem("notebook-changed", `\`${path}\` was changed since it was opened.`, "Compare both, then save again.");
}
