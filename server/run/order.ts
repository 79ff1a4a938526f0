import type { Plan } from "./plan.ts";
import type { StudiedCell, StudiedPart } from "./studied.ts";

/** One cell of a run with those of its parts that are needed, the main one first. */
export interface Step {
  readonly studied: StudiedCell;
  readonly parts: readonly StudiedPart[];
}

/**
 * What has to run, upstream first, so that the named cells or relations are there; null is every cell with its main
 * part. Names that are no cell's are left out.
 */
export async function orderSteps(plan: Plan, wanted: readonly string[] | null): Promise<Step[]> {
  const { studies } = plan;
  const needed = new Map<StudiedCell, Set<string>>();
  const need = async (studied: StudiedCell, part: string): Promise<void> => {
    const known = needed.get(studied);
    needed.set(studied, (known ?? new Set([""])).add(part));
    if (known !== undefined) return;
    for (const name of studied.relations) {
      const holder = await studies.holder(name);
      if (holder !== null) await need(holder.studied, holder.part?.part ?? "");
    }
  };
  const goals: StudiedCell[] = [];
  for (const name of wanted ?? []) {
    const holder = await studies.holder(name);
    const cell = studies.names.cell(name);
    const studied = holder?.studied ?? (cell === null ? null : await studies.of(cell));
    if (studied === null) continue;
    await need(studied, holder?.part?.part ?? "");
    goals.push(studied);
  }
  if (wanted === null) for (const studied of plan.cells) await need(studied, "");
  const steps = new Map<StudiedCell, Step>();
  const visited = new Set<StudiedCell>();
  const visit = async (studied: StudiedCell): Promise<void> => {
    if (visited.has(studied)) return;
    visited.add(studied);
    for (const name of studied.relations) {
      const holder = await studies.holder(name);
      if (holder !== null) await visit(holder.studied);
    }
    const wantedParts = needed.get(studied) ?? new Set();
    steps.set(studied, { studied, parts: studied.parts.filter((part) => wantedParts.has(part.part)) });
  };
  for (const studied of wanted === null ? plan.cells : goals) await visit(studied);
  return [...steps.values()];
}
