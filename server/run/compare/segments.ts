import type { Engine, PlainValue } from "../../engine/engine.ts";
import { name as quoted } from "../../language/quote.ts";
import { segmentColumn } from "../../notebook/segment-column.ts";
import { type Both, keyColumn, rowsOf, type StoredSide } from "./sides.ts";
import type { SegmentMoves, SegmentsComparison } from "./view.ts";

/** So many kinds of moves are told, and so many entities of each. */
const MOST_MOVES = 400;
const KEYS = 5;

export interface SegmentSides extends Both {
  readonly kind: string;
  readonly entity: string;
}

/** Sizes before and after, and who moved from where to where; null where the relation knows no segments. */
export async function comparedSegments(
  engine: Engine,
  sides: SegmentSides,
  signal: AbortSignal,
): Promise<SegmentsComparison | null> {
  const column = segmentColumn(sides.kind);
  if (column === null) return null;
  const there = [sides.before, sides.after].filter((side) => side !== null);
  const isFit = (side: StoredSide) => [sides.entity, column].every((name) => hasColumn(side, name));
  if (!there.every(isFit)) return null;
  const members = membersOf(sides, column);
  const sizes = await engine.rows({
    sql: `
      ${members}
      SELECT coalesce(was.s, now.s) AS segment, count(was.e) AS before, count(now.e) AS after,
             count(*) FILTER (WHERE was.e IS NULL) AS entered, count(*) FILTER (WHERE now.e IS NULL) AS "left"
      FROM was FULL JOIN now ON was.e = now.e AND was.s = now.s
      GROUP BY ALL ORDER BY greatest(before, after) DESC, segment`,
    signal,
  });
  const moves = await engine.rows({
    sql: `
      ${members},
      gone AS (FROM was ANTI JOIN now ON was.e = now.e AND was.s = now.s),
      come AS (FROM now ANTI JOIN was ON was.e = now.e AND was.s = now.s)
      SELECT gone.s AS "from", come.s AS "to", count(*) AS people,
             min(coalesce(gone.e, come.e), ${KEYS}) AS keys, count(*) OVER () AS kinds
      FROM gone FULL JOIN come ON gone.e = come.e
      GROUP BY ALL ORDER BY people DESC, "from" NULLS LAST, "to" NULLS LAST LIMIT ${MOST_MOVES}`,
    signal,
  });
  const [people] = await engine.rows({
    sql: `
      ${members},
      either AS (SELECT e FROM ((FROM was EXCEPT FROM now) UNION ALL (FROM now EXCEPT FROM was)))
      SELECT (SELECT count(DISTINCT e) FROM was) AS before, (SELECT count(DISTINCT e) FROM now) AS after,
             (SELECT count(DISTINCT e) FROM either) AS moved`,
    signal,
  });
  return {
    column,
    people: { before: Number(people?.before), after: Number(people?.after), moved: Number(people?.moved) },
    sizes: sizes.map((row) => ({
      segment: String(row.segment),
      before: Number(row.before),
      after: Number(row.after),
      entered: Number(row.entered),
      left: Number(row.left),
    })),
    moves: moves.map(movesOf),
    movesLeftOff: Math.max(0, Number(moves[0]?.kinds ?? 0) - moves.length),
  };
}

/** Each side as entity and name of a segment; a side that is not there has nobody in it. */
function membersOf(sides: SegmentSides, column: string): string {
  const from = (side: StoredSide | null) => {
    const source = side ?? sides.before ?? sides.after;
    if (source === null) throw new RangeError("neither side is there");
    const key = keyColumn(sides, sides.entity);
    const which = side === null ? "false" : `s IS NOT NULL AND e IS NOT NULL`;
    return `SELECT DISTINCT ${key} AS e, ${quoted(column)}::VARCHAR AS s FROM ${rowsOf(source)} WHERE ${which}`;
  };
  return `WITH was AS (${from(sides.before)}), now AS (${from(sides.after)})`;
}

function hasColumn(side: StoredSide, name: string): boolean {
  return side.stored.columns.some((column) => column.name === name);
}

function movesOf(row: Record<string, PlainValue>): SegmentMoves {
  const name = (value: PlainValue | undefined) => (value === null || value === undefined ? null : String(value));
  const keys = Array.isArray(row.keys) ? row.keys : [];
  return {
    from: name(row.from),
    to: name(row.to),
    people: Number(row.people),
    keys: keys.map((key) => (key !== null && typeof key === "object" ? JSON.stringify(key) : key)),
  };
}
