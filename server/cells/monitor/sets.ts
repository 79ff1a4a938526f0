import { name as quoted } from "../../language/quote.ts";
import type { Stays } from "./stays.ts";

/**
 * Segments in groups of so many: who is in which of a group at a time is one small number. Sends are counted by it, and
 * what is counted unfolded to segments, which takes a group's few hundred numbers instead of a row a send and segment.
 */
export const GROUP = 7;

/** Columns with the numbers of the groups. */
export function groupsOf(ids: number): string[] {
  return Array.from({ length: Math.ceil(ids / GROUP) }, (_, group) => `g${group}`);
}

/** For each entity the stretches of time within which its segments stay the same, in SQL: `entity`, `since`, `until` and the groups. */
export function stretchesSql({ sql, isBounded }: Pick<Stays, "sql" | "isBounded">, groups: readonly string[]): string {
  const bit = `(1::SMALLINT << (id % ${GROUP})::SMALLINT)`;
  if (!isBounded) {
    const masks = groups.map(
      (group, i) => `coalesce(bit_or(${bit}) FILTER (WHERE id // ${GROUP} = ${i}), 0)::SMALLINT AS ${group}`,
    );
    return `SELECT entity, ${masks.join(", ")} FROM (${sql}) GROUP BY entity`;
  }
  // What comes is added and what goes taken off: no two stays of one id overlap.
  const turns = `SELECT entity, id, since AS moment, 1 AS turn FROM stays UNION ALL SELECT entity, id, until, -1 FROM stays WHERE until < TIMESTAMP 'infinity'`;
  const sums = groups.map(
    (group, i) => `sum(CASE WHEN id // ${GROUP} = ${i} THEN turn * ${bit} ELSE 0 END) AS ${group}`,
  );
  const running = groups.map((group) => `(sum(${group}) OVER each)::SMALLINT AS ${group}`);
  return `
    WITH stays AS (SELECT DISTINCT entity, id, since, until FROM (${sql})), turns AS (
      SELECT entity, moment, ${sums.join(", ")} FROM (${turns}) GROUP BY entity, moment
    ), stretches AS (
      SELECT entity, moment AS since, coalesce(lead(moment) OVER each, TIMESTAMP 'infinity') AS until, ${running.join(", ")}
      FROM turns WINDOW each AS (PARTITION BY entity ORDER BY moment ROWS UNBOUNDED PRECEDING)
    )
    SELECT * FROM stretches WHERE ${groups.map((group) => `${group} <> 0`).join(" OR ")}`;
}

/** Which of a table's `happened` are in which groups of segments. */
export function placedSql(stretches: string, { isBounded }: Pick<Stays, "isBounded">): string {
  const during = isBounded ? " AND sent_at >= stretches.since AND sent_at < stretches.until" : "";
  return `happened JOIN ${quoted(stretches)} AS stretches ON happened.entity = stretches.entity${during}`;
}

/** What was counted for each number of each group, as rows of `id`: from a table with a row for each, `which` saying of which group. */
export function unfoldedSql(counted: string, { ids, groups }: { ids: string; groups: readonly string[] }): string {
  // Of a row that is about one group, the bits of the others are set.
  const all = 2 ** groups.length - 1;
  const cases = groups.map((_, i) => `WHEN ${all - 2 ** (groups.length - 1 - i)} THEN ${i}`);
  return `
      (SELECT *, coalesce(${groups.join(", ")}) AS mask, CASE which ${cases.join(" ")} END AS of_group FROM ${counted}) AS c
      JOIN ${quoted(ids)} AS i ON c.of_group = i.id // ${GROUP} AND (c.mask >> (i.id % ${GROUP})::SMALLINT) & 1 = 1`;
}

/** Beyond so many, the groups of a row can't be told apart by one number. */
const MOST_GROUPS = 50;
const FEW_GROUPS = 3;

/** Whether sends are better counted by whole sets of segments, of which there are so many, than by groups: where segments leave one another out. */
export function isBySets(sets: number, groups: readonly string[]): boolean {
  const isFew = sets <= 2 ** GROUP * groups.length && groups.length > FEW_GROUPS;
  return isFew || groups.length > MOST_GROUPS;
}

/** A number for each set of segments that somebody is in for a time, in SQL. */
export function setsSql(stretches: string, groups: readonly string[]): string {
  const list = groups.join(", ");
  return `SELECT row_number() OVER () AS number, ${list} FROM (SELECT DISTINCT ${list} FROM ${quoted(stretches)})`;
}

/** What was counted for each set, by its number, as rows of `id`. */
export function unfoldedSets(
  counted: string,
  { ids, sets, groups }: { ids: string; sets: string; groups: readonly string[] },
): string {
  const mask = groups.map((group, i) => `WHEN ${i} THEN s.${group}`).join(" ");
  return `
      ${counted} AS c JOIN ${quoted(sets)} AS s ON s.number = c.number
      JOIN ${quoted(ids)} AS i ON (CASE i.id // ${GROUP} ${mask} END >> (i.id % ${GROUP})::SMALLINT) & 1 = 1`;
}
