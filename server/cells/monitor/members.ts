import { literal, name as quoted } from "../../language/quote.ts";
import { HISTORY } from "../../language/sql-history.ts";
import { HELD_OUT } from "../control.ts";

export interface Segmentation {
  /** Id of a segments, score or cluster cell, and its column with the segment's name. */
  readonly relation: string;
  readonly column: string;
  /** Whether it has a relation with those who are held out of what is sent. */
  readonly hasHeldOut: boolean;
}

/** Who is in which segment of a cell today, in SQL: `entity` and `segment`, maybe more than once; held out or not. */
export function todaySql({ relation, column }: Segmentation, entity: string): string {
  const key = quoted(entity);
  return `SELECT ${key} AS entity, ${quoted(column)}::VARCHAR AS segment FROM ${quoted(relation)}
    WHERE ${key} IS NOT NULL AND ${quoted(column)} IS NOT NULL`;
}

/** Rows of `entity` and `segment` without those who are held out of what is sent to the cell's segments today. */
export function mailedSql(members: string, { relation, hasHeldOut }: Segmentation, entity: string): string {
  if (!hasHeldOut) return members;
  const held = `SELECT ${quoted(entity)} AS entity, segment::VARCHAR AS segment FROM ${quoted(`${relation}${HELD_OUT}`)}`;
  return `SELECT * FROM (${members}) ANTI JOIN (${held}) USING (entity, segment)`;
}

/**
 * What is recorded of a cell's segments, in SQL: `entity`, `segment`, and the wall times `since` and `until`, which is
 * infinite where it lasts; `held_out` beside them.
 */
export function recordedSql({ relation }: Segmentation, entity: string, zone: string): string {
  const wall = (column: string) => `(${quoted(column)} AT TIME ZONE ${literal(zone)})`;
  return `SELECT ${quoted(entity)} AS entity, segment, ${wall("since")} AS since,
      coalesce(${wall("until")}, TIMESTAMP 'infinity') AS until, held_out
    FROM ${quoted(HISTORY)} WHERE cell = ${literal(relation)}`;
}
