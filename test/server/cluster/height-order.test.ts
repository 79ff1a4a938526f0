import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ascendingOrder, heightOrder } from "../../../server/cluster/height-order.ts";

describe("heights' order", () => {
  it("is that of a stable sort by comparing", () => {
    const height = fc.oneof(
      fc.double({ min: 0, noNaN: true }),
      fc.constantFrom(0, 1, 1 + Number.EPSILON, 2, Number.MIN_VALUE, Number.MAX_VALUE),
    );
    fc.assert(
      fc.property(fc.array(height, { maxLength: 300 }), (heights) => {
        const expected = [...heights.keys()].sort((s, t) => (heights[s] as number) - (heights[t] as number));
        expect([...heightOrder(Float64Array.from(heights))]).toEqual(expected);
      }),
    );
  });

  it("leaves 0 and −0 in their places", () => {
    expect([...heightOrder(Float64Array.of(0, -0, 1, -0, 0))]).toEqual([0, 1, 3, 4, 2]);
  });
});

it("any numbers' order is that of a stable sort by comparing", () => {
  const value = fc.oneof(fc.double({ noNaN: true }), fc.constantFrom(0, -0, 1, -1, -1 - Number.EPSILON, -Infinity));
  fc.assert(
    fc.property(fc.array(value, { maxLength: 300 }), (values) => {
      const at = (row: number) => values[row] as number;
      const expected = [...values.keys()].sort((s, t) => (at(s) === at(t) ? s - t : at(s) < at(t) ? -1 : 1));
      expect([...ascendingOrder(Float64Array.from(values))]).toEqual(expected);
    }),
  );
});
