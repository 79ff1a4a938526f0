import type { SeriesStanding } from "../../monitor/life/model.ts";
import type { ListedSeries } from "../../run/alerts/view.ts";
import type { Connection } from "./open.ts";

/** The series of all monitors as they stood when these were recorded last, in order. */
export function readStandings(state: Connection): ListedSeries[] {
  const sql = `
    SELECT notebook, cell, segment, metric, e_value AS eValue FROM standings
    ORDER BY notebook, cell, segment, metric`;
  const rows = state.prepare(sql).all() as ListedSeries[];
  return rows.map(({ notebook, cell, segment, metric, eValue }) => ({ notebook, cell, segment, metric, eValue }));
}

/** Puts these in the place of those that were recorded before. */
export function writeStandings(
  state: Connection,
  { notebook, cell }: { notebook: string; cell: string },
  standings: readonly SeriesStanding[],
): void {
  state.prepare("DELETE FROM standings WHERE notebook = ? AND cell = ?").run(notebook, cell);
  const add = state.prepare("INSERT INTO standings (notebook, cell, segment, metric, e_value) VALUES (?, ?, ?, ?, ?)");
  for (const { segment, metric, eValue } of standings) add.run(notebook, cell, segment, metric, eValue);
}
