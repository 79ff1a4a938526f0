import { z } from "zod";
import type { JudgedSeries } from "../../monitor/life/revisions.ts";
import type { Connection } from "./open.ts";
import { readJson } from "./shapes.ts";

const cohorts = z.array(z.tuple([z.string(), z.number(), z.number()]));

/** The series of a monitor as they were recorded last; none where it was defined otherwise then. */
export function readJudged(
  state: Connection,
  of: { notebook: string; cell: string; definition: string },
): JudgedSeries[] {
  const rows = state
    .prepare(
      "SELECT segment, metric, cohorts FROM judged WHERE notebook = ? AND cell = ? AND definition = ? ORDER BY segment, metric",
    )
    .all(of.notebook, of.cell, of.definition) as { segment: string; metric: string; cohorts: string }[];
  return rows.map((row) => ({ ...row, cohorts: readJson(cohorts, row.cohorts) }));
}

/** Puts these in the place of those that were recorded before. */
export function writeJudged(
  state: Connection,
  of: { notebook: string; cell: string; definition: string },
  judged: readonly JudgedSeries[],
): void {
  state.prepare("DELETE FROM judged WHERE notebook = ? AND cell = ?").run(of.notebook, of.cell);
  const add = state.prepare(
    "INSERT INTO judged (notebook, cell, segment, metric, definition, cohorts) VALUES (?, ?, ?, ?, ?, ?)",
  );
  for (const { segment, metric, cohorts } of judged)
    add.run(of.notebook, of.cell, segment, metric, of.definition, JSON.stringify(cohorts));
}
