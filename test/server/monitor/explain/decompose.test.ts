import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decompose } from "../../../../server/monitor/explain/decompose.ts";

const count = fc
  .integer({ min: 0, max: 5000 })
  .chain((n) => fc.record({ n: fc.constant(n), x: fc.integer({ min: 0, max: n }) }));
const parts = fc.array(fc.record({ name: fc.string(), before: count, after: count }), { minLength: 1, maxLength: 12 });

describe("mix and rate", () => {
  it("add up to the change, and so do the parts", () => {
    fc.assert(
      fc.property(parts, (given) => {
        const found = decompose(given);
        if (found === null) return;
        expect(Math.abs(found.mix + found.rate - found.total)).toBeLessThan(1e-9);
        const sum = found.parts.reduce((total, part) => total + part.mix + part.rate, 0);
        expect(Math.abs(sum - found.total)).toBeLessThan(1e-9);
      }),
      { numRuns: 500, seed: 4 },
    );
  });

  it("equal the formula worked by hand", () => {
    // Shares ½, ½ → ¼, ¾; rates 0.4, 0.2 → 0.4, 0.1. ΔR = 0.175 − 0.3.
    // Mix: −¼ · 0.4 + ¼ · 0.15 = −0.0625. Rate: 0 + (−0.1)(½ + ¾)/2 = −0.0625.
    const found = decompose([
      { name: "gmail.com", before: { x: 40, n: 100 }, after: { x: 40, n: 100 } },
      { name: "work.example", before: { x: 20, n: 100 }, after: { x: 30, n: 300 } },
    ]);
    expect(found?.total).toBeCloseTo(-0.125, 12);
    expect(found?.mix).toBeCloseTo(-0.0625, 12);
    expect(found?.rate).toBeCloseTo(-0.0625, 12);
    expect(found?.verdict).toBe("both");
  });

  it("call a pure change of make-up mix, also where a part is new", () => {
    const found = decompose([
      { name: "a", before: { x: 300, n: 1000 }, after: { x: 90, n: 300 } },
      { name: "b", before: { x: 10, n: 100 }, after: { x: 80, n: 800 } },
      { name: "new", before: { x: 0, n: 0 }, after: { x: 5, n: 100 } },
    ]);
    expect(found?.verdict).toBe("mix");
    expect(found?.rate).toBeCloseTo(0, 12);
  });

  it("call the same people behaving otherwise rate, and rank the part that did first", () => {
    const found = decompose([
      { name: "steady", before: { x: 30, n: 100 }, after: { x: 60, n: 200 } },
      { name: "falling", before: { x: 60, n: 200 }, after: { x: 80, n: 400 } },
    ]);
    expect(found?.verdict).toBe("rate");
    expect(found?.parts[0]?.name).toBe("falling");
  });

  it("are unknown where a side has no chances", () => {
    expect(decompose([{ name: "a", before: { x: 0, n: 0 }, after: { x: 1, n: 2 } }])).toBeNull();
  });
});
