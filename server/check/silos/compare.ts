import { name as quoted } from "../../language/quote.ts";
import type { Subject } from "../subject.ts";
import type { KeyColumn } from "./keyed.ts";
import type { KeyFacts } from "./measure.ts";
import { ALIKE } from "./spelling.ts";

/** What two sources have of one another's keys. */
export interface PairFacts {
  readonly key: string;
  readonly one: string;
  readonly other: string;
  readonly matched: number;
  /** Keys of the first that meet none of the other, but would without case, blanks and leading zeros. */
  readonly alike: number;
  readonly example: readonly [string, string] | null;
}

/** Counts the keys that two columns share, and those that they would share but for how they are written. */
export async function compareKeys(
  one: KeyColumn,
  other: KeyColumn,
  { tables, facts, subject }: { tables: ReadonlyMap<KeyColumn, string>; facts: readonly KeyFacts[]; subject: Subject },
): Promise<PairFacts> {
  const { engine } = subject.plan.studies.request;
  const { signal } = subject;
  const [a, b] = [one, other].map((column) => quoted(tables.get(column) ?? ""));
  const matched = await engine.table({ sql: `SELECT count(*) FROM ${a} JOIN ${b} USING (key)`, signal });
  const known = { one: keysIn(one, facts), other: keysIn(other, facts) };
  const count = Number(matched.rows[0]?.[0]);
  const pair = { key: one.key, one: one.source, other: other.source, matched: count };
  // Where one side meets the other wholly, none of its keys is left that could be alike.
  if (count === known.one || count === known.other) return { ...pair, alike: 0, example: null };
  const alone = (table: string | undefined, than: string | undefined) =>
    `(SELECT key, ${ALIKE} AS alike FROM ${table} WHERE key IS NOT NULL AND key NOT IN (SELECT key FROM ${than} WHERE key IS NOT NULL))`;
  const near = await engine.table({
    sql: `SELECT count(DISTINCT a.key), min(a.key), min_by(b.key, (a.key, b.key))
      FROM ${alone(a, b)} AS a JOIN ${alone(b, a)} AS b USING (alike)`,
    signal,
  });
  const [alike, left, right] = near.rows[0] ?? [];
  return { ...pair, alike: Number(alike), example: Number(alike) > 0 ? [String(left), String(right)] : null };
}

function keysIn({ source, column }: KeyColumn, facts: readonly KeyFacts[]): number {
  return facts.find((one) => one.source === source && one.column === column)?.distinct ?? 0;
}
