import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { printRule } from "../../../server/language/print-rule.ts";
import { readRule } from "../../../server/portable/read.ts";
import { writeRule } from "../../../server/portable/write.ts";
import { rules } from "../language/arbitraries.ts";
import { holds, type Row } from "../language/interpreter.ts";
import { shop, today } from "../language/shop.ts";
import { likely, parsed, reading, writing } from "./around.ts";
import { evaluate } from "./evaluate-jsonlogic.ts";

const people = fc.record({
  total_spend: fc.constantFrom(null, 0, 1, 2, 2.5, 20, 100),
  visits: fc.constantFrom(null, 0, 1, 2, 20),
  score: fc.constantFrom(null, -1, 0, 2.5),
  country: fc.constantFrom(null, "", "UK", "DE", "shoes"),
  subscribed: fc.constantFrom(null, true, false),
  "between days": fc.constantFrom(null, 1, 2),
});

function isIn(person: Row, rule: Parameters<typeof holds>[2]): boolean {
  return holds({ vocabulary: shop, clock: today, relations: {} }, person, rule);
}

describe("A rule on attributes as JsonLogic", () => {
  test("holds for the same people there and when it is read again, missing values and all", () => {
    fc.assert(
      fc.property(rules(likely), fc.array(people, { minLength: 6, maxLength: 6 }), (rule, some) => {
        const written = writeRule("jsonlogic", rule, writing);
        if (written.text === null) {
          expect(written.remarks.length).toBeGreaterThan(0);
          return;
        }
        const read = readRule("jsonlogic", written.text, reading);
        expect(read.remarks, `${printRule(rule)}\n${written.text}`).toEqual([]);
        for (const person of some) {
          const here = isIn(person, rule);
          expect(evaluate(JSON.parse(written.text), person) === true, written.text).toBe(here);
          expect(read.rule !== null && isIn(person, read.rule), `${printRule(rule)}\n${read.text}`).toBe(here);
        }
      }),
      { numRuns: 1500 },
    );
  });

  test("asks for a value before it orders, and says no more than it must when it is read again", () => {
    const written = writeRule(
      "jsonlogic",
      parsed("visits < 5 AND country != 'UK' AND country starts with 'D'"),
      writing,
    );
    expect(JSON.parse(written.text ?? "")).toEqual({
      and: [
        { and: [{ "!==": [{ var: "visits" }, null] }, { "<": [{ var: "visits" }, 5] }] },
        { and: [{ "!==": [{ var: "country" }, null] }, { "!==": [{ var: "country" }, "UK"] }] },
        { and: [{ "!==": [{ var: "country" }, null] }, { "===": [{ substr: [{ var: "country" }, 0, 1] }, "D"] }] },
      ],
    });
    const simple = writeRule("jsonlogic", parsed("visits < 5 AND country != 'UK'"), writing);
    expect(readRule("jsonlogic", simple.text ?? "", reading).text).toBe("visits < 5 AND country != 'UK'");
  });

  test("names each thing that JsonLogic does not say", () => {
    const text = "placed order AND in segment VIP AND last_purchase < 7 days ago AND last_purchase before 2026-08-12";
    const { text: written, remarks } = writeRule("jsonlogic", parsed(text), writing);
    expect(written).toBeNull();
    expect(remarks.map(({ at, message }) => `${at}: ${message}`)).toEqual([
      "placed order: JsonLogic does not say events.",
      "in segment VIP: JsonLogic does not say segments.",
      "last_purchase < 7 days ago: JsonLogic does not say dates and times.",
      "last_purchase before 2026-08-12: JsonLogic does not say dates and times.",
    ]);
  });

  test("writes an input as its present value, and says so", () => {
    const { text, remarks } = writeRule("jsonlogic", parsed("visits >= $least"), writing);
    expect(text).not.toBeNull();
    expect(remarks.map(({ code, severity }) => [code, severity])).toEqual([["input-as-value", "note"]]);
  });
});

describe("A rule of JsonLogic", () => {
  const read = (rule: unknown) => readRule("jsonlogic", JSON.stringify(rule), reading);

  test("is read in its usual forms", () => {
    expect(read({ and: [{ "<": [{ var: "visits" }, 110] }, { "==": [{ var: "country" }, "UK"] }] }).text).toBe(
      "visits < 110 AND country = 'UK'",
    );
    expect(read({ "<=": [1, { var: "visits" }, 5] }).text).toBe("visits >= 1 AND visits <= 5");
    expect(read({ in: [{ var: ["country"] }, ["UK", "DE"]] }).text).toBe("country in ('UK', 'DE')");
    expect(read({ in: ["K", { var: "country" }] }).text).toBe("country contains 'K'");
    expect(read({ "!": { var: "subscribed" } }).text).toBe("NOT subscribed = true");
    expect(read({ missing: ["country", "visits"] }).text).toBe("country is not known OR visits is not known");
  });

  test("is refused where it calculates, chooses, or compares columns, with the place", () => {
    const remarks = (rule: unknown) => read(rule).remarks.map(({ at, code }) => `${at} ${code}`);
    expect(remarks({ and: [{ ">": [{ "+": [{ var: "visits" }, 1] }, 5] }, { if: [true, true, false] }] })).toEqual([
      '$.and[0][">"][0] not-said-here',
      "$.and[1] not-said-here",
    ]);
    expect(remarks({ "==": [{ var: "visits" }, { var: "score" }] })).toEqual(["$ not-said-here"]);
    expect(remarks({ "==": [{ var: "visits" }, "5"] })).toEqual(['$["=="][1] wrong-type']);
    expect(remarks({ "===": [1, 1] })).toEqual(["$ not-said-here"]);
  });
});
