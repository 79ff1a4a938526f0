import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { principalComponents, project } from "../../../server/cluster/principal.ts";

describe("principal components", () => {
  test("are those of prcomp for a textbook's ten points", () => {
    // Smith, A tutorial on principal components analysis (2002): eigenvalues 1.28402771 and 0.0490833989.
    const x = [2.5, 0.5, 2.2, 1.9, 3.1, 2.3, 2, 1, 1.5, 1.1];
    const y = [2.4, 0.7, 2.9, 2.2, 3, 2.7, 1.6, 1.1, 1.6, 0.9];
    const points = Float64Array.from(x.flatMap((value, at) => [value, y[at] ?? 0]));
    const found = principalComponents(points, { rows: 10, columns: 2 }, 2);
    expect(found.axes[0]).toBeCloseTo(0.677873399, 8);
    expect(found.axes[1]).toBeCloseTo(0.735178656, 8);
    expect(found.shares[0]).toBeCloseTo(1.28402771 / (1.28402771 + 0.0490833989), 8);
    const [first] = project(points, 2, Int32Array.of(0), found);
    expect(first).toBeCloseTo(0.827970186, 8);
  });

  test("lie at right angles, explain all there is, and keep every distance", () => {
    const value = fc.integer({ min: -50, max: 50 });
    const rows = fc.array(fc.tuple(value, value, value, value), { minLength: 2, maxLength: 20 });
    fc.assert(
      fc.property(rows, (given) => {
        const points = Float64Array.from(given.flat());
        const shape = { rows: given.length, columns: 4 };
        const found = principalComponents(points, shape, 4);
        const sum = found.shares.reduce((all, share) => all + share, 0);
        expect(sum === 0 || Math.abs(sum - 1) < 1e-12).toBe(true);
        const all = Int32Array.from(given, (_, row) => row);
        const placed = project(points, 4, all, found);
        const apart = (of: Float64Array) => Math.hypot(...[0, 1, 2, 3].map((c) => (of[c] ?? 0) - (of[4 + c] ?? 0)));
        expect(apart(placed)).toBeCloseTo(apart(points), 9);
      }),
    );
  });

  test("of points that are all the same, or of one, explain nothing", () => {
    expect(principalComponents(Float64Array.of(3, 4, 3, 4), { rows: 2, columns: 2 }, 2).shares).toEqual([0, 0]);
    const one = principalComponents(Float64Array.of(3, 4), { rows: 1, columns: 2 }, 2);
    expect([...project(Float64Array.of(3, 4), 2, Int32Array.of(0), one)]).toEqual([0, 0]);
  });
});
