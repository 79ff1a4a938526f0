import type { Engine } from "../../engine/engine.ts";
import { type Placed, staysSql } from "../membership/stays.ts";
import type { SegmentRef } from "../profile/view.ts";
import type { MigrationStep } from "./view.ts";

/**
 * Moves between segments of a notebook, refresh by refresh: who left one and came into another at the same refresh, and who
 * came from or went to none of them. Who moves between several counts for each pair. Nobody moves at a cell's first refresh,
 * nor by `control`. A segment that was never recorded has no moves.
 */
export async function migrationOf(
  engine: Engine,
  placed: Placed,
  segments: readonly SegmentRef[],
  signal: AbortSignal,
): Promise<MigrationStep[]> {
  const places = segments.map(({ cell, name }) =>
    placed.manifest.slots.findIndex((slot) => slot.cell === cell && slot.segment === name),
  );
  const known = places.filter((slot) => slot >= 0);
  if (known.length === 0) return [];
  const rows = await engine.rows({
    sql: `
      WITH stays AS MATERIALIZED (SELECT * FROM (${staysSql(placed)}) WHERE slot IN (${known.join(", ")})),
      came AS (SELECT entity, slot, entered AS number FROM stays WHERE entered_because NOT IN ('first refresh', 'control')),
      went AS (SELECT entity, slot, "left" AS number FROM stays WHERE "left" IS NOT NULL AND left_because <> 'control')
      SELECT number, w.slot AS from_slot, c.slot AS to_slot, count(*) AS moves
      FROM went AS w FULL JOIN came AS c USING (entity, number)
      GROUP BY ALL ORDER BY ALL`,
    signal,
  });
  const place = (slot: unknown) => (slot === null || slot === undefined ? null : places.indexOf(Number(slot)));
  return rows.map(({ number, from_slot, to_slot, moves }) => ({
    ...{ refresh: Number(number) - 1, from: place(from_slot), to: place(to_slot) },
    moves: Number(moves),
  }));
}
