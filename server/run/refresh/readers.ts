import type { Cell } from "../../notebook/model.ts";
import { segmentColumn } from "../../notebook/segment-column.ts";
import { orderSteps } from "../order.ts";
import type { Plan } from "../plan.ts";
import type { StudiedCell, StudiedPart } from "../studied.ts";

/**
 * Cells that read what a refresh is about to record, directly or through others: they wait for it. Not among them are
 * the cells that it records and what these read, or it would record what they no longer come to.
 */
export async function readersOfRecord(plan: Plan): Promise<ReadonlySet<Cell>> {
  const order = (await orderSteps(plan, null)).map(({ studied }) => studied);
  const recorded = await withUpstream(plan, order);
  const readers = new Set<Cell>();
  for (const studied of order) {
    if (!recorded.has(studied.cell) && (await isReader(studied, plan, readers))) readers.add(studied.cell);
  }
  return readers;
}

/** Whether a part tells of what refreshes recorded, though its cell does not read it. */
export function isOfRecord({ study }: StudiedCell, { part }: StudiedPart): boolean {
  return study?.follows?.recorded.includes(part) === true;
}

/** Each after those that it reads. */
async function isReader(studied: StudiedCell, { studies }: Plan, readers: ReadonlySet<Cell>): Promise<boolean> {
  if (studied.history === "whole") return true;
  for (const name of studied.relations) {
    const holder = await studies.holder(name);
    if (holder === null) continue;
    if (readers.has(holder.studied.cell)) return true;
    if (holder.part !== null && isOfRecord(holder.studied, holder.part)) return true;
  }
  return false;
}

/** The cells with segments, and all that they need. */
async function withUpstream({ studies }: Plan, order: readonly StudiedCell[]): Promise<ReadonlySet<Cell>> {
  const needed = new Set<Cell>();
  for (const studied of order.toReversed()) {
    if (segmentColumn(studied.cell.kind) !== null) needed.add(studied.cell);
    if (!needed.has(studied.cell)) continue;
    for (const name of studied.relations) {
      const holder = await studies.holder(name);
      if (holder !== null) needed.add(holder.studied.cell);
    }
  }
  return needed;
}
