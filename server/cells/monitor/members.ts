import { literal, name as quoted } from "../../language/quote.ts";

export interface Segmentation {
  /** Id of a segments, score or cluster cell, and its column with the segment's name. */
  readonly relation: string;
  readonly column: string;
}

/** Who is in which segment, in SQL: columns `entity` and `segment`. A name that several cells have is written `cell.name`. */
export function membersSql(segmentations: readonly Segmentation[], entity: string): string {
  const parts = segmentations.map(
    ({ relation, column }) => `
      SELECT ${quoted(entity)} AS entity, ${quoted(column)}::VARCHAR AS segment, ${literal(relation)} AS cell
      FROM ${quoted(relation)}
      WHERE ${quoted(entity)} IS NOT NULL AND ${quoted(column)} IS NOT NULL`,
  );
  return `
    WITH members AS (${parts.join("\n      UNION ALL")}
    ), named AS (
      SELECT segment, count(DISTINCT cell) AS cells FROM members GROUP BY segment
    )
    SELECT DISTINCT entity, CASE WHEN cells > 1 THEN cell || '.' || segment ELSE segment END AS segment
    FROM members JOIN named USING (segment)`;
}
