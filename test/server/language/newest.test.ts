import type { DuckDBConnection } from "@duckdb/node-api";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { compileRules, newestName } from "../../../server/language/compile-rules.ts";
import { parseRule } from "../../../server/language/parse-rule.ts";
import { printRule } from "../../../server/language/print-rule.ts";
import { hasNewest } from "../../../server/language/sql-newest.ts";
import type { Rule } from "../../../server/language/tree.ts";
import { rules } from "./arbitraries.ts";
import { rowsOf } from "./duckdb.ts";
import { newestOf } from "./interpret-newest.ts";
import { load, open } from "./members.ts";
import { shop, today } from "./shop.ts";
import { choicesOf, clocks, worlds } from "./worlds.ts";

let engine: DuckDBConnection;
beforeAll(async () => {
  engine = await open();
  await load({
    people: [{ customer_id: 1, country: "UK", visits: 9 }, { customer_id: 2, country: "FR" }, { customer_id: 3 }],
    orders: [
      { customer_id: 1, at: "2026-10-01T00:00:00", amount: 10 },
      { customer_id: 1, at: "2026-11-01T00:00:00", amount: 500 },
      { customer_id: 1, at: "2026-11-05T00:00:00", amount: 1 },
      { customer_id: 1, at: "2026-11-11T00:00:00", amount: 900 },
      { customer_id: 2, at: "2026-01-01T12:00:00", amount: 70 },
    ],
    views: [
      { customer_id: 1, at: "2026-10-31T00:00:00Z", category: "X" },
      { customer_id: 1, at: "2026-11-09T06:00:00Z", category: "Y" },
      { customer_id: 2, at: "2026-11-02T00:00:00+02:00", category: "X" },
    ],
    mails: [
      { customer_id: 1, at: "2026-11-07", kind: "open" },
      { customer_id: 2, at: "2026-11-08", kind: "click" },
    ],
  });
});

describe("The newest event that makes a rule true", () => {
  test.each([
    ["placed order", "2026-11-05T00:00:00Z", "2026-01-01T12:00:00Z"],
    ["placed order where amount > 5", "2026-11-01T00:00:00Z", "2026-01-01T12:00:00Z"],
    ["placed order before 2026-11-01", "2026-10-01T00:00:00Z", "2026-01-01T12:00:00Z"],
    ["placed order at least 2 times", "2026-11-05T00:00:00Z", null],
    ["sum of amount of placed order in last 365 days > 60", "2026-11-05T00:00:00Z", "2026-01-01T12:00:00Z"],
    ["opened email", "2026-11-07T00:00:00Z", null],
    ["viewed product where category = 'X'", "2026-10-31T00:00:00Z", "2026-11-01T22:00:00Z"],
  ])("of %s is the latest of those that its condition counts, before as_of", async (text, first, second) => {
    expect(await newest(text)).toEqual([first, second, null]);
  });

  test("of AND is the newest of all parts, of OR the newest of the parts that hold", async () => {
    expect(await newest("placed order AND viewed product")).toEqual([
      "2026-11-09T06:00:00Z",
      "2026-11-01T22:00:00Z",
      null,
    ]);
    const either = "placed order at least 4 times OR opened email OR (viewed product AND clicked in email)";
    expect(await newest(either)).toEqual(["2026-11-07T00:00:00Z", "2026-11-08T00:00:00Z", null]);
  });

  test("never is one of what did not happen", async () => {
    expect(await newest("placed order AND NOT clicked in email")).toEqual(["2026-11-05T00:00:00Z", null, null]);
    expect(await newest("viewed product AND opened email never")).toEqual([null, "2026-11-01T22:00:00Z", null]);
    expect(await newest("viewed product AND placed order at most 9 times")).toEqual([
      "2026-11-09T06:00:00Z",
      "2026-11-01T22:00:00Z",
      null,
    ]);
    expect(await newest("NOT (placed order never)")).toEqual(["2026-11-05T00:00:00Z", "2026-01-01T12:00:00Z", null]);
    expect(await newest("NOT (opened email never OR sum of amount of placed order <= 100)")).toEqual([
      "2026-11-07T00:00:00Z",
      null,
      null,
    ]);
  });

  test("is missing where the rule holds by an attribute alone", async () => {
    expect(await newest("country = 'UK' OR clicked in email")).toEqual([null, "2026-11-08T00:00:00Z", null]);
  });

  test("of a sequence is the end of the newest one, not its last step alone", async () => {
    // The order of 5 November follows no view within two days; that of the first does.
    expect(await newest("viewed product THEN placed order WITHIN 2 days")).toEqual([
      "2026-11-01T00:00:00Z",
      null,
      null,
    ]);
    const both = "viewed product THEN placed order WITHIN 2 days AND opened email";
    expect(await newest(both)).toEqual(["2026-11-07T00:00:00Z", null, null]);
  });

  test("may be one at all only where something has to happen", () => {
    const datable = (text: string) => hasNewest(ruleOf(text));
    expect(["placed order", "NOT opened email never", "country = 'UK' OR placed order"].map(datable)).toEqual([
      true,
      true,
      true,
    ]);
    const absent = ["placed order never", "NOT placed order", "count of placed order < 3", "visits > 3"];
    expect([...absent, "IN SEGMENT VIP", "placed order at most 2 times"].map(datable)).toEqual([
      ...[false, false, false, false],
      ...[false, false],
    ]);
  });
});

describe("The newest event by SQL and by looking at every event", () => {
  test("agree over random histories", async () => {
    const cases = clocks.chain((clock) => {
      const trees = fc.array(rules(choicesOf(clock)), { minLength: 4, maxLength: 4 });
      return fc.record({ world: worlds(clock), rules: trees });
    });
    await fc.assert(
      fc.asyncProperty(cases, async ({ world, rules: trees }) => {
        const named = trees.map((rule, index) => ({ name: `r${index}`, rule }));
        await load({ people: world.people, ...world.relations });
        const around = { of: "people", entity: "customer_id", cell: "groups", newest: named.map(({ name }) => name) };
        const compiled = compileRules({ ...around, rules: named, vocabulary: world.vocabulary, clock: world.clock });
        if (!compiled.ok) throw new Error(JSON.stringify(compiled.problems));
        const rows = await rowsOf(engine, `SELECT * FROM (${compiled.sql}) ORDER BY customer_id`);
        for (const [index, person] of world.people.entries()) {
          for (const { name, rule } of named) {
            const found = rows[index]?.[newestName(name)] ?? null;
            const expected = newestOf(world, person, rule);
            const micros = expected === null ? null : String(expected.epochNanoseconds / 1000n);
            expect(found === null ? null : String(found), `${printRule(rule)} of ${person.customer_id}`).toBe(micros);
            if (expected !== null) expect(hasNewest(rule)).toBe(true);
          }
        }
      }),
      { numRuns: Number(process.env.SEGBOOK_LANGUAGE_CASES ?? 0) || 50 },
    );
  });
});

function ruleOf(text: string): Rule {
  const { rule, problems } = parseRule(text, shop);
  expect(problems, text).toEqual([]);
  if (!rule) throw new Error(text);
  return rule;
}

/** For each person in order, the moment; null where there is none. */
async function newest(text: string): Promise<(string | null)[]> {
  const rules = [{ name: "one", rule: ruleOf(text) }];
  const around = { vocabulary: shop, clock: today, cell: "here" };
  const compiled = compileRules({ of: "people", entity: "customer_id", rules, newest: ["one"], ...around });
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.problems));
  const rows = await rowsOf(engine, `SELECT * FROM (${compiled.sql}) ORDER BY customer_id`);
  return rows.map((row) => {
    const micros = row[newestName("one")];
    return micros === null ? null : new Date(Number(micros) / 1000).toISOString().replace(".000", "");
  });
}
