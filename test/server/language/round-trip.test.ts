import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { describeExpression, describeRule } from "../../../server/language/describe.ts";
import { parseExpression } from "../../../server/language/parse-expression.ts";
import { parseRule } from "../../../server/language/parse-rule.ts";
import { printExpression } from "../../../server/language/print-expression.ts";
import { printRule } from "../../../server/language/print-rule.ts";
import { type Choices, commonest, duration, expressions, rules } from "./arbitraries.ts";
import { shop, today } from "./shop.ts";

const units = ["minute", "hour", "day", "week", "month", "quarter", "year"] as const;
const anything: Choices = {
  numbers: fc
    .tuple(
      fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }),
      fc.constantFrom("", ".5", ".25", ".000001", ".123456789012"),
    )
    .map(([whole, fraction]) => `${whole}${fraction}`),
  texts: fc.oneof(
    fc.string({ unit: "grapheme", maxLength: 12 }),
    fc.constantFrom("", "'", '"', "`", "''", " AND ", "UK", "50%", "a_b", ") OR (", "\n", "2026-01-01"),
  ),
  moments: fc.constantFrom(
    "2026-08-12",
    "2024-02-29",
    "2026-08-12 09:30",
    "2026-08-12T09:30:15.25",
    "2026-08-12 09:30:00Z",
    "2026-08-12T09:30+02:00",
    "9999-12-31",
  ),
  durations: fc
    .tuple(fc.integer({ min: 1, max: 400 }), fc.constantFrom(...units))
    .map(([count, unit]) => duration(count, unit)),
  inputs: true,
  segments: ["VIP", "Weekly buyers", "in doubt"].map((name) => ({
    ...{ cell: "groups", name, qualified: name === "VIP" },
    ...{ from: 0, to: 0 },
  })),
  moves: "with moves",
};

describe("Text and tree are two views of one thing", () => {
  test("a rule that is printed and read again is the same rule", () => {
    fc.assert(
      fc.property(rules(anything), (rule) => {
        const text = printRule(rule);
        const read = parseRule(text, shop);
        expect(read.problems, text).toEqual([]);
        expect(placeless(read.rule), text).toEqual(placeless(rule));
        expect(printRule(read.rule ?? rule)).toBe(text);
        expect(describeRule(rule, today)).not.toBe("");
      }),
      { numRuns: 1500 },
    );
  });

  test("an expression that is printed and read again is the same expression", () => {
    fc.assert(
      fc.property(fc.oneof(expressions(anything), commonest(anything)), (expression) => {
        const text = printExpression(expression);
        const read = parseExpression(text, shop);
        expect(read.problems, text).toEqual([]);
        expect(placeless(read.expression), text).toEqual(placeless(expression));
        expect(printExpression(read.expression ?? expression)).toBe(text);
        expect(describeExpression(expression, today)).not.toBe("");
      }),
      { numRuns: 1000 },
    );
  });

  test("the offsets of a condition are those of its text", () => {
    const text = "  visits = 1 and (placed order where amount > 5 in last 3 days or not country is known) ";
    const { rule } = parseRule(text, shop);
    const parts = rule?.kind === "and" ? rule.parts : [];
    expect(parts.map((part) => text.slice(part.from, part.to))).toEqual([
      "visits = 1",
      "placed order where amount > 5 in last 3 days or not country is known",
    ]);
    const inner = parts[1]?.kind === "or" ? parts[1].parts : [];
    expect(inner.map((part) => text.slice(part.from, part.to))).toEqual([
      "placed order where amount > 5 in last 3 days",
      "not country is known",
    ]);
    expect(rule && text.slice(rule.from, rule.to)).toBe(text.trim().replace(/\)$/, ")"));
  });
});

describe("No text breaks the reader", () => {
  const words = fc.constantFrom(
    ..."and or not in segment last next the where between then within at least most more than never times days ago of sum count max ( ) , = < > != ' \" ` $ $least % - + * / . 5 1,500 20% 2026-08-12 total_spend visits country placed order viewed product VIP event attribute is known contains starts with since first average most frequent 'UK' anniversary".split(
      " ",
    ),
  );
  const texts = fc.oneof(
    fc.array(words, { maxLength: 14 }).map((parts) => parts.join(" ")),
    fc.string({ unit: "binary", maxLength: 30 }),
  );

  test("a rule or an expression is read, or there is a problem inside the text, said in full", () => {
    fc.assert(
      fc.property(texts, (text) => {
        const rule = parseRule(text, shop);
        const expression = parseExpression(text, shop);
        expect(rule.rule !== null || rule.problems.length > 0).toBe(true);
        expect(expression.expression !== null || expression.problems.length > 0).toBe(true);
        for (const problem of [...rule.problems, ...expression.problems]) {
          expect(problem.from).toBeGreaterThanOrEqual(0);
          expect(problem.to).toBeGreaterThanOrEqual(problem.from);
          expect(problem.to).toBeLessThanOrEqual(text.length);
          expect(problem.message.length * problem.hint.length).toBeGreaterThan(0);
        }
        if (rule.rule && rule.problems.length === 0) {
          const again = parseRule(printRule(rule.rule), shop);
          expect(placeless(again.rule), text).toEqual(placeless(rule.rule));
        }
      }),
      { numRuns: 3000 },
    );
  });
});

/** A tree without its offsets. */
function placeless(tree: unknown): unknown {
  return JSON.parse(JSON.stringify(tree, (key, value) => (key === "from" || key === "to" ? undefined : value)));
}
