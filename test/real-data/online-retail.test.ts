import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sharedData } from "../shared-data.ts";
import { openWorkspace, type TestWorkspace } from "../workspace.ts";

const file = sharedData("online_retail/online_retail.csv.gz");

const notebook = `---
segbook: 1
title: Online Retail
entity: customer_id
as_of: 2011-12-09
---

# Online Retail

\`\`\`source raw_lines
files: online_retail.csv.gz
rename: {InvoiceNo: invoice, StockCode: stock_code, Description: description, Quantity: quantity, InvoiceDate: invoiced_at, UnitPrice: price, CustomerID: customer_id, Country: country}
columns:
  invoice: text
  stock_code: text
  quantity: BIGINT
  invoiced_at: TIMESTAMP
  price: DECIMAL(12,3)
  customer_id: BIGINT
  country: text
at: invoiced_at
\`\`\`

\`\`\`sql numbers
SELECT
  count(*) AS lines,
  count(DISTINCT invoice) AS invoices,
  count(DISTINCT customer_id) AS customers,
  count(*) FILTER (WHERE customer_id IS NULL) AS without_customer,
  count(*) FILTER (WHERE starts_with(invoice, 'C')) AS cancellations,
  count(*) FILTER (WHERE price <= 0) AS not_priced,
  sum(quantity * price) AS total
FROM raw_lines
\`\`\`

\`\`\`source lines
files: online_retail.csv.gz
rename: {InvoiceNo: invoice, StockCode: stock_code, Description: description, Quantity: quantity, InvoiceDate: invoiced_at, UnitPrice: price, CustomerID: customer_id, Country: country}
columns:
  invoice: text
  stock_code: text
  quantity: BIGINT
  invoiced_at: {type: TIMESTAMP, required: true}
  price: {type: "DECIMAL(12,3)", min: 0}
  customer_id: {type: BIGINT, required: true}
  country: text
where: customer_id IS NOT NULL AND NOT starts_with(invoice, 'C') AND price > 0
dedupe: [invoice, stock_code, description, quantity, invoiced_at, price, customer_id, country]
at: invoiced_at
\`\`\`

\`\`\`source orders
sql: |-
  SELECT customer_id, invoice, min(invoiced_at) AS ordered_at, sum(quantity * price) AS amount, any_value(country ORDER BY country) AS country
  FROM lines
  GROUP BY customer_id, invoice
event: placed order
at: ordered_at
\`\`\`

\`\`\`features rfm
template: rfm
event: placed order
amount: amount
columns:
  orders_90d: count of placed order in last 90 days
  total_spend: sum of amount of placed order
  country: most frequent country of placed order
\`\`\`

\`\`\`cluster personas
of: rfm
columns: [recency_days, frequency, monetary]
transform: {recency_days: log1p, frequency: log1p, monetary: log1p}
scale: zscore
method: ward
k: 4
\`\`\`

\`\`\`segments audiences
of: rfm
segments:
  Best: total_spend > 1000 AND placed order in last 90 days
  Lapsed: NOT placed order in last 180 days
\`\`\`
`;

describe.skipIf(file === null)("Online Retail, through the command line", () => {
  let workspace: TestWorkspace;
  beforeAll(async () => {
    workspace = await openWorkspace({
      notebooks: { "retail.md": notebook },
      data: { "online_retail.csv.gz": { copy: file ?? "" } },
    });
    const said = await workspace.segbook("run", "notebooks/retail.md", "--json");
    expect(said.stderr).not.toMatch(/ error /);
    expect(said.code).toBe(0);
  });

  afterAll(() => workspace.remove());

  it("counts what its publishers count", async () => {
    const [numbers] = await workspace.show("notebooks/retail.md", "numbers");
    expect(numbers).toMatchObject({
      lines: 541909,
      invoices: 25900,
      customers: 4372,
      without_customer: 135080,
      cancellations: 9288,
      not_priced: 2517,
    });
    expect(Number(numbers?.total)).toBeCloseTo(9747747.93, 2);
  });

  it("finds in the audit what is missing and what is doubled", async () => {
    const audit = await workspace.show("notebooks/retail.md", "raw_lines_audit");
    const rows = (check: string, column?: string) =>
      audit.find((row) => row.check === check && (column === undefined || row.column === column))?.rows;
    expect(rows("missing", "customer_id")).toBe(135080);
    expect(rows("exact_duplicates")).toBe(5268);
  });

  it("scores recency, frequency and monetary value for everybody who bought", async () => {
    const rows = await workspace.show("notebooks/retail.md", "rfm");
    expect(rows.length).toBeGreaterThan(4300);
    for (const quintile of ["r", "f", "m"]) {
      for (const score of [1, 2, 3, 4, 5]) {
        const share = rows.filter((row) => row[quintile] === score).length / rows.length;
        expect(share).toBeCloseTo(0.2, 2);
      }
    }
  });

  it("clusters them and says what each cluster is like in the columns' own units", async () => {
    const profile = await workspace.show("notebooks/retail.md", "personas_profile");
    expect(new Set(profile.map((row) => row.cluster))).toEqual(new Set([1, 2, 3, 4]));
    const size = profile.filter((row) => row.column === "monetary").reduce((sum, row) => sum + Number(row.size), 0);
    expect(size).toBe((await workspace.show("notebooks/retail.md", "rfm")).length);
  });

  it("puts into the segments exactly those whom plain SQL over the orders finds", async () => {
    const orders = await workspace.show("notebooks/retail.md", "orders");
    const bySegment = (segment: string, rows: Record<string, unknown>[]) =>
      new Set(rows.filter((row) => row.segment === segment).map((row) => row.customer_id));
    const members = await workspace.show("notebooks/retail.md", "audiences");
    const asOf = Date.parse("2011-12-10T00:00:00Z");
    const people = new Map<unknown, { spend: number; last: number }>();
    for (const order of orders) {
      const before = people.get(order.customer_id) ?? { spend: 0, last: 0 };
      people.set(order.customer_id, {
        spend: before.spend + Number(order.amount),
        last: Math.max(before.last, Date.parse(`${order.ordered_at}Z`)),
      });
    }
    const day = 86_400_000;
    const best = [...people]
      .filter(([, one]) => one.spend > 1000.0000001 && one.last >= asOf - 90 * day)
      .map(([id]) => id);
    const lapsed = [...people].filter(([, one]) => one.last < asOf - 180 * day).map(([id]) => id);
    expect(bySegment("Best", members)).toEqual(new Set(best));
    expect(bySegment("Lapsed", members)).toEqual(new Set(lapsed));
  });
});
