import fc from "fast-check";
import { expect, it } from "vitest";
import { clusterKernels } from "../../../server/cells/cluster/kernels.ts";
import { cutTree } from "../../../server/cluster/cut.ts";
import { microClusters } from "../../../server/cluster/micro.ts";
import { microHierarchy, settledCut } from "../../../server/cluster/micro-hierarchy.ts";
import { Pace } from "../../../server/cluster/pace.ts";
import { adjustedRandIndex } from "../../../server/cluster/rand-index.ts";
import { sampleRows, seededRandom, takeRows } from "../../../server/cluster/random.ts";
import { matrixSource } from "../../../server/cluster/row-source.ts";
import { ward } from "../../../server/cluster/ward.ts";
import { microCut } from "../../bench/clustering/micro-cut.ts";
import { mixture } from "../../bench/clustering/mixture.ts";
import { calledOffAfter, matrix } from "./twins.ts";

const kernels = clusterKernels();
const seed = 1;

it("the kernel and its plain twin give the same bytes, ties and equal rows included", async () => {
  await fc.assert(
    fc.asyncProperty(matrix(6, 90), fc.integer({ min: 1, max: 40 }), async ({ points, ...shape }, cells) => {
      const source = matrixSource(points, shape);
      const plain = await microClusters(source, { seed, cells, pace: new Pace({}) });
      expect(await microClusters(source, { seed, cells, pace: new Pace({ kernels }) })).toEqual(plain);
    }),
    { numRuns: 200 },
  );
});

it.each([
  ["far from zero", (value: number) => 1e9 + value],
  ["of immense size", (value: number) => value * 1e149],
  ["of vanishing size", (value: number) => value * 1e-200],
  ["with one immense number", (value: number, at: number) => (at === 7 ? 1e150 : value)],
])("numbers %s are given cells to the same bytes", async (_, made) => {
  const shape = { rows: 3000, columns: 3 };
  const source = matrixSource(mixture(3000, 3, { seed: 5 }).map(made), shape);
  const found = await microClusters(source, { seed, cells: 60, pace: new Pace({ kernels }) });
  expect(await microClusters(source, { seed, cells: 60, pace: new Pace({}) })).toEqual(found);
  expect(found.weight.reduce((sum, weight) => sum + weight)).toBe(3000);
  expect(found.centres.every(Number.isFinite)).toBe(true);
});

it("every row is in one cell, whose mean and number of rows are told", async () => {
  const shape = { rows: 30_000, columns: 3 };
  const points = mixture(shape.rows, shape.columns, { seed: 4 });
  const { centres, weight, cellOf } = await microClusters(matrixSource(points, shape), {
    ...{ seed, cells: 500, pace: new Pace({ kernels }) },
  });
  const sums = centres.map(() => 0);
  const counts = weight.map(() => 0);
  cellOf.forEach((cell, row) => {
    counts[cell] = (counts[cell] ?? 0) + 1;
    for (let c = 0; c < 3; c++) sums[cell * 3 + c] = (sums[cell * 3 + c] ?? 0) + (points[row * 3 + c] ?? 0);
  });
  expect(counts).toEqual(weight);
  const off = sums.map((sum, at) => Math.abs(sum / (counts[Math.floor(at / 3)] ?? 0) - (centres[at] ?? 0)));
  expect(Math.max(...off)).toBeLessThan(1e-9);
});

it("with fewer different rows than cells the hierarchy is Ward's of all rows, in rows", async () => {
  const shape = { rows: 900, columns: 2 };
  const points = Float64Array.from({ length: 1800 }, (_, at) =>
    Math.sin(((Math.floor(at / 2) % 132) + 1) ** (1.5 + (at % 2))),
  );
  const source = matrixSource(points, shape);
  const found = await microHierarchy(source, { seed, pace: new Pace({ kernels }) });
  const exact = await ward(points, { ...shape, kernels });
  if (!exact.ok) throw new Error(exact.message);
  expect(found.merges.rows).toBe(132);
  expect(found.merges.size.at(-1)).toBe(900);
  const rest = exact.value.height.slice(900 - 132);
  expect([...found.merges.height]).toEqual([...rest].map((height) => expect.closeTo(height, 9)));
});

it("its cuts agree with those of Ward of all rows about as well as those of half of the rows do", async () => {
  const shape = { rows: 8000, columns: 6 };
  const agreements = { cells: 0, half: 0 };
  for (const data of [1, 2]) {
    const points = mixture(shape.rows, shape.columns, { seed: data });
    const whole = await wardOf(points, shape);
    const picked = sampleRows(shape.rows, shape.rows / 2, seededRandom(data, "half"));
    const half = await wardOf(takeRows(points, shape.columns, picked), { rows: picked.length, columns: shape.columns });
    const found = await microHierarchy(matrixSource(points, shape), { seed, pace: new Pace({ kernels }) });
    for (let k = 3; k <= 8; k++) {
      const labels = cutTree(whole, k);
      agreements.cells += adjustedRandIndex(microCut(found, k), labels) / 12;
      agreements.half +=
        adjustedRandIndex(
          cutTree(half, k),
          picked.map((row) => labels[row] ?? 0),
        ) / 12;
    }
  }
  expect(agreements.cells).toBeGreaterThan(agreements.half - 0.02);
});

it("a cut that k-means has settled has every row with the nearest mean, numbered by size", async () => {
  const shape = { rows: 5000, columns: 4 };
  const source = matrixSource(mixture(shape.rows, shape.columns, { seed: 9 }), shape);
  const found = await microHierarchy(source, { seed, pace: new Pace({ kernels }) });
  const labels = await settledCut(source, found, { k: 5, pace: new Pace({ kernels }) });
  const sizes = [1, 2, 3, 4, 5].map((cluster) => labels.filter((label) => label === cluster).length);
  expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(5000);
});

it("tells how far it is and can be cancelled", async () => {
  const shape = { rows: 60_000, columns: 4 };
  const { told, watch } = calledOffAfter(0.2);
  const pace = new Pace({ kernels: null, ...watch });
  const source = matrixSource(mixture(shape.rows, shape.columns, { seed: 2 }), shape);
  await expect(microClusters(source, { seed, pace })).rejects.toThrow("not wanted any more");
  expect(told).toEqual([...told].sort((a, b) => a - b));
});

async function wardOf(points: Float64Array, shape: { readonly rows: number; readonly columns: number }) {
  const found = await ward(points, { ...shape, kernels });
  if (!found.ok) throw new Error(found.message);
  return found.value;
}
