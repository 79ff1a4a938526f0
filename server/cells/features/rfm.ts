import { name as quoted } from "../../language/quote.ts";

export { rfmColumns } from "../../language/ready/rfm-columns.ts";

/** The three measures as expressions of the language. */
export function rfmExpressions(event: string, amount: string): Record<string, string> {
  return {
    recency_days: `days since last ${event}`,
    frequency: `count of ${event}`,
    monetary: `sum of ${amount} of ${event}`,
  };
}

/** What the columns mean that are no expressions. */
export const RFM_WORDS: Readonly<Record<string, string>> = {
  r: "recency in fifths of the people, 5 the most recent",
  f: "frequency in fifths of the people, 5 the most frequent",
  m: "monetary in fifths of the people, 5 the most",
  rfm_score: "r, f and m as three digits",
  rfm_segment: "the group of r and f",
};

/** The ten groups commonly used with RFM, by recency and frequency quintiles; together they cover all 25 pairs. */
export const RFM_GROUPS: readonly { name: string; r: readonly number[]; f: readonly number[] }[] = [
  { name: "Champions", r: [5], f: [4, 5] },
  { name: "Loyal Customers", r: [3, 4], f: [4, 5] },
  { name: "Potential Loyalists", r: [4, 5], f: [2, 3] },
  { name: "New Customers", r: [5], f: [1] },
  { name: "Promising", r: [4], f: [1] },
  { name: "Need Attention", r: [3], f: [3] },
  { name: "About To Sleep", r: [3], f: [1, 2] },
  { name: "Can't Lose Them", r: [1, 2], f: [5] },
  { name: "At Risk", r: [1, 2], f: [3, 4] },
  { name: "Hibernating", r: [1, 2], f: [1, 2] },
];

/** Adds quintiles (5 is best; ties broken by the entity key), the score as three digits, and the group. */
export function rfmSql(measures: string, entity: string): string {
  const key = quoted(entity);
  const groups = RFM_GROUPS.map(
    ({ name, r, f }) => `WHEN r IN (${r.join(", ")}) AND f IN (${f.join(", ")}) THEN '${name.replaceAll("'", "''")}'`,
  );
  return `
    SELECT *, r * 100 + f * 10 + m AS rfm_score, CASE ${groups.join(" ")} END AS rfm_segment
    FROM (
      SELECT *,
        CASE WHEN recency_days IS NOT NULL THEN ntile(5) OVER (PARTITION BY recency_days IS NULL ORDER BY recency_days DESC, ${key}) END AS r,
        CASE WHEN recency_days IS NOT NULL THEN ntile(5) OVER (PARTITION BY recency_days IS NULL ORDER BY frequency, ${key}) END AS f,
        CASE WHEN recency_days IS NOT NULL THEN ntile(5) OVER (PARTITION BY recency_days IS NULL ORDER BY monetary, ${key}) END AS m
      FROM (\n${measures}\n)
    )`;
}
