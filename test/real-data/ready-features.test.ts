import { readFileSync } from "node:fs";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { generateDemo } from "../../data/generate.ts";
import { READY } from "../../server/language/ready/features.ts";
import { guessRoles } from "../../server/language/ready/roles.ts";
import type { EventWord } from "../../server/language/vocabulary.ts";
import { featuresByHand, type History } from "../server/language/ready/by-hand.ts";
import { objects, readyCells } from "../server/language/ready/notebook.ts";
import { cell, type NotebookRuns, openRuns, PATH } from "../server/run/notebook-runs.ts";
import { sharedData } from "../shared-data.ts";

const never = new AbortController().signal;
const PURCHASES = READY.filter(({ set }) => set === "purchases").map(({ id }) => id);

async function rowsOf(runs: NotebookRuns, text: string, relation: string): Promise<Record<string, unknown>[]> {
  const ask = { path: PATH, text, set: {}, asOf: null, relation, key: null, sort: null, descending: false };
  const rows: Record<string, unknown>[] = [];
  for (;;) {
    const page = await runs.session.page({ ...ask, offset: rows.length, limit: 100_000 }, never);
    const found = objects(page);
    rows.push(...found);
    if (found.length === 0) return rows;
  }
}

function order(at: string, amount: string, category: string): EventWord {
  const types = { customer_id: "BIGINT", [at]: "TIMESTAMP", [amount]: "DECIMAL(10,2)", [category]: "VARCHAR" };
  const columns = Object.entries(types).map(([name, type]) => ({ name, type }));
  return { words: "placed order", relation: "orders", at, entity: "customer_id", where: null, columns };
}

function head(asOf: string): string {
  return `---\nsegbook: 1\nas_of: ${asOf}\n---\n\n`;
}

const cdnow = sharedData("cdnow_sample/CDNOW_sample.txt");

describe.skipIf(cdnow === null)("the ready features of purchases on CDNOW", () => {
  it("are what going through each customer's purchases gives", async () => {
    const text = readFileSync(cdnow ?? "", "latin1");
    const runs = await openRuns({ "cdnow.txt": text });
    const sources = [
      cell(
        "source",
        "lines",
        "files: cdnow.txt\ncsv: {widths: [6, 5, 9, 3, 8], header: false, names: [master_id, customer_id, bought_on, cds, dollars]}\ncolumns: {customer_id: BIGINT, bought_on: text, cds: BIGINT, dollars: 'DECIMAL(10,2)'}",
      ),
      cell(
        "source",
        "orders",
        "sql: |-\n  SELECT customer_id, strptime(bought_on, '%Y%m%d') AS bought_at, dollars, CASE WHEN cds = 1 THEN 'one' ELSE 'several' END AS category FROM lines\nevent: placed order\nat: bought_at",
      ),
    ].join("");
    const events = [order("bought_at", "dollars", "category")];
    const roles = guessRoles(events, { amount: "dollars" });
    const choice = { picked: PURCHASES, roles, days: 180, categories: ["one", "several"] };
    const notebook = head("1998-06-30") + sources + readyCells(choice, events);
    expect((await runs.run(notebook)).result.state).toBe("done");
    const found = await rowsOf(runs, notebook, "ready");

    const orders = text
      .split("\n")
      .map((line) => line.trim().split(/\s+/))
      .filter((parts) => parts.length === 5)
      .map(([, who = "", day = "", cds = "", dollars = ""]) => ({
        who: Number(who),
        at: Date.parse(`${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}T00:00:00Z`),
        amount: Number(dollars),
        category: cds === "1" ? "one" : "several",
      }));
    expect(orders.length).toBe(6919);
    const how = {
      ...({ asOf: Date.parse("1998-07-01T00:00:00Z"), session: "by key", days: 180 } as const),
      categories: { share_one: "one", share_several: "several" },
    };
    expect(found.length).toBe(2357);
    compare(found, (who) => featuresByHand(who, { ...NOTHING, orders: orders.filter((one) => one.who === who) }, how));
  });
});

const retail = sharedData("online_retail/online_retail.csv.gz");

describe.skipIf(retail === null)("the ready features of purchases on Online Retail", () => {
  it("add up to what a script apart from this project counted", async () => {
    const runs = await openRuns();
    await cp(retail ?? "", join(runs.workspace.data, "online_retail.csv.gz"));
    const sources = [
      cell(
        "source",
        "lines",
        `files: online_retail.csv.gz
rename: {InvoiceNo: invoice, Quantity: quantity, InvoiceDate: invoiced_at, UnitPrice: price, CustomerID: customer_id, Country: country}
columns: {invoice: text, quantity: BIGINT, invoiced_at: TIMESTAMP, price: "DECIMAL(12,3)", customer_id: BIGINT, country: text}
where: customer_id IS NOT NULL AND NOT starts_with(invoice, 'C') AND price > 0`,
      ),
      cell(
        "source",
        "orders",
        "sql: |-\n  SELECT customer_id, invoice, min(invoiced_at) AS ordered_at, sum(quantity * price) AS amount, min(country) AS country FROM lines GROUP BY customer_id, invoice\nevent: placed order\nat: ordered_at",
      ),
    ].join("");
    const events = [order("ordered_at", "amount", "country")];
    const roles = guessRoles(events, { category: "country" });
    const choice = { picked: PURCHASES, roles: { ...roles, category: "country" }, days: null, categories: ["France"] };
    const notebook = head("2011-12-09") + sources + readyCells(choice, events);
    expect((await runs.run(notebook)).result.state).toBe("done");
    const found = await rowsOf(runs, notebook, "ready");
    const values = (name: string) => found.map((row) => row[name]).filter((value) => value !== null) as number[];
    const total = (name: string) => values(name).reduce((sum, value) => sum + Number(value), 0);
    expect(found.length).toBe(RETAIL.customers);
    expect(total("orders")).toBe(RETAIL.orders);
    expect(total("total_spend")).toBeCloseTo(RETAIL.spend, 2);
    expect(total("average_order")).toBeCloseTo(RETAIL.averages, 4);
    expect(total("recency_days")).toBe(RETAIL.recency);
    expect(total("first_order_days")).toBe(RETAIL.first);
    expect(values("days_between_orders").length).toBe(RETAIL.several);
    expect(total("days_between_orders")).toBeCloseTo(RETAIL.between, 4);
    expect(total("share_france")).toBeCloseTo(RETAIL.france, 6);
  });
});

describe("the ready features on a demo of 120 customers", () => {
  it("are what going through each customer's hits, orders and mail gives", async () => {
    const root = await mkdtemp(join(tmpdir(), "segbook-"));
    onTestFinished(() => rm(root, { recursive: true, force: true }));
    await generateDemo({ out: root, customers: 120, seed: 5 });
    const runs = await openRuns();
    await cp(join(root, "data", "demo"), join(runs.workspace.data, "demo"), { recursive: true });
    const example = readFileSync(new URL("../../notebooks/first-segments.md", import.meta.url), "utf8");
    const sources = ["customers", "orders", "web", "mail"].map((id) => `${fenceOf(example, id)}\n\n`).join("");
    const plan = await runs.plan(head("2026-10-31") + sources);
    const columns = (id: string) => plan.cell(id).relations[0]?.columns ?? [];
    const event = (relation: string, at: string, words: string, where: EventWord["where"] = null): EventWord => {
      return { words, relation, at, entity: "customer_id", where, columns: columns(relation) };
    };
    const kind = (relation: string, value: string, words: string) =>
      event(relation, "happened_at", words, { column: "type", value });
    const events = [
      event("orders", "ordered_at", "placed order"),
      ...[
        kind("web", "landing", "visited site"),
        kind("web", "product", "viewed product"),
        kind("web", "cart", "added to cart"),
      ],
      ...[kind("mail", "opened", "opened email"), kind("mail", "machine_opened", "machine opened email")],
      kind("mail", "clicked", "clicked email"),
    ];
    const categories = { share_kitchen: "Kitchen", share_garden: "Garden" };
    const everything = READY.map(({ id }) => id);
    const choice = { picked: everything, roles: guessRoles(events), days: 365, categories: Object.values(categories) };
    const notebook = head("2026-10-31") + sources + readyCells(choice, events, "customers");
    expect((await runs.run(notebook)).result.state).toBe("done");
    const found = await rowsOf(runs, notebook, "ready");
    expect(found.length).toBeGreaterThan(115);

    const byPerson = new Map<
      number,
      { hits: History["hits"][number][]; orders: History["orders"][number][]; mail: History["mail"][number][] }
    >();
    const of = (row: Record<string, unknown>) => {
      const who = Number(row.customer_id);
      const known = byPerson.get(who) ?? { hits: [], orders: [], mail: [] };
      byPerson.set(who, known);
      return { who, known };
    };
    const time = (value: unknown) => Date.parse(`${String(value).replace(" ", "T")}Z`);
    for (const row of await rowsOf(runs, notebook, "web")) {
      const { who, known } = of(row);
      known.hits.push({ who, at: time(row.happened_at), session: Number(row.session_id), type: String(row.type) });
    }
    for (const row of await rowsOf(runs, notebook, "orders")) {
      const { who, known } = of(row);
      const category = String(row.category);
      known.orders.push({ who, at: time(row.ordered_at), amount: Number(row.amount), category });
    }
    for (const row of await rowsOf(runs, notebook, "mail")) {
      const { who, known } = of(row);
      const at = time(row.happened_at);
      known.mail.push({ who, at, send: Number(row.send_id), type: String(row.type), machine: null });
    }
    const how = { asOf: Date.parse("2026-11-01T00:00:00Z"), session: "by key", days: 365, categories } as const;
    compare(found, (who) => featuresByHand(who, byPerson.get(who) ?? NOTHING, how));
  });
});

const NOTHING: History = { hits: [], orders: [], mail: [] };

/** Every feature of every row, its window's ending aside, beside what was computed by hand. */
function compare(rows: readonly Record<string, unknown>[], byHand: (who: number) => Record<string, unknown>): void {
  const wrong: unknown[] = [];
  for (const row of rows) {
    const wanted = byHand(Number(row.customer_id));
    for (const [name, value] of Object.entries(row)) {
      const hand = wanted[name.replace(/_\d+d$/, "")];
      const same =
        typeof value === "number" && typeof hand === "number"
          ? Math.abs(value - hand) <= 1e-9 * Math.max(1, Math.abs(hand))
          : value === hand;
      if (!same) wrong.push([row.customer_id, name, value, hand]);
    }
  }
  expect(wrong.slice(0, 5)).toEqual([]);
}

/** A source cell of the example as it stands. */
function fenceOf(text: string, id: string): string {
  const start = text.indexOf(`\`\`\`source ${id}\n`);
  return text.slice(start, text.indexOf("\n```", start + 3) + 4);
}

/** Counted with Python's csv module and decimals, without an engine. */
const RETAIL = {
  customers: 4338,
  orders: 18532,
  spend: 8911407.904,
  averages: 1818343.363586,
  recency: 399354,
  first: 966641,
  several: 2845,
  between: 206700.429783,
  france: 87.0,
};
