import { madeWorkspace } from "../segments/made.ts";

export const PEOPLE = 1_000_000;
export const SEGMENTS = 20;

/** Raised whenever the same call makes other data. */
const VERSION = 2;

/**
 * A workspace with so many sends of 365 days to a million people, who are in 20 segments of 5 to 52 % of them, each by
 * chance of its own, so that there are as many sets of segments as can be. Kept in the system's temporary folder.
 */
export function sendsWorkspace(sends: number): Promise<string> {
  return madeWorkspace(`sends-${sends}-v${VERSION}`, `${sends.toLocaleString("en")} sends`, {
    sends: sendsSql(sends),
    groups: GROUPS,
  });
}

export const NOTEBOOK = `---
segbook: 1
entity: customer_id
as_of: 2026-11-10
---

\`\`\`source sends
files: sends.parquet
\`\`\`

\`\`\`source groups
files: groups.parquet
\`\`\`

\`\`\`monitor watch
segments: groups
sends: sends
\`\`\`
`;

function sendsSql(sends: number): string {
  const later = (salt: number, mean: number) => `to_seconds(CAST(1 - ${mean} * ln(1 - ${share(salt)}) AS BIGINT))`;
  return `
    SELECT * EXCLUDE (bounces) FROM (SELECT i AS send_id, CAST(1 + floor(${PEOPLE} * ${share(1)}) AS BIGINT) AS customer_id,
      TIMESTAMP '2025-11-01' + to_microseconds(CAST(${365 * 86_400_000_000}.0 * i / ${sends} AS BIGINT)) AS sent_at,
      ${share(2)} < 0.01 AS bounces,
      CASE WHEN NOT bounces THEN sent_at + to_seconds(CAST(2 + 25 * ${share(3)} AS BIGINT)) END AS delivered_at,
      CASE WHEN NOT bounces AND ${share(4)} < 0.3 THEN delivered_at + ${later(5, 40_000)} END AS opened_at,
      CASE WHEN opened_at IS NOT NULL AND ${share(6)} < 0.1 THEN opened_at + ${later(7, 300)} END AS clicked_at,
      CASE WHEN clicked_at IS NOT NULL AND ${share(8)} < 0.05 THEN clicked_at + INTERVAL 30 SECONDS END AS unsubscribed_at,
      CASE WHEN bounces THEN sent_at + INTERVAL 9 SECONDS END AS bounced_at,
      opened_at IS NOT NULL AND ${share(9)} < 0.3 AS machine_open
    FROM range(${sends}) AS t(i))`;
}

const GROUPS = `
  SELECT i + 1 AS customer_id, 'Segment ' || (s + 1) AS segment
  FROM range(${PEOPLE}) AS t(i), range(${SEGMENTS}) AS g(s)
  WHERE ${share("100 + s")} < 0.05 + 0.025 * s ORDER BY 1, s`;

/** Uniform over [0, 1), the same for a row in every call, and of its own for each salt. */
function share(salt: number | string): string {
  return `(CAST(hash(xor(hash(i), hash(${salt}))) >> 11 AS DOUBLE) / 9007199254740992)`;
}
