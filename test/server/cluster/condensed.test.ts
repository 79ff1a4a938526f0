import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clusterKernels } from "../../../server/cells/cluster/kernels.ts";
import { linkage } from "../../../server/cluster/linkage.ts";
import { uniform } from "./seeded.ts";
import { calledOffAfter, matrix } from "./twins.ts";

const kernels = clusterKernels();

describe.each(["average", "complete"] as const)("%s", (method) => {
  it("the kernel and its plain twin give the same bytes, ties and equal rows included", async () => {
    await fc.assert(
      fc.asyncProperty(matrix(9, 60), async ({ points, columns, rows }) => {
        const shape = { rows, columns, method };
        expect(await linkage(points, { ...shape, kernels })).toEqual(await linkage(points, shape));
      }),
      { numRuns: 200 },
    );
  });

  it.each([
    ["on a line, where slots close up many times", 1, (value: number) => value],
    ["on a grid, where most distances are tied", 2, (value: number) => Math.floor(value * 32)],
    ["in eight columns", 8, (value: number) => value ** 3],
    ["far out, where rounding moves centres", 3, (value: number) => (value < 0.02 ? 1e14 * value : 1e9 + value)],
  ])("they give the same bytes for 800 points %s", async (_where, columns, shaped) => {
    const next = uniform(columns);
    const points = Float64Array.from({ length: 800 * columns }, () => shaped(next()));
    const shape = { rows: 800, columns, method };
    expect(await linkage(points, { ...shape, kernels })).toEqual(await linkage(points, shape));
  });

  it("a long computation in the kernel says how far it is and can be cancelled", async () => {
    const rows = 6000;
    const points = Float64Array.from({ length: rows * 2 }, (_, i) => Math.sin(i * i));
    const { told, watch } = calledOffAfter(0.05);
    await expect(linkage(points, { rows, columns: 2, method, kernels, ...watch })).rejects.toThrow(
      "not wanted any more",
    );
    expect(told).toEqual([...told].sort((a, b) => a - b));
  });
});
