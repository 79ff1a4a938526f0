import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { clusterKernels } from "../../../server/cells/cluster/kernels.ts";
import { cutTree } from "../../../server/cluster/cut.ts";
import { calinskiHarabasz, daviesBouldin } from "../../../server/cluster/dispersion.ts";
import { numberBySize } from "../../../server/cluster/number-by-size.ts";
import { Pace } from "../../../server/cluster/pace.ts";
import type { Shape } from "../../../server/cluster/points.ts";
import { adjustedRandIndex } from "../../../server/cluster/rand-index.ts";
import { silhouettes } from "../../../server/cluster/silhouette.ts";
import { validity } from "../../../server/cluster/validity.ts";
import { ward } from "../../../server/cluster/ward.ts";
import { flat } from "./by-definition.ts";
import { IRIS } from "./iris.ts";
import { blobs } from "./seeded.ts";
import { matrix } from "./twins.ts";

/** 0 1 | 10 12, reckoned by hand. */
const PAIRS = {
  points: Float64Array.of(0, 1, 10, 12),
  shape: { rows: 4, columns: 1 },
  labels: Int32Array.of(1, 1, 2, 2),
};
const iris = { rows: 150, columns: 4 };

describe("silhouette", () => {
  const silhouette = async (points: Float64Array, shape: Shape, labels: Int32Array) =>
    (await silhouettes(points, shape, [labels], new Pace({})))[0];

  test("of two pairs on a line is the mean of 10/11, 9/10, 7.5/9.5 and 9.5/11.5", async () => {
    const { points, shape, labels } = PAIRS;
    const byHand = (10 / 11 + 9 / 10 + 7.5 / 9.5 + 9.5 / 11.5) / 4;
    expect(await silhouette(points, shape, labels)).toBeCloseTo(byHand, 14);
  });

  test("is 0 for rows alone in their cluster, and not defined for one cluster", async () => {
    const { points, shape } = PAIRS;
    expect(await silhouette(points, shape, Int32Array.of(1, 2, 3, 4))).toBe(0);
    expect(await silhouette(points, shape, Int32Array.of(1, 1, 1, 1))).toBeNaN();
  });

  test("of several clusterings is that of each alone, by the kernel and its plain twin to the same bytes", async () => {
    const shape = { rows: 200, columns: 2 };
    const points = Float64Array.from(
      blobs(
        [
          [0, 1],
          [3, 3],
        ],
        200,
        1,
        4,
      ).points.flat(),
    );
    const clusterings = [2, 3, 1, 7].map((k) => Int32Array.from({ length: 200 }, (_, row) => 1 + ((row * 31) % k)));
    const each = await Promise.all(clusterings.map((labels) => silhouette(points, shape, labels)));
    const kernels = clusterKernels();
    expect(kernels).not.toBeNull();
    expect(await silhouettes(points, shape, clusterings, new Pace({}))).toEqual(each);
    expect(await silhouettes(points, shape, clusterings, new Pace({ kernels }))).toEqual(each);
    expect(each[2]).toBeNaN();
  });

  test("by the kernel is that of its plain twin, with ties, equal rows and odd numbers of both", async () => {
    const kernels = clusterKernels();
    await fc.assert(
      fc.asyncProperty(matrix(9, 40), fc.integer({ min: 1, max: 6 }), async ({ points, ...shape }, k) => {
        const raw = [k, k + 1].map((most) => Int32Array.from({ length: shape.rows }, (_, row) => (row * row) % most));
        const clusterings = raw.map((one) => numberBySize(one).labels);
        const plain = await silhouettes(points, shape, clusterings, new Pace({}));
        expect(await silhouettes(points, shape, clusterings, new Pace({ kernels }))).toEqual(plain);
      }),
      { numRuns: 300 },
    );
  });

  test("above 5,000 rows compares with the clusters' means", async () => {
    // 0 × 2600 | 1 × 2600, then one row at 0.25 with the first: means 0.25/2601 and 1.
    const points = Float64Array.from({ length: 5201 }, (_, row) => (row < 2600 ? 0 : row < 5200 ? 1 : 0.25));
    const labels = Int32Array.from(points, (value) => (value < 0.5 ? 1 : 2));
    const mean = 0.25 / 2601;
    const byHand = (2600 * (1 - mean) + 2600 + (0.75 - (0.25 - mean)) / 0.75) / 5201;
    expect(await silhouette(points, { rows: 5201, columns: 1 }, labels)).toBeCloseTo(byHand, 12);
  });
});

test("Calinski–Harabasz of two pairs is 110.25 / (2.5 / 2), Davies–Bouldin (0.5 + 1) / 10.5", () => {
  const { points, shape, labels } = PAIRS;
  expect(calinskiHarabasz(points, shape, labels)).toBeCloseTo(88.2, 12);
  expect(daviesBouldin(points, shape, labels)).toBeCloseTo(1.5 / 10.5, 14);
});

test("iris under Ward has scikit-learn's published validity at k = 3", async () => {
  // silhouette_score, calinski_harabasz_score, davies_bouldin_score of AgglomerativeClustering(3) on iris.data.
  const points = flat(IRIS);
  const merges = await ward(points, iris);
  if (!merges.ok) throw new Error(merges.message);
  const clusterings = new Map([2, 3].map((k) => [k, cutTree(merges.value, k)]));
  const judged = await validity(points, clusterings, { ...iris, method: "ward", seed: 1 });
  if (!judged.ok) throw new Error(judged.message);
  expect(judged.value.map(({ k }) => k)).toEqual([2, 3]);
  expect(judged.value[1]?.silhouette).toBeCloseTo(0.5543236611296419, 12);
  expect(judged.value[1]?.calinski_harabasz).toBeCloseTo(558.0580408128307, 8);
  expect(judged.value[1]?.davies_bouldin).toBeCloseTo(0.6562564540642021, 12);
  expect(judged.value[0]?.stability).toBe(1);
});

describe("adjusted Rand index", () => {
  // The examples of scikit-learn's adjusted_rand_score.
  test.each([
    [[0, 0, 1, 1], [1, 1, 0, 0], 1],
    [[0, 0, 1, 2], [0, 0, 1, 1], 4 / 7],
    [[0, 0, 1, 1], [0, 0, 1, 2], 4 / 7],
    [[0, 0, 0, 0], [0, 1, 2, 3], 0],
    [[0, 0, 1, 1], [0, 1, 0, 1], -0.5],
  ])("of %j and %j is %d", (a, b, value) => {
    expect(adjustedRandIndex(a, b)).toBeCloseTo(value, 14);
  });
});

test("stability tells planted clusters from a split of one cloud", async () => {
  const real = blobs(
    [
      [0, 0],
      [10, 0],
      [0, 10],
    ],
    300,
    1,
    4,
  );
  const cloud = blobs([[0, 0]], 300, 1, 4);
  const stabilityOf = async (points: number[][]): Promise<number> => {
    const matrix = flat(points);
    const shape = { rows: points.length, columns: 2 };
    const merges = await ward(matrix, shape);
    if (!merges.ok) throw new Error(merges.message);
    const judged = await validity(matrix, new Map([[3, cutTree(merges.value, 3)]]), {
      ...shape,
      method: "ward",
      seed: 1,
    });
    return judged.ok ? (judged.value[0]?.stability ?? Number.NaN) : Number.NaN;
  };
  expect(await stabilityOf(real.points)).toBe(1);
  expect(await stabilityOf(cloud.points)).toBeLessThan(0.6);
});

test("a k that half of the rows can't have is judged without stability", async () => {
  const points = flat([[0], [1], [5], [6]]);
  const judged = await validity(points, new Map([[3, Int32Array.of(1, 1, 2, 3)]]), {
    rows: 4,
    columns: 1,
    method: "ward",
    seed: 1,
  });
  expect(judged.ok && judged.value[0]).toMatchObject({ k: 3, stability: Number.NaN, silhouette: expect.any(Number) });
});
