import { name as quoted } from "../../language/quote.ts";
import { CAUSES, type Cause, type Manifest } from "../../segments/membership/model.ts";
import type { RefreshedSegment } from "../../segments/membership/view.ts";
import { definedSegments, type People } from "./people.ts";
import type { Tables } from "./tables.ts";

/** How many came to a segment and went from it by one cause. */
export interface Moves {
  readonly slot: number;
  readonly because: Cause;
  readonly entered: number;
  readonly left: number;
}

export async function movesIn(explained: string, { engine, signal }: Tables): Promise<Moves[]> {
  const rows = await engine.rows({
    sql: `SELECT slot, because, count(*) FILTER (came) AS entered, count(*) FILTER (NOT came) AS "left"
      FROM ${quoted(explained)} GROUP BY ALL ORDER BY ALL`,
    signal,
  });
  return rows.map((row) => {
    const because = CAUSES.find((cause) => cause === row.because) ?? "unknown";
    return { slot: Number(row.slot), because, entered: Number(row.entered), left: Number(row.left) };
  });
}

/** Sizes of every segment of the cells that are recorded by the segments' numbers, those without anybody among them. */
export async function sizesIn(
  now: string,
  { people, slots }: { people: readonly People[]; slots: Manifest["slots"] },
  { engine, signal }: Tables,
): Promise<Map<number, number>> {
  const rows = await engine.rows({ sql: `SELECT slot, count(*) AS size FROM ${quoted(now)} GROUP BY slot`, signal });
  const sizes = new Map(rows.map((row) => [Number(row.slot), Number(row.size)]));
  const defined = people.flatMap(({ studied }) =>
    definedSegments(studied).map((segment) => JSON.stringify([studied.cell.id, segment])),
  );
  for (const [slot, { cell, segment }] of slots.entries()) {
    if (!sizes.has(slot) && defined.includes(JSON.stringify([cell, segment]))) sizes.set(slot, 0);
  }
  return sizes;
}

/** How many entered and left a segment; whoever is held out from now on did neither. */
export function totalOf(moves: readonly Moves[], slot: number): { entered: number; left: number } {
  const own = moves.filter((one) => one.slot === slot && one.because !== "control");
  return {
    entered: own.reduce((sum, { entered }) => sum + entered, 0),
    left: own.reduce((sum, { left }) => sum + left, 0),
  };
}

export function segmentsTold(
  slots: Manifest["slots"],
  sizes: ReadonlyMap<number, number>,
  moves: readonly Moves[],
): RefreshedSegment[] {
  return slots.flatMap((named, slot) => {
    const own = moves.filter((one) => one.slot === slot);
    if (!sizes.has(slot) && own.length === 0) return [];
    const causes = own
      .map(({ because, entered, left }) => ({ because, entered, left }))
      .sort((a, b) => CAUSES.indexOf(a.because) - CAUSES.indexOf(b.because));
    return [{ ...named, size: sizes.get(slot) ?? 0, ...totalOf(moves, slot), causes }];
  });
}
