import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { sharedData } from "../shared-data.ts";
import { testWorkspace } from "../workspace.ts";

const folder = sharedData("cdnow_sample");

const notebook = `---
segbook: 1
title: CDNOW
entity: customer_id
as_of: 1997-09-30
---

\`\`\`source purchases
files: CDNOW_sample.txt
csv: {widths: [6, 5, 9, 3, 8], header: false, names: [master_id, customer_id, bought_on, cds, dollars]}
columns:
  customer_id: BIGINT
  bought_on: text
  cds: BIGINT
  dollars: "DECIMAL(10,2)"
\`\`\`

\`\`\`sql total
SELECT sum(dollars) AS dollars, count(*) AS purchases, count(DISTINCT customer_id) AS customers FROM purchases
\`\`\`

\`\`\`source days
sql: SELECT customer_id, strptime(bought_on, '%Y%m%d') AS bought_at, sum(dollars) AS dollars FROM purchases GROUP BY ALL
event: bought
at: bought_at
\`\`\`

\`\`\`features behaviour
columns:
  days: count of bought
  first_weeks: weeks since first bought
  last_weeks: weeks since last bought
  frequency: {sql: "days - 1"}
  recency: {sql: "first_weeks - last_weeks"}
  t: {sql: first_weeks}
\`\`\`
`;

describe.skipIf(folder === null)("CDNOW to the end of its calibration, through the command line", () => {
  it("gives all 2,357 customers the published frequency, recency and T", async () => {
    const workspace = await testWorkspace({
      notebooks: { "cdnow.md": notebook },
      data: { "CDNOW_sample.txt": { copy: `${folder}/CDNOW_sample.txt` } },
    });
    const [total] = await workspace.show("notebooks/cdnow.md", "total");
    expect(total).toEqual({
      dollars: 244091.94,
      purchases: 6919,
      customers: 2357,
    });
    const rows = await workspace.show("notebooks/cdnow.md", "behaviour");
    const published = readFileSync(`${folder}/cdnow_customers_summary.csv`, "utf8")
      .trim()
      .split(/\r?\n/)
      .slice(1)
      .map((line) => line.split(",").map(Number));
    expect(published.length).toBe(2357);
    const found = new Map(rows.map((row) => [row.customer_id, row]));
    for (const [id, frequency, recency, t] of published) {
      const row = found.get(id);
      expect([id, row?.frequency, Number(row?.recency).toFixed(2), Number(row?.t).toFixed(2)]).toEqual([
        id,
        frequency,
        recency?.toFixed(2),
        t?.toFixed(2),
      ]);
    }
  });
});
