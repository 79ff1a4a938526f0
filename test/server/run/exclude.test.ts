import { expect, it } from "vitest";
import { openRuns } from "./notebook-runs.ts";

const PEOPLE = 40;
const people = Array.from({ length: PEOPLE }, (_, i) => `${i + 1},${i % 7},${i % 4 === 0}`).join("\n");
const orders = Array.from({ length: PEOPLE }, (_, i) => `${i + 1},2026-10-01 10:00:00`).join("\n");
const sends = Array.from({ length: PEOPLE }, (_, i) => {
  const day = `2026-10-${String(1 + (i % 9)).padStart(2, "0")}`;
  return `${i + 1},${day} 08:00:00,${day} 08:01:00,`;
}).join("\n");

/** Every fourth is a test account. */
const HEAD = "---\nsegbook: 1\nas_of: 2026-10-31\nexclude: is_test = TRUE\n---\n\n";

const NOTEBOOK = `\`\`\`source people
files: people.csv
\`\`\`

\`\`\`source orders
files: orders.csv
event: placed order
at: at
\`\`\`

\`\`\`source sends
files: sends.csv
columns: {opened_at: TIMESTAMP}
\`\`\`

\`\`\`features seen
from: people
columns:
  orders: count of placed order
  is_test: {sql: is_test}
\`\`\`

\`\`\`segments groups
of: people
segments:
  Buyers: placed order
  Others: NOT in segment Buyers
otherwise: Rest
\`\`\`

\`\`\`segments beside
of: people
segments:
  Inside: in segment groups.Buyers
  Outside: NOT in segment groups.Buyers
\`\`\`

\`\`\`score warmth
of: people
points:
  - {when: placed order, add: 5}
bands: {Hot: ">= 1", Cold: ">= 0"}
\`\`\`

\`\`\`cluster personas
of: people
columns: [visits]
k: 2
\`\`\`

\`\`\`monitor watch
segments: [groups, warmth, personas]
sends: sends
metrics: [open_rate]
mature_after: 0 hours
baseline: 3
\`\`\`

\`\`\`sql members
SELECT 'groups' AS cell, customer_id FROM groups
UNION ALL SELECT 'beside', customer_id FROM beside
UNION ALL SELECT 'warmth', customer_id FROM warmth WHERE band IS NOT NULL
UNION ALL SELECT 'personas', customer_id FROM personas
\`\`\`

\`\`\`sql counted
SELECT cell, count(DISTINCT customer_id) AS people, count(*) FILTER (WHERE (customer_id - 1) % 4 = 0) AS excluded
FROM members GROUP BY cell ORDER BY cell
\`\`\`

\`\`\`sql watched
SELECT segment, sum(delivered) AS delivered FROM watch_series WHERE metric = 'open_rate' GROUP BY 1 ORDER BY 1
\`\`\`

\`\`\`sql features_seen
SELECT count(*) AS n FROM seen
\`\`\`
`;

const DATA = {
  "people.csv": `customer_id,visits,is_test\n${people}\n`,
  "orders.csv": `customer_id,at\n${orders}\n`,
  "sends.csv": `customer_id,sent_at,delivered_at,opened_at\n${sends}\n`,
};

it("whom the head excludes is in no segment, band or cluster, and in no monitor's counts", {
  timeout: 60_000,
}, async () => {
  const runs = await openRuns(DATA);
  const text = HEAD + NOTEBOOK;
  const ran = await runs.run(text);
  expect(ran.story.filter((line) => !/computed|found/.test(line))).toEqual([]);
  const inEach = ["beside", "groups", "personas", "warmth"].map((cell) => [cell, 30, 0]);
  expect(await runs.rows(text, "counted")).toEqual(inEach);
  const watched = (await runs.rows(text, "watched")) as [string, number][];
  const of = (names: readonly string[]) =>
    watched.filter(([segment]) => names.includes(segment)).reduce((sum, [, delivered]) => sum + delivered, 0);
  // Before they ordered, buyers were others.
  expect(of(["Buyers", "Others"])).toBe(30);
  expect(of(["Hot", "Cold"])).toBe(30);
  expect(of(["Cluster 1", "Cluster 2"])).toBe(30);
  // Features are no segments: they keep a row for everybody.
  expect(await runs.rows(text, "features_seen")).toEqual([[40]]);
  for (const [cell, words] of [
    ["groups", "are in no segment"],
    ["beside", "are in no segment"],
    ["warmth", "have a score and no band"],
    ["personas", "are in no cluster"],
  ] as const) {
    const [note] = ran.cell(cell).problems.filter(({ code }) => code === "excluded");
    expect(note?.message).toBe(`10 people ${words}, by the head's \`exclude\`.`);
  }
});

it("where the rule can't be asked, the cell is at fault: nobody gets in for want of a column", async () => {
  const runs = await openRuns(DATA);
  const text = `${HEAD}\`\`\`source orders\nfiles: orders.csv\nevent: placed order\nat: at\n\`\`\`\n\n\`\`\`segments groups\nof: orders\nsegments:\n  All: customer_id > 0\n\`\`\`\n`;
  const ran = await runs.run(text);
  expect(ran.cell("groups").state).not.toBe("fresh");
  expect(ran.cell("groups").problems[0]?.message).toMatch(/^The head's `exclude`/);
});

it("nobody is excluded for being in a segment, since whoever is excluded is in none", async () => {
  const runs = await openRuns(DATA);
  const text = HEAD.replace("is_test = TRUE", "in segment Buyers") + NOTEBOOK;
  const planned = await runs.plan(text);
  expect(planned.cell("groups").problems.map(({ code }) => code)).toEqual(["exclude-segment"]);
});
