import type { Heat } from "./heatmap-rows.ts";
import type { ParallelLine } from "./parallel-drawing.ts";

/** Each cluster of a heatmap as a line over its columns, in standard deviations from everybody. */
export function profileLines({ rows, columns }: Heat): { lines: ParallelLine[]; columns: string[] } {
  return {
    lines: rows.map(({ name, cluster, cells }) => ({ name, group: cluster ?? 0, values: cells.map(({ z }) => z) })),
    columns: columns.map((column) => column.label ?? column.name),
  };
}
