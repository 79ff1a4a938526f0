import { field } from "../../server/figures/segmentation.ts";
import type { Notebook } from "../../server/notebook/model.ts";
import { addition, type Change } from "./structure.ts";

interface Written {
  readonly id: string;
  readonly kind: string;
  readonly body: unknown;
}

/** The monitor that watches a clustering drift; null where there is none yet. */
export function driftMonitor(cells: readonly Written[], cluster: string): string | null {
  return cells.find(({ kind, body }) => kind === "monitor" && field(body, "counts") === `${cluster}_drift`)?.id ?? null;
}

/** Writes such a monitor: the share who changed cluster at each refresh, and the sizes. */
export function driftWatch(notebook: Notebook, cluster: string): Change {
  const body = `counts: ${cluster}_drift\nmetrics: [change_rate, size]\nmature_after: 0 hours\nbaseline: 14\n`;
  return addition(notebook, { kind: "monitor", id: `${cluster}_watch`, body, after: cluster });
}
