import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { printRule } from "../../../server/language/print-rule.ts";
import { readRule } from "../../../server/portable/read.ts";
import { writeRule } from "../../../server/portable/write.ts";
import { rules } from "../language/arbitraries.ts";
import { shop } from "../language/shop.ts";
import { anything, parsed, placeless, reading, writing } from "./around.ts";

describe("A rule as react-querybuilder's tree", () => {
  test("is the same rule when it is read again", () => {
    fc.assert(
      fc.property(rules(anything), (rule) => {
        const written = writeRule("tree", rule, writing);
        expect(written.remarks).toEqual([]);
        const read = readRule("tree", written.text ?? "", reading);
        expect(read.remarks, printRule(rule)).toEqual([]);
        expect(placeless(read.rule)).toEqual(placeless(rule));
      }),
      { numRuns: 1000 },
    );
  });

  test("says what the format's own operators say", () => {
    const rule = parsed("(total_spend > 200 AND country IN ('UK', 'DE')) OR NOT (visits BETWEEN 1 AND 5)");
    expect(JSON.parse(writeRule("tree", rule, writing).text ?? "")).toEqual({
      segbook: 1,
      combinator: "or",
      rules: [
        {
          combinator: "and",
          rules: [
            { field: "total_spend", operator: ">", value: 200 },
            { field: "country", operator: "in", value: ["UK", "DE"] },
          ],
        },
        { combinator: "and", not: true, rules: [{ field: "visits", operator: "between", value: [1, 5] }] },
      ],
    });
  });
});

/** Queries as react-querybuilder's documentation shows them, with values as its editors write them. */
describe("A plain query of react-querybuilder", () => {
  const read = (query: unknown) => readRule("tree", JSON.stringify(query), reading);

  test("is read with the columns' types, texts and arrays alike", () => {
    const query = {
      combinator: "and",
      rules: [
        { field: "total_spend", operator: ">=", value: "200" },
        { field: "visits", operator: "between", value: "12,14" },
        { field: "country", operator: "in", value: "UK, DE" },
        { field: "country", operator: "notIn", value: ["FR"] },
        { field: "subscribed", operator: "=", value: true },
        { field: "last_purchase", operator: "<", value: "2026-08-12" },
        {
          combinator: "or",
          not: true,
          rules: [
            { field: "country", operator: "beginsWith", value: "U" },
            { field: "country", operator: "doesNotContain", value: "x" },
            { field: "country", operator: "doesNotEndWith", value: "K" },
            { field: "visits", operator: "notBetween", value: [1, 2] },
            { field: "score", operator: "null", value: null },
            { field: "score", operator: "notNull", value: null },
          ],
        },
      ],
    };
    const { text, remarks } = read(query);
    expect(remarks).toEqual([]);
    expect(text).toBe(
      "total_spend >= 200 AND visits between 12 and 14 AND country in ('UK', 'DE') AND country not in ('FR') AND subscribed = true" +
        " AND last_purchase < 2026-08-12 AND NOT (country starts with 'U' OR country not contains 'x' OR country not ends with 'K'" +
        " OR visits not between 1 and 2 OR score is not known OR score is known)",
    );
  });

  test("may have its combinators between the rules, where AND binds tighter", () => {
    const rule = (value: number) => ({ field: "visits", operator: "=", value });
    expect(
      read({ rules: [rule(1), "and", rule(2), "or", rule(3), "and", { rules: [rule(4), "or", rule(5)] }] }).text,
    ).toBe("(visits = 1 AND visits = 2) OR (visits = 3 AND (visits = 4 OR visits = 5))");
    expect(read({ rules: [rule(1), "xor", rule(2)] }).remarks[0]).toMatchObject({
      at: "$.rules[1]",
      severity: "error",
    });
  });

  test("is not taken in part: everything that can't be read is named with its place", () => {
    const query = {
      combinator: "and",
      rules: [
        { field: "visits", operator: "=", value: 1 },
        { field: "visits", operator: "=", value: "score", valueSource: "field" },
        { field: "visists", operator: "=", value: 1 },
        { field: "visits", operator: "modulo", value: 2 },
        { field: "visits", operator: "=", value: "many" },
        { field: "country", operator: "=", value: "UK", muted: true },
        { combinator: "and", rules: [] },
        {
          combinator: "xor",
          rules: [
            { field: "visits", operator: "=", value: 1 },
            { field: "visits", operator: "=", value: 2 },
          ],
        },
      ],
    };
    const { rule, text, remarks, unknown } = read(query);
    expect([rule, text]).toEqual([null, null]);
    expect(remarks.map(({ at, code }) => `${at} ${code}`)).toEqual([
      "$.rules[1] not-said-here",
      "$.rules[2].field unknown-attribute",
      "$.rules[3] not-said-here",
      "$.rules[4] wrong-type",
      "$.rules[5] not-said-here",
      "$.rules[6].rules expected-list",
      "$.rules[7] not-said-here",
    ]);
    expect(unknown).toMatchObject([{ what: "attribute", theirs: "visists", at: "$.rules[2].field", near: ["visits"] }]);
  });

  test("takes the names that it is told", () => {
    const query = JSON.stringify({ combinator: "and", rules: [{ field: "CLV", operator: ">", value: "9.5" }] });
    const read = readRule("tree", query, { ...reading, map: new Map([["CLV", "total_spend"]]) });
    expect([read.text, read.remarks]).toEqual(["total_spend > 9.5", []]);
    expect(shop.attributes.some(({ name }) => name === "total_spend")).toBe(true);
  });
});
