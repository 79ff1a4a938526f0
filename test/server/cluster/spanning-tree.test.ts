import fc from "fast-check";
import { expect, it } from "vitest";
import { clusterKernels } from "../../../server/cells/cluster/kernels.ts";
import { linkage } from "../../../server/cluster/linkage.ts";
import { calledOffAfter, matrix } from "./twins.ts";

const kernels = clusterKernels();

it("this machine has the kernels", () => {
  expect(kernels).not.toBeNull();
});

it("the kernel and its plain twin give the same bytes, ties and equal rows included", async () => {
  await fc.assert(
    fc.asyncProperty(matrix(9, 40), async ({ points, columns, rows }) => {
      const shape = { rows, columns, method: "single" } as const;
      expect(await linkage(points, { ...shape, kernels })).toEqual(await linkage(points, shape));
    }),
    { numRuns: 300 },
  );
});

it("a long computation in the kernel says how far it is and can be cancelled", async () => {
  const rows = 60_000;
  const points = Float64Array.from({ length: rows * 2 }, (_, i) => Math.sin(i * i));
  const { told, watch } = calledOffAfter(0.05);
  await expect(linkage(points, { rows, columns: 2, method: "single", kernels, ...watch })).rejects.toThrow(
    "not wanted any more",
  );
  expect(told).toEqual([...told].sort((a, b) => a - b));
});
