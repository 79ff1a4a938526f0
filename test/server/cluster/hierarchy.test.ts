import fc from "fast-check";
import { agnes } from "ml-hclust";
import { describe, expect, test } from "vitest";
import { cutTree } from "../../../server/cluster/cut.ts";
import { linkage } from "../../../server/cluster/linkage.ts";
import type { Merges } from "../../../server/cluster/merges.ts";
import type { Outcome } from "../../../server/cluster/outcome.ts";
import { ward } from "../../../server/cluster/ward.ts";
import { flat, joinClosest, type Method, members, type Point, partitionText, replay } from "./by-definition.ts";
import { uniform } from "./seeded.ts";

const METHODS: readonly Method[] = ["ward", "average", "complete", "single"];

describe.each(METHODS)("%s", (method) => {
  test("joins the closest pair at every step, also among ties and duplicates", async () => {
    await fc.assert(
      fc.asyncProperty(gridPoints(3), async (points) => {
        for (const step of replay(method, points, await tree(method, points))) {
          expect(step.height).toBeCloseTo(step.joined, 9);
          expect(step.joined).toBeCloseTo(step.least, 9);
        }
      }),
      { numRuns: 60 },
    );
  });

  test("gives the same flat clusters as joining by definition where nothing is tied", async () => {
    await fc.assert(
      fc.asyncProperty(scatteredPoints(), async (points) => {
        const merges = await tree(method, points);
        const slow = joinClosest(method, points);
        slow.heights.forEach((height, t) => {
          expect(merges.height[t]).toBeCloseTo(height, 8);
        });
        slow.partitions.forEach((clusters) => {
          expect(partitionText(members(cutTree(merges, clusters.length)))).toBe(partitionText(clusters));
        });
      }),
      { numRuns: 40 },
    );
  });

  test("lays merges out as scipy does", async () => {
    await fc.assert(
      fc.asyncProperty(gridPoints(6), async (points) => {
        const merges = await tree(method, points);
        const used = new Set<number>();
        const sizeOf = (id: number): number => (id < points.length ? 1 : (merges.size[id - points.length] ?? 0));
        expect(merges.height).toHaveLength(points.length - 1);
        for (let t = 0; t < merges.height.length; t++) {
          const left = merges.left[t] ?? -1;
          const right = merges.right[t] ?? -1;
          expect(left).toBeLessThan(right);
          expect(right).toBeLessThan(points.length + t);
          expect(used.has(left) || used.has(right)).toBe(false);
          used.add(left).add(right);
          expect(merges.size[t]).toBe(sizeOf(left) + sizeOf(right));
          if (t > 0) expect(merges.height[t]).toBeGreaterThanOrEqual(merges.height[t - 1] ?? 0);
        }
      }),
      { numRuns: 60 },
    );
  });

  test("has the heights of ml-hclust", async () => {
    const points = seededPoints(60, 4);
    const reference = agnes(
      points.map((point) => [...point]),
      { method: method === "ward" ? "ward2" : method },
    );
    const heights: number[] = [];
    reference.traverse((cluster) => {
      if (cluster.children.length > 0) heights.push(cluster.height);
    });
    heights.sort((a, b) => a - b);
    const merges = await tree(method, points);
    heights.forEach((height, t) => {
      expect(merges.height[t]).toBeCloseTo(height, 9);
    });
  });

  test("gives one row no merge, and two rows one at their distance", async () => {
    expect((await tree(method, [[3, 4]])).height).toHaveLength(0);
    const two = await tree(method, [
      [0, 0],
      [3, 4],
    ]);
    expect([...two.left, ...two.right, ...two.height, ...two.size]).toEqual([0, 1, 5, 2]);
  });

  test("joins thousands of equal rows at height 0, the first with the others in order", async () => {
    const points = Array.from({ length: 3000 }, (_, row) => [row % 2, 7]);
    const merges = await tree(method, points);
    expect(merges.height.slice(0, -1).every((height) => height === 0)).toBe(true);
    expect([merges.left[0], merges.right[0], merges.left[1], merges.right[1]]).toEqual([0, 2, 4, 3000]);
    expect(members(cutTree(merges, 2)).map((cluster) => cluster.length)).toEqual([1500, 1500]);
  });

  test("is the same whether or not a constant column is there", async () => {
    const points = seededPoints(80, 3);
    const widened = points.map(([a = 0, b = 0, c = 0]) => [a, 5, b, 5, c]);
    expect(await tree(method, widened)).toEqual(await tree(method, points));
  });

  test("says what is wrong with points that have no distances", async () => {
    expect(await run(method, [])).toMatchObject({ ok: false, code: "no-rows" });
    expect(await run(method, [[1], [Number.NaN]])).toMatchObject({
      code: "missing-value",
      message: expect.stringContaining("row 2"),
    });
    expect(await run(method, [[1e200], [1]])).toMatchObject({ code: "value-too-large" });
  });

  test("stops when it is cancelled, with the signal's reason", async () => {
    const points = seededPoints(6000, 8);
    const stop = new AbortController();
    const reason = new Error("no longer wanted");
    const onProgress = (): void => stop.abort(reason);
    await expect(run(method, points, { signal: stop.signal, onProgress })).rejects.toBe(reason);
    await expect(run(method, points, { signal: stop.signal })).rejects.toBe(reason);
  });
});

test("ward agrees with joining by definition in thirty columns and after the tree is built anew many times", async () => {
  const points = seededPoints(80, 30);
  const merges = await tree("ward", points);
  const slow = joinClosest("ward", points);
  slow.heights.forEach((height, t) => {
    expect(merges.height[t]).toBeCloseTo(height, 9);
  });
});

/** scipy 1.10.1 on the same 2,000 × 8 points: sum of all heights, height of merge 1,000, last four, sizes at k = 5. */
const SCIPY = {
  ward: [
    26392.84782163389,
    8.82569283812045,
    [159.25777089382328, 167.15942425743674, 184.9213806642899, 206.69125336568555],
    [594, 412, 395, 358, 241],
  ],
  average: [
    17510.314615796295,
    7.980787531735468,
    [25.286005360975178, 25.654305827985276, 25.921746726530564, 26.05657702624902],
    [1992, 4, 2, 1, 1],
  ],
  complete: [
    20819.217066530495,
    8.690365523025795,
    [39.46365271090066, 40.913784647479645, 41.34400973864392, 45.32816675588527],
    [652, 561, 412, 232, 143],
  ],
  single: [
    13132.489717752751,
    6.4299532853382,
    [11.887421394416908, 12.311011838510607, 12.563581908240279, 15.764761214500348],
    [1996, 1, 1, 1, 1],
  ],
} as const;

test.each(METHODS)("%s of 2,000 points in eight columns has scipy's numbers", async (method) => {
  const [sum, thousandth, last, sizes] = SCIPY[method];
  const merges = await tree(method, seededPoints(2000, 8));
  expect(merges.height.reduce((total, height) => total + height, 0)).toBeCloseTo(sum, 7);
  expect(merges.height[1000]).toBeCloseTo(thousandth, 10);
  last.forEach((height, i) => {
    expect(merges.height[1995 + i]).toBeCloseTo(height, 9);
  });
  const labels = cutTree(merges, 5);
  expect([1, 2, 3, 4, 5].map((cluster) => labels.filter((label) => label === cluster).length)).toEqual(sizes);
});

test("average and complete refuse more different rows than they have memory for", async () => {
  const points = new Float64Array(20_001).map((_, row) => row);
  const outcome = await linkage(points, { method: "average", rows: points.length, columns: 1 });
  expect(outcome).toMatchObject({ ok: false, code: "too-many-rows", message: expect.stringContaining("20001") });
});

test("rows that are few beneath many duplicates count once against the limit", async () => {
  const points = new Float64Array(50_000).map((_, row) => row % 100);
  const outcome = await linkage(points, { method: "complete", rows: points.length, columns: 1 });
  expect(outcome.ok && outcome.value.height.at(-1)).toBe(99);
});

type Options = { signal?: AbortSignal; onProgress?: (share: number) => void };

async function run(method: Method, points: readonly Point[], options: Options = {}): Promise<Outcome<Merges>> {
  const shape = { rows: points.length, columns: points[0]?.length ?? 0, ...options };
  return method === "ward" ? ward(flat(points), shape) : linkage(flat(points), { method, ...shape });
}

async function tree(method: Method, points: readonly Point[]): Promise<Merges> {
  const outcome = await run(method, points);
  if (!outcome.ok) throw new Error(outcome.message);
  return outcome.value;
}

/** Points with small whole coordinates: many ties, many duplicates. */
function gridPoints(largest: number): fc.Arbitrary<number[][]> {
  return fc.integer({ min: 1, max: 3 }).chain((columns) =>
    fc.array(fc.array(fc.integer({ min: 0, max: largest }), { minLength: columns, maxLength: columns }), {
      minLength: 1,
      maxLength: 14,
    }),
  );
}

/** Points whose distances all differ, for all that matters. */
function scatteredPoints(): fc.Arbitrary<number[][]> {
  return fc
    .record({ rows: fc.integer({ min: 1, max: 25 }), columns: fc.integer({ min: 1, max: 6 }), seed: fc.nat() })
    .map((shape) => seededPoints(shape.rows, shape.columns, shape.seed));
}

function seededPoints(rows: number, columns: number, seed = 7): number[][] {
  const next = uniform(seed);
  return Array.from({ length: rows }, () => Array.from({ length: columns }, () => (next() + next() + next()) * 10));
}
