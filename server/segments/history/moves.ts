import type { Engine } from "../../engine/engine.ts";
import { CAUSES } from "../membership/model.ts";
import { type Placed, staysSql } from "../membership/stays.ts";
import type { SegmentRef } from "../profile/view.ts";
import type { SegmentMovesView } from "./view.ts";

/**
 * Who came into a segment and went out of it after its first refresh: by which cause, and from or to which other segment
 * of its cell at the same refresh. Somebody in several of them counts for each. A stay that only changed by `control` is none.
 */
export async function movesOf(
  engine: Engine,
  placed: Placed,
  { cell, name }: SegmentRef,
  signal: AbortSignal,
): Promise<SegmentMovesView> {
  const { slots, refreshes } = placed.manifest;
  const own = slots.findIndex((slot) => slot.cell === cell && slot.segment === name);
  const first = refreshes.findIndex(({ sizes }) => sizes.some(([slot]) => slot === own)) + 1;
  const beside = slots.flatMap((slot, index) => (slot.cell === cell && index !== own ? [index] : []));
  const stays = `
    WITH stays AS MATERIALIZED (SELECT * FROM (${staysSql(placed)}) WHERE slot IN (${[own, ...beside].join(", ")})),
    came AS (SELECT entity, entered AS number, entered_because AS because FROM stays WHERE slot = ${own} AND entered > ${first} AND entered_because <> 'control'),
    went AS (SELECT entity, "left" AS number, left_because AS because FROM stays WHERE slot = ${own} AND "left" IS NOT NULL AND left_because <> 'control')`;
  const causes = await engine.rows({
    sql: `${stays} SELECT coalesce(c.because, w.because) AS because, coalesce(c.n, 0) AS entered, coalesce(w.n, 0) AS "left"
      FROM (SELECT because, count(*) AS n FROM came GROUP BY 1) AS c
      FULL JOIN (SELECT because, count(*) AS n FROM went GROUP BY 1) AS w USING (because)`,
    signal,
  });
  const others = async (moved: "came" | "went", end: '"left"' | "entered") => {
    const rows = await engine.rows({
      sql: `${stays}
        SELECT s.slot, count(*) AS people
        FROM ${moved} AS m LEFT JOIN stays AS s ON s.entity = m.entity AND s.${end} = m.number AND s.slot <> ${own}
        GROUP BY 1 ORDER BY people DESC, s.slot`,
      signal,
    });
    return rows.map(({ slot, people }) => ({
      name: slot === null || slot === undefined ? null : (slots[Number(slot)]?.segment ?? null),
      people: Number(people),
    }));
  };
  const counted = causes.map((row) => ({
    because: String(row.because),
    entered: Number(row.entered),
    left: Number(row.left),
  }));
  return {
    ...{ cell, name },
    causes: CAUSES.flatMap((because) => {
      const found = counted.find((one) => one.because === because);
      return found === undefined ? [] : [{ because, entered: found.entered, left: found.left }];
    }),
    from: await others("came", '"left"'),
    to: await others("went", "entered"),
  };
}
