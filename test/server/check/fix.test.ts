import { describe, expect, it } from "vitest";
import { checkNotebook } from "../../../server/check/check.ts";
import { mended } from "../../../server/check/fix.ts";
import { parseNotebook } from "../../../server/notebook/parse.ts";
import { PATH } from "../run/notebook-runs.ts";
import { CUSTOMERS, ORDERS, sharedRuns, sql } from "./checked.ts";

const never = new AbortController().signal;
const runs = await sharedRuns();
const HEAD = "---\nsegbook: 1\nas_of: 2026-10-31\n---\n\n";

async function look(text: string) {
  const ask = { path: PATH, text, set: {}, asOf: null, silos: "known" } as const;
  return (await checkNotebook(runs.session, ask, never)).findings;
}

function fix(text: string) {
  return mended(text, look);
}

function segments(rules: string): string {
  return `\`\`\`segments groups\nof: customers\nsegments:\n${rules}\n\`\`\`\n\nProse: stays.\n`;
}

/** [what is mended, the slip, what it becomes]. */
const CASES: [what: string, from: string, to: string][] = [
  [
    "a rule that a comment would cut",
    CUSTOMERS + segments("  A: email CONTAINS 'a #1'\n  B: customer_id > 1"),
    CUSTOMERS + segments("  A: |-\n    email CONTAINS 'a #1'\n  B: customer_id > 1"),
  ],
  [
    "a rule that begins with a quote",
    CUSTOMERS + segments('  A: "customer_id" > 1'),
    CUSTOMERS + segments('  A: |-\n    "customer_id" > 1'),
  ],
  [
    "a value in the wrong case, in a rule",
    CUSTOMERS + segments("  A: country = 'uk'"),
    CUSTOMERS + segments("  A: country = 'UK'"),
  ],
  [
    "a value in the wrong case, in a block",
    CUSTOMERS + segments("  A: |-\n    customer_id > 1\n    AND country IN ('DE', \"uk\")"),
    CUSTOMERS + segments("  A: |-\n    customer_id > 1\n    AND country IN ('DE', \"UK\")"),
  ],
  [
    "a value in the wrong case, in SQL",
    CUSTOMERS + sql("q", "SELECT *\nFROM customers WHERE country = 'uk '"),
    CUSTOMERS + sql("q", "SELECT *\nFROM customers WHERE country = 'UK'"),
  ],
  [
    "a comparison with NULL",
    ORDERS + sql("q", "SELECT 'é', * FROM orders WHERE category <> NULL"),
    ORDERS + sql("q", "SELECT 'é', * FROM orders WHERE category IS NOT NULL"),
  ],
  ["a key in the wrong case", ORDERS.replace("event:", "Event:"), ORDERS],
  [
    "a key with a dash",
    CUSTOMERS.replace("files:", "on-error: stop\nfiles:"),
    CUSTOMERS.replace("files:", "on_error: stop\nfiles:"),
  ],
  [
    "a kind in the wrong case",
    CUSTOMERS + sql("q", "SELECT 1 AS a").replace("```sql", "```SQL"),
    CUSTOMERS + sql("q", "SELECT 1 AS a"),
  ],
  [
    "a choice in the wrong case, and what it had hidden",
    ORDERS.replace("event:", "on_error: Stop\nevent:") + sql("q", "SELECT * FROM orders WHERE category = 'bath'"),
    ORDERS.replace("event:", "on_error: stop\nevent:") + sql("q", "SELECT * FROM orders WHERE category = 'Bath'"),
  ],
];

describe("--fix", () => {
  it.each(CASES)("mends %s, and nothing else", async (_, from, to) => {
    for (const end of ["\n", "\r\n"]) {
      const slip = (HEAD + from).replaceAll("\n", end);
      const { text, done } = await fix(slip);
      expect(text).toBe((HEAD + to).replaceAll("\n", end));
      expect(done.length).toBeGreaterThan(0);
      expect((await fix(text)).done).toEqual([]);
      expect(parseNotebook(text).problems).toEqual([]);
    }
  });

  it.each([
    ["a name that is merely near", CUSTOMERS.replace("columns:", "colums:")],
    [
      "a rule in braces, which a comma may have split",
      `${CUSTOMERS}\`\`\`segments g\nof: customers\nsegments: {A: country IN ('UK', 'DE')}\n\`\`\`\n`,
    ],
    ["a value that is none of the column's", CUSTOMERS + segments("  A: country = 'Spain'")],
    ["a query with a random value", ORDERS + sql("q", "SELECT random() AS r FROM orders")],
    ["a rule that goes on in the next line", CUSTOMERS + segments("  A: country = 'UK' #\n    AND customer_id > 1")],
  ])("leaves %s as it is", async (_, slip) => {
    const { text, done } = await fix(HEAD + slip);
    expect(text).toBe(HEAD + slip);
    expect(done).toEqual([]);
  });
});
