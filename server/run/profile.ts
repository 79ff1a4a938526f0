import type { Problem } from "../notebook/model.ts";
import { profile } from "../segments/profile/profile.ts";
import type { ProfileView, SegmentRef } from "../segments/profile/view.ts";
import type { Ask } from "./asks.ts";
import type { ResultCache } from "./cache.ts";
import type { Plan } from "./plan.ts";
import { segmentCells } from "./segment-cells.ts";

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
  const found = await segmentCells(plan, asked, from.cache);
  if ("code" in found) return found;
  const { name, file, stored, engine } = found.population;
  const of = { name, file, columns: stored.columns, entity: plan.notebook.head.entity };
  return profile(engine, { of, asked, cells: found.cells }, from.signal);
}
