import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { floorTo, fromDouble, plain, shift } from "../../../server/language/decimal.ts";
import { nearest } from "../../../server/language/nearest.ts";
import { parseExpression } from "../../../server/language/parse-expression.ts";
import { parseRule } from "../../../server/language/parse-rule.ts";
import { literal, name } from "../../../server/language/quote.ts";
import { reads } from "../../../server/language/reads.ts";
import { findSegmentCycles } from "../../../server/language/segment-cycles.ts";
import { shop } from "./shop.ts";

describe("What a rule needs", () => {
  test("is told once each, with WHERE's columns left out of the attributes", () => {
    const { rule } = parseRule(
      "visits > $least and (visits < 9 or country = $place) and placed order where items > 1 after $since and opened email then viewed product within 1 day and in segment VIP",
      shop,
    );
    expect(rule && reads(rule)).toEqual({
      attributes: ["visits", "country"],
      events: ["orders", "mails", "views"],
      segments: [{ cell: "groups", name: "VIP" }],
      inputs: ["least", "place", "since"],
      usesTime: true,
      usesHistory: false,
    });
  });

  test.each([
    ["visits > 1", false],
    ["last_purchase before 2026-01-01", false],
    ["in segment VIP", false],
    ["last_purchase < 7 days ago", true],
    ["birthday anniversary in next 7 days", true],
    ["last_purchase before $as_of", true],
    ["placed order", true],
    ["entered segment VIP before 2026-01-01", true],
  ])("%s uses time: %s", (text, usesTime) => {
    const { rule } = parseRule(text, shop);
    expect(rule && reads(rule).usesTime).toBe(usesTime);
  });

  test("and so for an expression", () => {
    const { expression } = parseExpression("sum of amount of placed order / (count of viewed product + $least)", shop);
    expect(expression && reads(expression)).toMatchObject({
      events: ["orders", "views"],
      inputs: ["least"],
      attributes: [],
    });
  });
});

describe("Cycles of IN SEGMENT", () => {
  const segment = (cell: string, own: string, text: string) => {
    const segments = ["a", "b", "c", "d"].map((each) => ({ cell, name: each }));
    const { rule } = parseRule(text, { ...shop, segments: [...segments, { cell: "other", name: "e" }] });
    if (!rule) throw new Error(text);
    return { cell, name: own, rule };
  };

  test("are found each once, from the first segment in the list", () => {
    const rules = [
      segment("x", "a", "visits > 1 or not in segment b"),
      segment("x", "b", "in segment c"),
      segment("x", "c", "in segment a and in segment d"),
      segment("x", "d", "in segment d"),
    ];
    const cycles = findSegmentCycles(rules).map((cycle) => cycle.map((each) => each.name).join(" "));
    expect(cycles.sort()).toEqual(["a b c", "d"]);
  });

  test("are not seen in shared or foreign segments", () => {
    const rules = [
      segment("x", "a", "in segment b or in segment c"),
      segment("x", "b", "in segment c"),
      segment("x", "c", "in segment other.e"),
    ];
    expect(findSegmentCycles(rules)).toEqual([]);
  });
});

describe("Decimals", () => {
  test.each([
    ["007.50", "7.5"],
    [".5", "0.5"],
    ["-0", "0"],
    ["-0.0", "0"],
    ["100", "100"],
    ["-001", "-1"],
  ])("%s is %s", (written, value) => expect(plain(written)).toBe(value));

  test("shift exactly, there and back", () => {
    const decimal = fc.tuple(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), fc.nat({ max: 20 }));
    fc.assert(
      fc.property(decimal, fc.integer({ min: -20, max: 20 }), ([digits, places], by) => {
        const number = shift(digits.toString(), -places);
        expect(shift(shift(number, by), -by)).toBe(number);
        expect(shift(number, places)).toBe(digits.toString());
      }),
    );
  });

  test("are floored to a scale as whole numbers are", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }), (digits) => {
        const below = digits / 1000n - (digits < 0n && digits % 1000n !== 0n ? 1n : 0n);
        expect(floorTo(shift(digits.toString(), -5), 2)).toBe(shift(below.toString(), -2));
      }),
    );
  });

  test("from doubles read back as the same double, without an exponent", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const text = fromDouble(value);
        expect(text).toMatch(/^-?\d+(\.\d+)?$/);
        expect(Number(text)).toBe(value === 0 ? 0 : value);
      }),
    );
  });
});

describe("Names", () => {
  test("the nearest are found through a typing slip, the best first", () => {
    expect(nearest("totl_spend", ["total_spend", "country", "total"])[0]).toBe("total_spend");
    expect(nearest("Placed Ordr", ["placed order", "viewed product"])).toEqual(["placed order"]);
    expect(nearest("ocuntry", ["country"])).toEqual(["country"]);
    expect(nearest("xyzzy", ["country", "visits"])).toEqual([]);
  });

  test("are quoted with their quotes doubled, and can't hold NUL", () => {
    expect(name('a"b')).toBe('"a""b"');
    expect(literal("it's")).toBe("'it''s'");
    expect(literal("a\0b")).toBe("('a' || chr(0) || 'b')");
    expect(() => name("a\0b")).toThrow(RangeError);
  });
});
