import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Bits, count, noBits, spread, union } from "../../../../server/run/preview/bits.ts";
import { combinationsOf } from "../../../../server/run/preview/combinations.ts";

function bitsOf(truths: readonly boolean[]): Bits {
  const bits = noBits(truths.length);
  truths.forEach((truth, row) => {
    const word = Math.floor(row / 32);
    if (truth) bits[word] = ((bits[word] ?? 0) | (1 << (row % 32))) >>> 0;
  });
  return bits;
}

const world = fc.tuple(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 0, max: 5 })).chain(([rows, conditions]) => {
  const truths = fc.array(fc.boolean(), { minLength: rows, maxLength: rows });
  return fc.record({
    rows: fc.constant(rows),
    conditions: fc.array(truths, { minLength: conditions, maxLength: conditions }),
    excluded: fc.option(truths),
    earlier: fc.option(truths),
  });
});

describe("combinations of conditions", () => {
  it("count every person who is not excluded once, with who was taken earlier", () => {
    fc.assert(
      fc.property(world, ({ rows, conditions, excluded, earlier }) => {
        const found = combinationsOf({
          conditions: conditions.map(bitsOf),
          excluded: excluded && bitsOf(excluded),
          earlier: earlier && bitsOf(earlier),
          people: rows,
        });
        const people = new Map<number, { people: number; earlier: number }>();
        for (let row = 0; row < rows; row += 1) {
          if (excluded?.[row]) continue;
          const which = conditions.reduce((sum, truths, n) => sum + (truths[row] ? 2 ** n : 0), 0);
          const before = people.get(which) ?? { people: 0, earlier: 0 };
          people.set(which, { people: before.people + 1, earlier: before.earlier + (earlier?.[row] ? 1 : 0) });
        }
        const expected = [...people].sort(([a], [b]) => a - b).map(([which, counts]) => ({ which, ...counts }));
        expect(found).toEqual(expected);
      }),
    );
  });
});

describe("truths a bit a row", () => {
  it("are spread from rows and masks", () => {
    const [first, second] = spread(Float64Array.of(0, 33, 64), Float64Array.of(1, 3, 2), { count: 2, most: 70 });
    expect(first).toEqual(Uint32Array.of(1, 2, 0));
    expect(second).toEqual(Uint32Array.of(0, 2, 1));
  });

  it("are counted as they are without others", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), fc.boolean())), (rows) => {
        const [of, without] = [0, 1].map((side) => bitsOf(rows.map((row) => row[side] === true)));
        if (of === undefined || without === undefined) throw new Error("two sides");
        expect(count(of, null)).toBe(rows.filter(([one]) => one).length);
        expect(count(of, without)).toBe(rows.filter(([one, other]) => one && !other).length);
        expect(count(union([of, without]) ?? noBits(0), null)).toBe(rows.filter(([one, other]) => one || other).length);
      }),
    );
  });
});
