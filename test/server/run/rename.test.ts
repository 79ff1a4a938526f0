import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openDuckDb } from "../../../server/engine/duckdb.ts";
import type { Engine } from "../../../server/engine/engine.ts";
import { isProblem } from "../../../server/notebook/is-problem.ts";
import { parseNotebook } from "../../../server/notebook/parse.ts";
import { rename } from "../../../server/run/rename/rename.ts";
import { ORDERS, openRuns, orders } from "./notebook-runs.ts";

let engine: Engine;

beforeAll(async () => {
  engine = await openDuckDb(null);
});

afterAll(() => engine.close());

const HEAD = "---\nsegbook: 1\nas_of: $until\nexclude: |-\n  in segment personas.Staff and visits > $least\n---\n";

const NOTEBOOK = `${HEAD}
The orders are in \`orders\`, what is wrong with them in [the audit](#orders); \`orders_x\` is nothing.

\`\`\`input until
type: date
default: 2026-10-31
\`\`\`

\`\`\`input least
type: number
default: 3
\`\`\`

\`\`\`source orders
files: orders/*.parquet
columns: {orders: text}
where: amount > $least AND 'orders' <> "orders"
event: placed order
at: ordered_at
\`\`\`

\`\`\`sql by_month
-- orders by month
WITH recent AS (SELECT * FROM orders WHERE orders.amount > $least)
SELECT orders.category AS "orders", 'orders' AS said, count(*) AS n
FROM orders JOIN orders_audit AS a ON a.check = orders.orders
WHERE orders.day < $as_of
GROUP BY ALL
\`\`\`

\`\`\`sql hidden
SELECT orders.x FROM by_month AS orders
\`\`\`

\`\`\`features behaviour
from: orders
columns:
  orders: count of placed order in last 90 days
  many: {sql: "orders > $least"}
  big: sum of amount of placed order where amount > $least
\`\`\`

\`\`\`segments personas
of: behaviour
segments:
  Staff: orders > 3
  Other: |-
    not in segment personas.Staff
    and orders >= $least
\`\`\`

\`\`\`cluster groups
of: "behaviour" # its columns
columns: [orders, big]
k: $least
\`\`\`

\`\`\`transform shaped
of: by_month
verbs:
  - join: [orders, [category, category]]
  - filter: "d => d.orders > 3"
\`\`\`

\`\`\`chart picture
of: orders_audit
mark: bar
x: check
y: rows
\`\`\`

\`\`\`monitor watch
segments: [personas, groups]
sends: orders
\`\`\`
`;

async function renamed(text: string, from: string, to: string) {
  const result = await rename({ text, from, to }, engine);
  if (isProblem(result)) throw new Error(`${result.code}: ${result.message}`);
  return result;
}

async function refusal(text: string, from: string, to: string) {
  const result = await rename({ text, from, to }, engine);
  if (!isProblem(result)) throw new Error("it was renamed");
  return result;
}

/** Lines that differ, as they are afterwards. */
function changedLines(before: string, after: string): string[] {
  const old = before.split("\n");
  return after.split("\n").filter((line, place) => line !== old[place]);
}

describe("renaming a source", () => {
  it("changes its fence and every place that reads it or its audit, and nothing else", async () => {
    const { text, readers, left } = await renamed(NOTEBOOK, "orders", "sales");
    expect(changedLines(NOTEBOOK, text)).toEqual([
      "```source sales",
      "WITH recent AS (SELECT * FROM sales WHERE sales.amount > $least)",
      `SELECT sales.category AS "orders", 'orders' AS said, count(*) AS n`,
      "FROM sales JOIN sales_audit AS a ON a.check = sales.orders",
      "WHERE sales.day < $as_of",
      "from: sales",
      "  - join: [sales, [category, category]]",
      "of: sales_audit",
      "sends: sales",
    ]);
    expect(readers).toEqual(["by_month", "behaviour", "shaped", "picture", "watch"]);
    expect(left).toEqual([]);
  });

  it("offers the words of the prose without changing them", async () => {
    const { text, prose } = await renamed(NOTEBOOK, "orders", "sales");
    expect(text).toContain("The orders are in `orders`");
    expect(prose?.places).toBe(2);
    expect(changedLines(text, prose?.text ?? "")).toEqual([
      "The orders are in `sales`, what is wrong with them in [the audit](#sales); `orders_x` is nothing.",
    ]);
  });
});

describe("renaming other kinds", () => {
  it("takes an input along in SQL, rules, expressions, values and the head, and leaves the moment alone", async () => {
    expect(changedLines(NOTEBOOK, (await renamed(NOTEBOOK, "least", "fewest")).text)).toEqual([
      "  in segment personas.Staff and visits > $fewest",
      "```input fewest",
      `where: amount > $fewest AND 'orders' <> "orders"`,
      "WITH recent AS (SELECT * FROM orders WHERE orders.amount > $fewest)",
      `  many: {sql: "orders > $fewest"}`,
      "  big: sum of amount of placed order where amount > $fewest",
      "    and orders >= $fewest",
      "k: $fewest",
    ]);
    expect(changedLines(NOTEBOOK, (await renamed(NOTEBOOK, "until", "day")).text)).toEqual([
      "as_of: $day",
      "```input day",
    ]);
  });

  it("takes a segmentation along where a rule names its segments", async () => {
    expect(changedLines(NOTEBOOK, (await renamed(NOTEBOOK, "personas", "people")).text)).toEqual([
      "  in segment people.Staff and visits > $least",
      "```segments people",
      "    not in segment people.Staff",
      "segments: [people, groups]",
    ]);
  });

  it("keeps quotes and comments, and quotes what YAML, SQL or a rule would take for something else", async () => {
    expect((await renamed(NOTEBOOK, "behaviour", "people")).text).toContain('of: "people" # its columns');
    expect((await renamed(NOTEBOOK, "behaviour", "null")).text).toContain("of: 'null'");
    expect((await renamed(NOTEBOOK, "orders", "select")).text).toContain('FROM "select" JOIN "select_audit" AS a');
    expect((await renamed(NOTEBOOK, "personas", "and")).text).toContain("not in segment `and`.Staff");
  });

  it("leaves `$as_of` alone where the input that gives the moment has that name", async () => {
    const text = NOTEBOOK.replace("$until", "$as_of").replace("input until", "input as_of");
    expect(changedLines(text, (await renamed(text, "as_of", "day")).text)).toEqual(["as_of: $day", "```input day"]);
  });
});

describe("a renaming is refused", () => {
  it.each([
    ["bad-id", "orders", "Orders"],
    ["duplicate-id", "orders", "personas"],
    ["unknown-cell", "none", "some"],
    ["relation-clash", "by_month", "orders_audit"],
    ["name-in-use", "orders", "recent"],
    ["name-in-use", "orders", "a"],
    ["reserved-id", "least", "as_of"],
  ])("as %s where %s would become %s", async (code, from, to) => {
    expect((await refusal(NOTEBOOK, from, to)).code).toBe(code);
  });
});

describe("what can't be read", () => {
  it("is told by its cell, and the rest is renamed", async () => {
    const text = NOTEBOOK.replace("SELECT orders.x FROM by_month AS orders", "SELECT FROM WHERE orders");
    const { left, readers } = await renamed(text, "orders", "sales");
    expect(left).toEqual([{ cell: "hidden", why: expect.stringContaining("can't be read") }]);
    expect(readers).toContain("by_month");
  });

  it("is a name that stands alone and may be a whole row", async () => {
    const text = NOTEBOOK.replace("SELECT orders.x FROM by_month AS orders", "SELECT count(orders) FROM orders");
    const { left, text: after } = await renamed(text, "orders", "sales");
    expect(after).toContain("SELECT count(orders) FROM sales");
    expect(left).toEqual([{ cell: "hidden", why: expect.stringContaining("stands alone") }]);
  });
});

describe("what was computed", () => {
  it("is found again under the new name, and who reads it is stale because of that name", async () => {
    const runs = await openRuns({ "orders.csv": ORDERS });
    const text = `${orders()}\n\`\`\`sql total\nSELECT sum(orders.amount) AS total FROM orders\n\`\`\`\n`;
    await runs.run(text);
    const sales = await renamed(text, "orders", "sales");
    expect((await runs.plan(sales.text)).cell("sales").state).toBe("fresh");
    expect((await runs.plan(sales.text)).cell("total")).toMatchObject({
      state: "stale",
      reasons: ["its text changed.", "`orders` is called `sales` now."],
    });
    expect((await runs.plan(text)).cell("total").state).toBe("fresh");
  });
});

const WHOLE = `---
segbook: 1
as_of: $until
---

\`\`\`input until
type: date
default: 2026-10-31
\`\`\`

\`\`\`input least
type: number
default: 5
\`\`\`

${orders()}
\`\`\`sql per_day
SELECT orders.ordered_at::DATE AS day, orders_audit.rows, count(*) AS n
FROM orders, orders_audit WHERE orders.amount > $least GROUP BY ALL
\`\`\`

\`\`\`features behaviour
columns:
  spent: sum of amount of placed order where amount > $least
  twice: {sql: spent * $least}
\`\`\`

\`\`\`cluster groups
of: behaviour
columns: [spent, twice]
k: 2
\`\`\`

\`\`\`segments audiences
of: behaviour
segments:
  Big: spent > $least
  Not big: not in segment audiences.Big
\`\`\`

\`\`\`score warmth
of: behaviour
points:
  - when: in segment audiences.Big
    add: 3
\`\`\`

\`\`\`transform shaped
of: behaviour
verbs:
  - join: [groups, [customer_id, customer_id]]
\`\`\`

\`\`\`chart picture
of: per_day
mark: bar
x: day
y: n
\`\`\`

\`\`\`monitor watch
segments: [audiences, groups]
sends: orders
columns: {sent_at: ordered_at, delivered_at: ordered_at, opened_at: ordered_at}
metrics: [open_rate]
\`\`\`
`;

describe("the graph", () => {
  it("is the same with the new name, whichever cell is renamed, and nothing is wrong that was not before", async () => {
    const runs = await openRuns({ "orders.csv": ORDERS });
    const before = (await runs.plan(WHOLE)).view;
    const told = ({ cells }: typeof before, named: (id: string) => string) =>
      cells.map(({ id, reads, problems }) => ({
        id: named(id),
        reads: reads.map(named).sort(),
        wrong: problems.filter(({ severity }) => severity === "error").map(({ message }) => message),
      }));
    expect(told(before, (id) => id).flatMap(({ wrong }) => wrong)).toEqual([]);
    for (const { id } of before.cells) {
      const after = (await runs.plan((await renamed(WHOLE, id, `new_${id}`)).text)).view;
      const named = (name: string) => (name === id || name.startsWith(`${id}_`) ? `new_${name}` : name);
      expect(told(after, (name) => name)).toEqual(told(before, named));
    }
  });
});

describe("renaming there and back", () => {
  const id = fc
    .stringMatching(/^[a-z][a-z0-9_]{0,8}$/)
    .filter((name) => !["a", "as_of", "recent", "and", "or", "not", "null", "true", "false"].includes(name));

  it("gives the same bytes, and in between the same notebook but for the name", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom("orders", "by_month", "behaviour", "personas", "groups", "least", "until", "watch"),
        id,
        fc.constantFrom("\n", "\r\n"),
        async (from, to, end) => {
          const text = NOTEBOOK.replaceAll("\n", end);
          const there = await rename({ text, from, to }, engine);
          fc.pre(!isProblem(there));
          if (isProblem(there)) return;
          // A word that is quoted there keeps its quotes on the way back.
          fc.pre(!/["'`]/.test(to) && !quotes(there.text, to));
          const before = parseNotebook(text);
          const after = parseNotebook(there.text);
          const named = (name: string) => (name === from ? to : name);
          expect(after.cells.map((cell) => `${cell.kind} ${cell.id}`)).toEqual(
            before.cells.map((cell) => `${cell.kind} ${named(cell.id)}`),
          );
          expect(after.problems).toHaveLength(before.problems.length);
          expect((await renamed(there.text, to, from)).text).toBe(text);
        },
      ),
      { numRuns: 30 },
    );
  });
});

function quotes(text: string, name: string): boolean {
  return text.includes(`"${name}"`) || text.includes(`'${name}'`) || text.includes(`\`${name}\`.`);
}
