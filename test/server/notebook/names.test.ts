import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalBody } from "../../../server/notebook/canonical.ts";
import { didYouMean, editDistance, nearest } from "../../../server/notebook/nearest.ts";

describe("near names", () => {
  // Published examples of the restricted distance.
  test.each([
    ["kitten", "sitting", 3],
    ["ca", "abc", 3],
    ["saturday", "sunday", 3],
    ["abcd", "acbd", 1],
    ["", "abc", 3],
  ])("the distance of %j and %j is %i", (a, b, expected) => {
    expect(editDistance(a, b)).toBe(expected);
    expect(editDistance(b, a)).toBe(expected);
  });

  test("are the best three at most, the best first", () => {
    expect(nearest("totl_spend", ["total_spend", "country", "total_send", "spend"])).toEqual([
      "total_spend",
      "total_send",
    ]);
    expect(nearest("a1", ["a2", "a3", "a4", "a5"])).toEqual(["a2", "a3", "a4"]);
  });

  test("are found through case, spaces, swapped letters and missing ends", () => {
    expect(nearest("Total Spend", ["total_spend"])).toEqual(["total_spend"]);
    expect(nearest("coutnry", ["country"])).toEqual(["country"]);
    expect(nearest("custmer", ["customer_id", "country"])).toEqual(["customer_id"]);
  });

  test("are none where none is near", () => {
    expect(nearest("x", ["y", "total_spend"])).toEqual([]);
    expect(didYouMean("x", ["y"], "Look it up.")).toBe("Look it up.");
    expect(didYouMean("sq", ["sql"], "")).toBe("Did you mean `sql`?");
  });
});

describe("a body's canonical text", () => {
  test("does not hang on the order of keys", () => {
    expect(canonicalBody({ b: [1, { d: null, c: "x" }], a: true })).toBe('{"a":true,"b":[1,{"c":"x","d":null}]}');
    expect(canonicalBody({ a: true, b: [1, { c: "x", d: null }] })).toBe('{"a":true,"b":[1,{"c":"x","d":null}]}');
  });

  test("is JSON of the same value", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(canonicalBody(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  test("tells texts from numbers, and refuses what JSON can't hold", () => {
    expect(canonicalBody({ a: "1" })).not.toBe(canonicalBody({ a: 1 }));
    expect(() => canonicalBody({ a: Number.NaN })).toThrow(TypeError);
    expect(() => canonicalBody({ a: () => 1 })).toThrow(TypeError);
  });
});
