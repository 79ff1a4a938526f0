import { describe, expect, it } from "vitest";
import { sharedData } from "../shared-data.ts";
import { testWorkspace } from "../workspace.ts";

const file = sharedData("rfm_reference/rfm_data_orders.csv");

const notebook = `---
segbook: 1
title: RFM reference
entity: customer_id
as_of: 2006-12-31
---

\`\`\`source orders
files: rfm_data_orders.csv
columns:
  customer_id: {type: text, required: true}
  order_date: DATE
  revenue: BIGINT
event: placed order
at: order_date
\`\`\`

\`\`\`features rfm
template: rfm
event: placed order
amount: revenue
\`\`\`
`;

describe.skipIf(file === null)("the RFM reference, through the command line", () => {
  it("gives the published customers their numbers and scores", async () => {
    const workspace = await testWorkspace({
      notebooks: { "rfm.md": notebook },
      data: { "rfm_data_orders.csv": { copy: file ?? "" } },
    });
    const rows = await workspace.show("notebooks/rfm.md", "rfm");
    expect(rows.length).toBe(995);
    const of = (name: string) => rows.find((row) => row.customer_id === name);
    expect(of("Abbey O'Reilly")).toMatchObject({
      recency_days: 205,
      frequency: 6,
      monetary: 472,
      rfm_score: 343,
    });
    expect(of("Add Senger")).toMatchObject({ rfm_score: 412 });
    expect(rows.every((row) => typeof row.rfm_segment === "string")).toBe(true);
  });
});
