import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { sharedData } from "../shared-data.ts";
import { testWorkspace } from "../workspace.ts";
import { QUOTED, quotedApart, rfmApart } from "./rfm-apart.ts";

const cdnow = sharedData("cdnow_sample");
const retail = sharedData("online_retail/online_retail.csv.gz");

const rules = Object.entries(QUOTED)
  .map(([name, rule]) => `  ${name}: |-\n    ${rule}`)
  .join("\n");

/** What both notebooks make of `orders`, `views` and `mails`, which each makes of its file. */
const CELLS = `
\`\`\`sql people
SELECT customer_id, sum(amount) AS total_spend, max("at") AS last_purchase FROM orders WHERE "at" < $as_of GROUP BY 1 ORDER BY 1
\`\`\`

\`\`\`features rfm
template: rfm
event: placed order
amount: amount
\`\`\`

\`\`\`segments quoted
of: people
segments:
${rules}
\`\`\`
`;

const source = (id: string, event: string, sql: string) =>
  `\`\`\`source ${id}\nsql: |-\n  ${sql}\nevent: ${event}\nat: at\n\`\`\`\n\n`;

const CDNOW = `---
segbook: 1
as_of: 1997-12-31
---

\`\`\`source raw
files: CDNOW_sample.txt
csv: {widths: [6, 5, 9, 3, 8], header: false, names: [master_id, customer_id, bought_on, cds, dollars]}
columns: {customer_id: BIGINT, bought_on: text, cds: BIGINT, dollars: "DECIMAL(10,2)"}
\`\`\`

${source("orders", "placed order", "SELECT customer_id, strptime(bought_on, '%Y%m%d') AS at, dollars AS amount FROM raw")}
${source("views", "viewed product", "SELECT customer_id, strptime(bought_on, '%Y%m%d') AS at, if(cds >= 5, 'X', 'Y') AS category FROM raw")}
${source("mails", "opened email", "SELECT customer_id, strptime(bought_on, '%Y%m%d') AS at FROM raw WHERE cds = 1")}
${CELLS}`;

const RETAIL = `---
segbook: 1
as_of: 2011-11-30
---

\`\`\`source raw
files: online_retail.csv.gz
columns: {InvoiceNo: text, StockCode: text, InvoiceDate: TIMESTAMP, UnitPrice: "DECIMAL(12,3)", CustomerID: BIGINT, Quantity: BIGINT}
where: CustomerID IS NOT NULL
\`\`\`

${source("orders", "placed order", "SELECT CustomerID AS customer_id, InvoiceNo AS invoice, min(InvoiceDate) AS at, sum(Quantity * UnitPrice) AS amount FROM raw WHERE NOT starts_with(InvoiceNo, 'C') GROUP BY ALL")}
${source("views", "viewed product", "SELECT CustomerID AS customer_id, InvoiceDate AS at, if(starts_with(StockCode, '47'), 'X', 'Y') AS category FROM raw")}
${source("mails", "opened email", "SELECT CustomerID AS customer_id, InvoiceDate AS at FROM raw WHERE starts_with(InvoiceNo, 'C')")}
${CELLS}`;

type Person = { orders: { at: number; amount: number }[]; viewed: boolean; opened: number[] };

async function agree(
  notebook: string,
  files: Parameters<typeof testWorkspace>[0]["data"],
  apart: Map<number, Person>,
  lastDay: number,
) {
  const workspace = await testWorkspace({ notebooks: { "n.md": notebook }, data: files ?? {} });
  const asOf = lastDay + 86_400_000;
  const people = new Map(
    [...apart].flatMap(([id, one]) => {
      const orders = one.orders.filter(({ at }) => at < asOf);
      return orders.length === 0 ? [] : [[id, { ...one, orders }] as const];
    }),
  );
  const members = await workspace.show("notebooks/n.md", "quoted");
  const expected = quotedApart(people, asOf);
  for (const name of Object.keys(QUOTED) as (keyof typeof QUOTED)[]) {
    const found = members.flatMap((row) => (row.segment === name ? [Number(row.customer_id)] : []));
    expect(found, name).toEqual(expected[name]);
    expect(found.length, name).toBeGreaterThan(0);
  }
  const rows = await workspace.show("notebooks/n.md", "rfm");
  const read = rows.map((row) => ({
    ...{ customer_id: row.customer_id, recency_days: row.recency_days, frequency: row.frequency },
    ...{ monetary: Number(row.monetary), r: row.r, f: row.f, m: row.m, group: row.rfm_segment },
  }));
  const byKey = rfmApart(new Map([...people].map(([id, { orders }]) => [id, orders])), lastDay);
  expect(read).toEqual(byKey.sort((a, b) => a.customer_id - b.customer_id));
}

describe("The rules that the format quotes, and RFM, are what going through the file apart gives", () => {
  it.skipIf(cdnow === null)("over CDNOW", { timeout: 60_000 }, async () => {
    const people = new Map<number, Person>();
    for (const line of readFileSync(`${cdnow}/CDNOW_sample.txt`, "utf8").split("\n").filter(Boolean)) {
      const [, id = "", day = "", cds = "", dollars = ""] = line.trim().split(/\s+/);
      const at = Date.parse(`${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}T00:00:00Z`);
      const own = people.get(Number(id)) ?? { orders: [], viewed: false, opened: [] };
      own.orders.push({ at, amount: Number(dollars) });
      own.viewed ||= Number(cds) >= 5 && at < Date.parse("1998-01-01T00:00:00Z");
      if (cds === "1") own.opened.push(at);
      people.set(Number(id), own);
    }
    const file = { copy: `${cdnow}/CDNOW_sample.txt` };
    await agree(CDNOW, { "CDNOW_sample.txt": file }, people, Date.parse("1997-12-31T00:00:00Z"));
  });

  it.skipIf(retail === null)("over Online Retail", { timeout: 120_000 }, async () => {
    const people = new Map<number, Person>();
    const invoices = new Map<string, { at: number; amount: number }>();
    const asOf = Date.parse("2011-12-01T00:00:00Z");
    const [head = "", ...lines] = gunzipSync(readFileSync(retail ?? ""))
      .toString("utf8")
      .split(/\r?\n/)
      .filter(Boolean);
    const names = head.replaceAll(/[\uFEFF"]/g, "").split(",");
    for (const line of lines) {
      const fields = line.includes('"')
        ? [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map(([, field = ""]) => field)
        : line.split(",");
      const of = (name: string) => (fields[names.indexOf(name)] ?? "").replaceAll(/^"|"$/g, "");
      if (of("CustomerID") === "") continue;
      const id = Number(of("CustomerID"));
      const at = Date.parse(`${of("InvoiceDate").replace(" ", "T")}Z`);
      const own = people.get(id) ?? { orders: [], viewed: false, opened: [] };
      people.set(id, own);
      own.viewed ||= of("StockCode").startsWith("47") && at < asOf;
      const amount = Math.round(Number(of("Quantity")) * Number(of("UnitPrice")) * 1000) / 1000;
      if (of("InvoiceNo").startsWith("C")) {
        own.opened.push(at);
        continue;
      }
      const order = invoices.get(`${id} ${of("InvoiceNo")}`);
      if (order === undefined) {
        const made = { at, amount };
        invoices.set(`${id} ${of("InvoiceNo")}`, made);
        own.orders.push(made);
      } else {
        order.at = Math.min(order.at, at);
        order.amount += amount;
      }
    }
    const file = { copy: retail ?? "" };
    await agree(RETAIL, { "online_retail.csv.gz": file }, people, Date.parse("2011-11-30T00:00:00Z"));
  });
});
