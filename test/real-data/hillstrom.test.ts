import { describe, expect, it } from "vitest";
import { sharedData } from "../shared-data.ts";
import { testWorkspace } from "../workspace.ts";

const file = sharedData("hillstrom/hillstrom.csv.gz");

const notebook = `---
segbook: 1
title: Hillstrom
as_of: 2008-04-30
---

\`\`\`source mailing
files: hillstrom.csv.gz
\`\`\`

\`\`\`sql counted
SELECT segment, DATE '2008-03-20' AS period, count(*) AS delivered, sum(visit)::BIGINT AS opened, sum(conversion)::BIGINT AS clicked
FROM mailing
GROUP BY segment
ORDER BY segment
\`\`\`

\`\`\`monitor answers
counts: counted
period: day
metrics: [open_rate, click_rate]
mature_after: 0 hours
\`\`\`
`;

describe.skipIf(file === null)("Hillstrom's mailing, through the command line", () => {
  it("has the published visits and conversions in each segment, and alerts on nothing", async () => {
    const workspace = await testWorkspace({
      notebooks: { "mailing.md": notebook },
      data: { "hillstrom.csv.gz": { copy: file ?? "" } },
    });
    const series = await workspace.show("notebooks/mailing.md", "answers_series");
    const found = (segment: string, metric: string) => {
      const row = series.find((one) => one.segment === segment && one.metric === metric);
      return [row?.events, row?.delivered, row?.rate];
    };
    const published = {
      "No E-Mail": [2262, 21306, 122],
      "Womens E-Mail": [3238, 21387, 189],
      "Mens E-Mail": [3894, 21307, 267],
    };
    for (const [segment, [visits = 0, people = 1, conversions = 0]] of Object.entries(published)) {
      expect(found(segment, "open_rate")).toEqual([visits, people, visits / people]);
      expect(found(segment, "click_rate")).toEqual([conversions, people, conversions / people]);
    }
    expect(series.length).toBe(6);
    expect(await workspace.show("notebooks/mailing.md", "answers")).toEqual([]);
  });
});
