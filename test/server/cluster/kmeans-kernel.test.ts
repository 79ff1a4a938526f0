import fc from "fast-check";
import { expect, it } from "vitest";
import { clusterKernels } from "../../../server/cells/cluster/kernels.ts";
import type { Mover } from "../../../server/cluster/hamerly.ts";
import { kernelMover } from "../../../server/cluster/kmeans-kernel.ts";
import { plainMover } from "../../../server/cluster/kmeans-plain.ts";
import { matrixSource } from "../../../server/cluster/row-source.ts";

const kernels = clusterKernels();

it("the kernel and its plain twin give the same bytes: with ties, equal rows, weights, rows of four-byte numbers, kept or lent", async () => {
  const task = fc
    .record({
      columns: fc.integer({ min: 1, max: 9 }),
      rows: fc.integer({ min: 1, max: 60 }),
      k: fc.integer({ min: 1, max: 7 }),
      ties: fc.boolean(),
      bytes: fc.constantFrom<4 | 8>(4, 8),
      full: fc.constantFrom<"kept" | "lent">("kept", "lent"),
      weighted: fc.boolean(),
    })
    .chain(({ columns, rows, ties, ...rest }) => {
      const value = ties ? fc.integer({ min: 0, max: 3 }) : fc.double({ min: -100, max: 100, noNaN: true });
      const numbers = (length: number, of: fc.Arbitrary<number>) =>
        fc.array(of, { minLength: length, maxLength: length });
      return fc.record({
        points: numbers(rows * columns, value),
        starts: numbers(Math.min(rest.k, rows) * columns, value),
        weights: numbers(rows, fc.integer({ min: 1, max: 50 })),
        shape: fc.constant({ columns, rows }),
        rest: fc.constant(rest),
      });
    });
  fc.assert(
    fc.property(task, ({ points, starts, weights, shape, rest: { bytes, full, weighted } }) => {
      const given = {
        source: matrixSource(Float64Array.from(points), shape),
        start: Float64Array.from(starts),
        weight: weighted ? Float64Array.from(weights) : null,
        bytes,
        full,
      };
      if (kernels === null) throw new Error("this machine has no kernels");
      const kernel = kernelMover(given, kernels);
      if (kernel === null) throw new Error("no memory");
      expect(trace(kernel, shape.rows)).toEqual(trace(plainMover(given), shape.rows));
    }),
    { numRuns: 300 },
  );
});

/** All that a few moves give. */
function trace(mover: Mover, rows: number): unknown[] {
  const told: unknown[] = [];
  for (let turn = 0; turn < 6; turn++) {
    told.push(mover.assign(0, rows), [...mover.nearest()], [...mover.centres()]);
    mover.move();
  }
  mover.addInertia(0, rows);
  return [...told, mover.inertia()];
}
