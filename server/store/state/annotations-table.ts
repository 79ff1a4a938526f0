import type { Annotation, Rebaseline } from "../../monitor/life/model.ts";
import { rebaselinesOf } from "../../monitor/life/rebaselines.ts";
import { readDecided } from "./alerts-table.ts";
import type { Connection } from "./open.ts";
import { annotationShape, readJson } from "./shapes.ts";

/** In the order in which they were made. */
export function readAnnotations(state: Connection): Annotation[] {
  const rows = state.prepare("SELECT content FROM annotations ORDER BY number").all() as { content: string }[];
  return rows.map(({ content }) => readJson(annotationShape, content));
}

/** Null where there is no such annotation. */
export function readAnnotation(state: Connection, id: string): Annotation | null {
  const row = state.prepare("SELECT content FROM annotations WHERE id = ?").get(id) as { content: string } | undefined;
  return row === undefined ? null : readJson(annotationShape, row.content);
}

/** Puts an annotation in its place; null removes it. */
export function writeAnnotation(state: Connection, id: string, annotation: Annotation | null): void {
  if (annotation === null) {
    state.prepare("DELETE FROM annotations WHERE id = ?").run(id);
    return;
  }
  state
    .prepare(
      "INSERT INTO annotations (id, content) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET content = excluded.content",
    )
    .run(id, JSON.stringify(annotation));
}

/** Where evidence starts anew in a notebook's monitors. */
export function readRebaselines(state: Connection, notebook: string): Rebaseline[] {
  return rebaselinesOf(notebook, { annotations: readAnnotations(state), alerts: readDecided(state, notebook) });
}
