import { type Alert, alertsOf } from "../../server/figures/alerts.ts";
import type { CellView } from "../../server/run/view.ts";
import { allRows } from "./relation.ts";
import type { Results } from "./results.ts";

const MOST = 1_000;

/** The drifts that a monitor's result tells of, as many as are shown. */
export async function alertsFound(of: { results: Results; cell: CellView; signal: AbortSignal }): Promise<Alert[]> {
  const { results, cell, signal } = of;
  const at = { relation: cell.id, key: cell.key };
  return alertsOf(await allRows({ results, at }, { most: MOST, signal }));
}
