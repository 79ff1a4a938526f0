import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseRule } from "../../../../server/language/parse-rule.ts";
import { printRule } from "../../../../server/language/print-rule.ts";
import type { Rule } from "../../../../server/language/tree.ts";
import { settledParts } from "../../../../server/segments/guards/idle.ts";
import { areImpossible, fails, holds, implies } from "../../../../server/segments/guards/prove.ts";
import { rules } from "../../language/arbitraries.ts";
import { holds as fits } from "../../language/interpreter.ts";
import { shop, today } from "../../language/shop.ts";
import { choicesOf, clocks, worlds } from "../../language/worlds.ts";

const world = { vocabulary: shop, clock: today, cell: "groups", rules: [] };

function read(text: string): Rule {
  const { rule, problems } = parseRule(text, shop);
  expect(problems, text).toEqual([]);
  if (rule === null) throw new Error(text);
  return rule;
}

describe("Nobody can fit", () => {
  test.each([
    "visits > 5 and visits < 3",
    "visits > 3 and visits < 4",
    "visits between 5 and 3",
    "total_spend > 1.005 and total_spend < 1.01",
    "score > 0.5 and not score > 0.25",
    "country = 'UK' and country = 'FR'",
    "country in ('UK', 'FR') and country not starts with 'U' and country != 'FR'",
    "country contains 'x' and country not contains 'x'",
    "country is known and country is not known",
    "country = 'UK' and country is not known",
    "subscribed != true and subscribed != false",
    "last_purchase < 7 days ago and last_purchase > 3 days ago and last_purchase > 8 days ago",
    "last_purchase before 2026-08-12 and last_purchase on 2026-08-12",
    "last_purchase in last 3 days and last_purchase not in last 7 days",
    "birthday after 2026-11-11 and birthday < 1 day ago",
    "placed order at least 3 times and placed order at most 2 times",
    "placed order fewer than 0 times",
    "placed order never in last 90 days and placed order in last 30 days",
    "placed order never in last 90 days and placed order where amount > 5 in last 30 days",
    "placed order between 2026-10-01 and 2026-10-31 at least 4 times and placed order after 2026-09-01 fewer than 4 times",
    "count of placed order > 3 and placed order exactly 3 times",
    "sum of amount of placed order > 5 and sum of amount of placed order <= 5",
    "distinct category of viewed product < 0",
    "viewed product then placed order within 3 days and placed order never",
    "in segment VIP and not in segment VIP",
    "(visits > 5 or visits < 3) and visits between 3 and 5",
    "not (visits > 5 or visits <= 5 or visits is not known)",
    "country = $empty",
    "visits > $least and visits <= 3",
    "birthday anniversary in next 7 days and not birthday anniversary in next 7 days",
  ])("%s", (text) => expect(areImpossible(world, [holds(read(text))])).toBe(true));
});

describe("Somebody may fit", () => {
  test.each([
    "visits >= 3 and visits < 4",
    "score > 3 and score < 4",
    "country starts with 'U' and country starts with 'UK'",
    "not visits > 5 and not visits <= 5",
    "placed order in last 90 days and placed order never in last 30 days",
    "placed order never and viewed product",
    "placed order where amount > 5 never and placed order",
    "average amount of placed order > 5 and placed order",
    "not sum of amount of placed order > 5",
    "last_purchase < 7 days ago and last_purchase > 3 days ago",
    "country > 'M' and country < 'N'",
    "subscribed != true",
  ])("%s", (text) => expect(areImpossible(world, [holds(read(text))])).toBe(false));
});

describe("Everybody fits", () => {
  test.each([
    ["placed order at least 0 times", "anybody"],
    ["placed order or placed order never", "anybody"],
    ["visits > 5 or visits <= 5 or visits is not known", "anybody"],
    ["visits > 5 or visits <= 5", "whoever is known"],
    ["country != 'UK' or country = 'UK'", "whoever is known"],
    ["sum of amount of placed order >= 0 or sum of amount of placed order < 0", "anybody"],
  ] as const)("%s", (text, of) => {
    expect(areImpossible(world, [fails(read(text))], of)).toBe(true);
    if (of === "whoever is known") expect(areImpossible(world, [fails(read(text))])).toBe(false);
  });
});

describe("One rule implies another", () => {
  test.each([
    ["visits > 5", "visits > 3", true],
    ["visits > 3", "visits > 5", false],
    ["visits > 3", "visits >= 4", true],
    ["placed order", "placed order at least 1 times", true],
    ["not placed order in last 90 days", "placed order never in last 90 days", true],
    ["placed order at least 3 times in last 30 days", "placed order in last 90 days", true],
    ["country = 'UK' and visits > 3", "visits > 3 and country in ('UK', 'FR')", true],
    ["not (visits > 3 or country = 'UK')", "not visits > 3 and not country = 'UK'", true],
    ["country != 'UK'", "not country = 'UK'", true],
    ["not country = 'UK'", "country != 'UK'", false],
  ])("%s ⇒ %s: %s", (one, other, outcome) => expect(implies(world, read(one), read(other))).toBe(outcome));

  test("through the other rules of its cell", () => {
    const withVip = { ...world, rules: [{ name: "VIP", rule: read("visits > 10") }] };
    expect(implies(withVip, read("in segment VIP"), read("visits > 5"))).toBe(true);
    expect(implies(world, read("in segment VIP"), read("visits > 5"))).toBe(false);
  });
});

test("what is proved holds for random rules over random histories", () => {
  const cases = clocks.chain((clock) =>
    fc.record({ around: worlds(clock), rule: rules({ ...choicesOf(clock), segments: [] }) }),
  );
  const proved = { never: 0, always: 0 };
  fc.assert(
    fc.property(cases, ({ around, rule }) => {
      const proving = { ...world, vocabulary: around.vocabulary, clock: around.clock };
      const never = areImpossible(proving, [holds(rule)]);
      const always = areImpossible(proving, [fails(rule)]);
      proved.never += never ? 1 : 0;
      proved.always += always ? 1 : 0;
      for (const person of around.people) {
        const isIn = fits(around, person, rule);
        expect(never && isIn, printRule(rule)).toBe(false);
        expect(always && !isIn, printRule(rule)).toBe(false);
      }
    }),
    { numRuns: Number(process.env.SEGBOOK_LANGUAGE_CASES ?? 0) || 300 },
  );
  // The test is worth something only where something is proved.
  expect(Math.min(proved.never, proved.always)).toBeGreaterThan(0);
});

describe("What is settled in a rule is told at its smallest part", () => {
  test.each([
    ["visits > 5 and visits < 3", ["never alone: visits > 5 | visits < 3"]],
    ["country = 'UK' or (visits > 5 and visits < 3)", ["never alone: visits > 5 | visits < 3"]],
    ["visits > 5 and (visits < 3 or country = 'UK')", ["never beside: visits < 3"]],
    ["visits > 5 and visits > 3", ["always beside: visits > 3"]],
    ["visits > 5 and visits > 5", ["always beside: visits > 5"]],
    ["visits > 5 or visits <= 5", ["always where known: visits > 5 | visits <= 5"]],
    ["country = 'UK' and placed order at least 0 times", ["always alone: placed order at least 0 times"]],
    ["not (visits between 5 and 3)", ["never alone: visits between 5 and 3"]],
    ["visits > 5 and country = 'UK' and placed order", []],
    ["country is known", []],
    ["country is known or visits > 3", []],
    ["placed order in last 90 days and placed order in last 30 days", ["always beside: placed order in last 90 days"]],
  ])("%s", (text, told) => {
    const found = settledParts(world, read(text)).map(({ part, outcome, how, because }) => {
      const of = (because ?? [part]).map((each) => text.slice(each.from, each.to)).join(" | ");
      return `${outcome} ${how}: ${of}`;
    });
    expect(found).toEqual(told);
  });
});
