import { describe, expect, it } from "vitest";
import { CUSTOMERS, checkedIn, DATA, ORDERS, sharedRuns, sql } from "./checked.ts";

const MANY = Array.from({ length: 60 }, (_, i) => `${i + 1},${i % 2 === 0 ? "UK" : "DE"},${i},${i}.25`).join("\n");

const runs = await sharedRuns({
  ...DATA,
  "people.csv": `customer_id,country,visits,total_spend\n${MANY}\n`,
  "cookies.csv": "customer_id,at\na1,2026-10-01\nb2,2026-10-02\n",
});

const PEOPLE = `\`\`\`source people
files: people.csv
columns:
  customer_id: {type: BIGINT, required: true, unique: true}
  country: {one_of: [UK, DE]}
  total_spend: 'DECIMAL(10,2)'
\`\`\`

`;

function cell(kind: string, id: string, body: string): string {
  return `\`\`\`${kind} ${id}\n${body}\n\`\`\`\n\n`;
}

const segments = (rules: string, more = "") => cell("segments", "groups", `of: people\n${more}segments:\n${rules}`);

/** [code, a notebook that raises it, what stands where it points ("" for the cell's fence), one that comes near and does not]. */
const CASES: [code: string, raises: string, at: string, near: string][] = [
  [
    "leak-as-of",
    ORDERS +
      sql("spend", "SELECT customer_id, sum(amount) AS s FROM orders GROUP BY 1") +
      cell("segments", "g", "of: spend\nsegments:\n  A: s > 1"),
    "orders",
    ORDERS +
      sql("spend", "SELECT customer_id, sum(amount) AS s FROM orders WHERE ordered_at < $as_of GROUP BY 1") +
      cell("segments", "g", "of: spend\nsegments:\n  A: s > 1"),
  ],
  [
    "leak-as-of",
    ORDERS +
      sql("raw", "SELECT * FROM orders") +
      sql("spend", "SELECT customer_id, sum(amount) AS s FROM raw GROUP BY 1") +
      cell("score", "g", "of: spend\npoints:\n  - {when: s > 1, add: 1}"),
    "orders",
    ORDERS +
      sql("raw", "SELECT * FROM orders") +
      sql("spend", "SELECT customer_id, sum(amount) AS s FROM raw WHERE ordered_at < $as_of GROUP BY 1") +
      cell("score", "g", "of: spend\npoints:\n  - {when: s > 1, add: 1}"),
  ],
  [
    "leak-as-of",
    ORDERS +
      cell("transform", "t", "of: orders\nverbs:\n  - groupby: [customer_id]\n  - count: {}") +
      cell("features", "f", "from: t\ncolumns:\n  n: {sql: count}"),
    "orders",
    ORDERS +
      sql("past", "SELECT * FROM orders WHERE ordered_at < $as_of") +
      cell("transform", "t", "of: past\nverbs:\n  - groupby: [customer_id]\n  - count: {}") +
      cell("features", "f", "from: t\ncolumns:\n  n: {sql: count}"),
  ],
  [
    // An earlier bound keeps nothing back, and a chart judges nobody.
    "leak-as-of",
    ORDERS +
      sql(
        "spend",
        "SELECT customer_id, sum(amount) AS s FROM orders WHERE ordered_at > $as_of - INTERVAL 30 DAY GROUP BY 1",
      ) +
      cell("segments", "g", "of: spend\nsegments:\n  A: s > 1"),
    "orders",
    ORDERS +
      sql("spend", "SELECT customer_id, sum(amount) AS s FROM orders GROUP BY 1") +
      cell("chart", "g", "of: spend\nmark: bar\nx: customer_id\ny: s"),
  ],
  ...(
    [
      // What an OR lets through on its other side, and what lies after the moment, is not kept back.
      [
        "ordered_at < $as_of OR amount > 5",
        "(ordered_at < $as_of AND amount > 5) OR ordered_at < $as_of - INTERVAL 9 DAY",
      ],
      ["ordered_at < $as_of + INTERVAL 30 DAY", "ordered_at IS NULL OR ordered_at < $as_of"],
    ] as const
  ).map(([past, before]): (typeof CASES)[number] => {
    const spend = (where: string) =>
      ORDERS +
      sql("spend", `SELECT customer_id, sum(amount) AS s FROM orders WHERE ${where} GROUP BY 1`) +
      cell("segments", "g", "of: spend\nsegments:\n  A: s > 1");
    return ["leak-as-of", spend(past), "orders", spend(before)];
  }),
  ["value-case", PEOPLE + segments("  A: country = 'uk'"), "'uk'", PEOPLE + segments("  A: country = 'UK'")],
  [
    "value-case",
    PEOPLE +
      sql("one", "SELECT customer_id, any_value(country) AS land FROM people GROUP BY 1") +
      cell("segments", "g", "of: one\nsegments:\n  A: land = 'uk'"),
    "'uk'",
    PEOPLE +
      sql("one", "SELECT customer_id, lower(country) AS land FROM people") +
      cell("segments", "g", "of: one\nsegments:\n  A: land = 'uk'"),
  ],
  [
    "value-unknown",
    PEOPLE + segments("  A: country IN ('UK', 'Spain')"),
    "'Spain'",
    PEOPLE + segments("  A: country CONTAINS 'U'"),
  ],
  [
    "value-case",
    ORDERS + cell("features", "f", "columns:\n  baths: count of placed order where category = 'bath'"),
    "'bath'",
    ORDERS + cell("features", "f", "columns:\n  baths: count of placed order where category = 'Bath'"),
  ],
  [
    "value-unknown",
    ORDERS +
      cell("features", "f", "columns:\n  likes: most frequent category of placed order") +
      cell("segments", "g", "of: f\nsegments:\n  A: likes = 'Garden'"),
    "'Garden'",
    ORDERS +
      cell("features", "f", "columns:\n  likes: most frequent category of placed order") +
      cell("segments", "g", "of: f\nsegments:\n  A: likes = 'Bath'"),
  ],
  [
    "value-unknown",
    PEOPLE +
      cell("input", "land", "type: choice\ndefault: UK\noptions: [UK, Spain]") +
      segments("  A: country = $land"),
    "Spain",
    PEOPLE + cell("input", "land", "type: choice\ndefault: UK\noptions: [UK, DE]") + segments("  A: country = $land"),
  ],
  [
    "value-unknown",
    ORDERS.replace("event: placed order", "events: {by: category, names: {Bath: bathed, Sauna: sweated}}"),
    "sweated",
    ORDERS.replace("event: placed order", "events: {by: category, names: {Bath: bathed, Kitchen: cooked}}"),
  ],
  [
    "unused-source",
    PEOPLE + ORDERS + segments("  A: visits > 3"),
    "```source orders",
    PEOPLE + segments("  A: visits > 3"),
  ],
  [
    "unused-input",
    PEOPLE + cell("input", "least", "type: number\ndefault: 3") + segments("  A: visits > 3"),
    "```input least",
    PEOPLE + cell("input", "least", "type: number\ndefault: 3") + segments("  A: visits > $least"),
  ],
  [
    "source-unchecked",
    cell("source", "people", "files: people.csv\ncolumns: {customer_id: BIGINT}") + segments("  A: visits > 3"),
    "```source people",
    PEOPLE + segments("  A: visits > 3"),
  ],
  [
    "key-not-required",
    cell(
      "source",
      "orders",
      "files: orders.csv\ncolumns:\n  order_id: {unique: true}\n  customer_id: BIGINT\nevent: placed order\nat: ordered_at",
    ),
    "BIGINT",
    ORDERS,
  ],
  [
    // A condition on the key keeps rows without it away.
    "key-not-required",
    cell(
      "source",
      "orders",
      "files: orders.csv\nwhere: order_id IS NOT NULL\ncolumns:\n  order_id: {unique: true}\n  customer_id: BIGINT\nevent: placed order\nat: ordered_at",
    ),
    "BIGINT",
    cell(
      "source",
      "orders",
      "files: orders.csv\nwhere: customer_id IS NOT NULL\ncolumns:\n  order_id: {unique: true}\n  customer_id: BIGINT\nevent: placed order\nat: ordered_at",
    ),
  ],
  [
    "money-as-float",
    cell("source", "people", "files: people.csv\ncolumns:\n  customer_id: {required: true}\n  total_spend: DOUBLE"),
    "DOUBLE",
    PEOPLE,
  ],
  [
    "personal-data",
    CUSTOMERS + sql("all", "SELECT customer_id, email FROM customers"),
    "```sql all",
    CUSTOMERS + sql("all", "SELECT customer_id, email IS NOT NULL AS has_email FROM customers"),
  ],
  [
    "event-twice",
    ORDERS + ORDERS.replace("source orders", "source orders_too"),
    "placed order",
    ORDERS + ORDERS.replace("source orders", "source orders_too").replace("placed order", "bought"),
  ],
  [
    "key-types-differ",
    CUSTOMERS + cell("source", "cookies", "files: cookies.csv\ncolumns:\n  customer_id: {type: text, required: true}"),
    "{type: text",
    CUSTOMERS + ORDERS,
  ],
];

describe("a notebook", () => {
  it.each(CASES)("%s is told where it is, and not where it is not", async (code, raises, at, near) => {
    const found = await checkedIn(runs, raises);
    expect(found.codes).toContain(code);
    if (at !== "") expect(found.at(code, at.length)).toBe(at);
    const beside = await checkedIn(runs, near);
    expect(beside.of(code)).toEqual([]);
    expect(beside.checked.findings.filter(({ severity }) => severity === "error")).toEqual([]);
  });

  it("hints at SQL that can be pasted, whatever a column is called", async () => {
    const orders = ORDERS.replace("  ordered_at: TIMESTAMP", "  when: TIMESTAMP")
      .replace("at: ordered_at", "at: when")
      .replace("columns:", "rename: {ordered_at: when}\ncolumns:");
    const spend = "SELECT customer_id, sum(amount) AS s FROM orders";
    const judge = cell("segments", "g", "of: spend\nsegments:\n  A: s > 1");
    const found = await checkedIn(runs, orders + sql("spend", `${spend} GROUP BY 1`) + judge);
    const hint = found.of("leak-as-of")[0]?.hint ?? "";
    const where = /`(WHERE [^`]+)`/.exec(hint)?.[1] ?? "";
    const mended = await checkedIn(runs, orders + sql("spend", `${spend} ${where} GROUP BY 1`) + judge);
    expect([where, ...mended.codes]).toEqual(['WHERE "when" < $as_of']);
  });

  it("has nothing to say of sources, rules and queries that are as they should be", async () => {
    const found = await checkedIn(runs, PEOPLE + segments("  A: visits > 3 AND country = 'UK'"));
    expect(found.checked.findings).toEqual([]);
  });
});
