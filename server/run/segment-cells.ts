import type { Problem } from "../notebook/model.ts";
import { own } from "../notebook/own.ts";
import { segmentColumn } from "../notebook/segment-column.ts";
import type { SegmentCell } from "../segments/profile/members.ts";
import type { SegmentRef } from "../segments/profile/view.ts";
import type { ResultCache } from "./cache.ts";
import { type Located, locate } from "./locate.ts";
import type { Plan } from "./plan.ts";

export interface SegmentCells {
  /** Those that have a result. */
  readonly cells: readonly SegmentCell[];
  /** The relation that the first asked segment's cell is about: everybody. */
  readonly population: Located & { readonly name: string };
}

/** Where it is read who is in the asked segments and who everybody is; or which of them has no result. */
export async function segmentCells(
  plan: Plan,
  asked: readonly SegmentRef[],
  cache: ResultCache,
): Promise<SegmentCells | Problem> {
  const { entity } = plan.notebook.head;
  const cells: SegmentCell[] = [];
  for (const { cell } of plan.cells) {
    const column = segmentColumn(cell.kind);
    if (column === null) continue;
    const found = await locate(plan, cell.id, cache);
    if (!("code" in found)) cells.push({ cell: cell.id, file: found.file, column, entity });
    else if (asked.some((segment) => segment.cell === cell.id)) return found;
  }
  const [first] = asked;
  const missing = asked.find((segment) => cells.every(({ cell }) => cell !== segment.cell));
  if (first === undefined || missing !== undefined) return noSegments(missing?.cell ?? "", cells);
  const name = populationIn(plan, first.cell);
  const found = await locate(plan, name, cache);
  return "code" in found ? found : { cells, population: { ...found, name } };
}

/** The relation that a cell's segments are of. */
function populationIn(plan: Plan, id: string): string {
  const body = plan.cells.find(({ cell }) => cell.id === id)?.reading?.body;
  const of = typeof body === "object" && body !== null ? own(body as Record<string, unknown>, "of") : undefined;
  return typeof of === "string" ? of : id;
}

function noSegments(id: string, cells: readonly SegmentCell[]): Problem {
  const known = cells.map(({ cell }) => `\`${cell}\``).join(", ");
  const message = `\`${id}\` is no cell with segments.`;
  const hint = known === "" ? "Add a segments, score or cluster cell." : `Cells with segments: ${known}.`;
  return { code: "unknown-segment", severity: "error", cell: null, line: null, column: null, message, hint };
}
