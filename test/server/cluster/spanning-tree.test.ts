import fc from "fast-check";
import { expect, it } from "vitest";
import { clusterKernels } from "../../../server/cells/cluster/kernels.ts";
import { linkage } from "../../../server/cluster/linkage.ts";

const kernels = clusterKernels();

it("this machine has the kernels", () => {
  expect(kernels).not.toBeNull();
});

it("the kernel and its plain twin give the same bytes, ties and equal rows included", async () => {
  const matrix = fc
    .record({ columns: fc.integer({ min: 1, max: 9 }), rows: fc.integer({ min: 1, max: 40 }), ties: fc.boolean() })
    .chain(({ columns, rows, ties }) => {
      const value = ties ? fc.integer({ min: 0, max: 3 }) : fc.double({ min: -100, max: 100, noNaN: true });
      const length = rows * columns;
      return fc.array(value, { minLength: length, maxLength: length }).map((values) => ({ columns, rows, values }));
    });
  await fc.assert(
    fc.asyncProperty(matrix, async ({ columns, rows, values }) => {
      const points = Float64Array.from(values);
      const shape = { rows, columns, method: "single" } as const;
      expect(await linkage(points, { ...shape, kernels })).toEqual(await linkage(points, shape));
    }),
    { numRuns: 300 },
  );
});

it("a long computation in the kernel says how far it is and can be cancelled", async () => {
  const rows = 60_000;
  const points = Float64Array.from({ length: rows * 2 }, (_, i) => Math.sin(i * i));
  const stop = new AbortController();
  const told: number[] = [];
  const onProgress = (share: number) => {
    told.push(share);
    if (share > 0.05) stop.abort(new Error("not wanted any more"));
  };
  await expect(
    linkage(points, { rows, columns: 2, method: "single", kernels, signal: stop.signal, onProgress }),
  ).rejects.toThrow("not wanted any more");
  expect(told).toEqual([...told].sort((a, b) => a - b));
});
