import type { Engine } from "../../engine/engine.ts";
import { name as quoted } from "../../language/quote.ts";
import type { Column } from "../../language/vocabulary.ts";
import { flag } from "./members.ts";
import { isMeasured, type People } from "./numbers.ts";
import type { ColumnProfile } from "./view.ts";

/** So many of the commonest values are told. */
const VALUES = 8;

/** A column with more distinct values among so many people names people, and says nothing of groups. */
const MOST_DISTINCT = 0.5;

/**
 * Shares of the commonest values of each text and truth value, for everybody and each segment. The effect is the largest
 * difference of two shares over the standard deviation of such a value among everybody, √(p(1 − p)), as for numbers.
 */
export async function textProfiles(engine: Engine, people: People, signal: AbortSignal): Promise<ColumnProfile[]> {
  const columns = people.columns.filter((column) => !isMeasured(column));
  const profiles: ColumnProfile[] = [];
  for (const column of columns) {
    const found = await textProfile(engine, people, column, signal);
    if (found !== null) profiles.push(found);
  }
  return profiles;
}

async function textProfile(
  engine: Engine,
  people: People,
  column: Column,
  signal: AbortSignal,
): Promise<ColumnProfile | null> {
  const groups = Array.from({ length: people.asked }, (_, index) => index);
  const own = groups.map((group) => `count(*) FILTER (WHERE ${flag(group)}) AS n${group}`);
  const sums = groups.flatMap((group) => [
    `sum(n${group}) OVER () AS all${group}`,
    `sum(n${group}) FILTER (WHERE value IS NOT NULL) OVER () AS known${group}`,
  ]);
  const rows = await engine.rows({
    sql: `
      WITH counted AS (SELECT ${quoted(column.name)}::VARCHAR AS value, count(*) AS n, ${own.join(", ")} FROM ${people.table} GROUP BY 1)
      SELECT *, count(value) OVER () AS kinds, sum(n) OVER () AS "all", sum(n) FILTER (WHERE value IS NOT NULL) OVER () AS known, ${sums.join(", ")}
      FROM counted ORDER BY value IS NULL, n DESC, value LIMIT ${VALUES}`,
    signal,
  });
  const [first] = rows;
  const known = Number(first?.known ?? 0);
  if (first === undefined || Number(first.kinds) > Math.max(20, MOST_DISTINCT * known)) return null;
  const share = (part: unknown, all: unknown) => (Number(all ?? 0) === 0 ? 0 : Number(part) / Number(all));
  const values = rows
    .filter((row) => row.value !== null)
    .map((row) => ({
      value: String(row.value),
      everybody: share(row.n, known),
      segments: groups.map((group) => share(row[`n${group}`], first[`known${group}`])),
    }));
  const effects = values.flatMap(({ everybody: p, segments }) =>
    segments.map((q) => (p > 0 && p < 1 ? Math.abs(q - p) / Math.sqrt(p * (1 - p)) : 0)),
  );
  return {
    ...{ column: column.name, type: column.type, kind: "text", values, effect: Math.max(0, ...effects) },
    everybody: { known: share(known, first.all) },
    segments: groups.map((group) => ({ known: share(first[`known${group}`], first[`all${group}`]) })),
  };
}
