import type { Problem } from "../notebook/model.ts";
import { own } from "../notebook/own.ts";
import { segmentColumn } from "../notebook/segment-column.ts";
import type { SegmentCell } from "../segments/profile/members.ts";
import { profile } from "../segments/profile/profile.ts";
import type { ProfileView, SegmentRef } from "../segments/profile/view.ts";
import type { Ask } from "./asks.ts";
import type { ResultCache } from "./cache.ts";
import { locate } from "./locate.ts";
import type { Plan } from "./plan.ts";

export interface ProfileAsk extends Ask {
  /** At least one; the relation of the first one's cell is that of everybody. */
  readonly segments: readonly SegmentRef[];
}

/** What the people of segments are like beside everybody, of the results as they stand; or what has none. */
export async function profileOf(
  plan: Plan,
  asked: readonly SegmentRef[],
  from: { cache: ResultCache; signal: AbortSignal },
): Promise<ProfileView | Problem> {
  const { entity } = plan.notebook.head;
  const cells: SegmentCell[] = [];
  for (const { cell } of plan.cells) {
    const column = segmentColumn(cell.kind);
    if (column === null) continue;
    const found = await locate(plan, cell.id, from.cache);
    if (!("code" in found)) cells.push({ cell: cell.id, file: found.file, column, entity });
    else if (asked.some((segment) => segment.cell === cell.id)) return found;
  }
  const [first] = asked;
  const missing = asked.find((segment) => cells.every(({ cell }) => cell !== segment.cell));
  if (first === undefined || missing !== undefined) return noSegments(missing?.cell ?? "", cells);
  const of = populationIn(plan, first.cell);
  const found = await locate(plan, of, from.cache);
  if ("code" in found) return found;
  const population = { name: of, file: found.file, columns: found.stored.columns, entity };
  return profile(found.engine, { of: population, asked, cells }, from.signal);
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
