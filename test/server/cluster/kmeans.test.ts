import fc from "fast-check";
import { expect, test } from "vitest";
import { clusterKernels } from "../../../server/cells/cluster/kernels.ts";
import { flatClusterings } from "../../../server/cluster/flat.ts";
import { hamerly, hamerlyNearest } from "../../../server/cluster/hamerly.ts";
import { type Kmeans, kmeans } from "../../../server/cluster/kmeans.ts";
import { Pace } from "../../../server/cluster/pace.ts";
import { matrixSource } from "../../../server/cluster/row-source.ts";
import { mixture } from "../../bench/clustering/mixture.ts";
import { flat, type Point } from "./by-definition.ts";
import { IRIS } from "./iris.ts";
import { blobs, normal } from "./seeded.ts";
import { calledOffAfter } from "./twins.ts";

test("iris in three clusters has the known least inertia and sizes", async () => {
  // scikit-learn: KMeans(3).fit(iris.data).inertia_; the same in R's kmeans: tot.withinss 78.85144.
  const found = await run(IRIS, 3);
  expect(found.inertia).toBeCloseTo(78.851441426146, 10);
  expect([1, 2, 3].map((cluster) => found.labels.filter((label) => label === cluster).length)).toEqual([62, 50, 38]);
  expect(found.converged).toBe(true);
});

test("rows that are read again where they change get the centres that kept rows get, over several portions", async () => {
  const source = matrixSource(mixture(20_000, 3, { seed: 6 }), { rows: 20_000, columns: 3 });
  // Two centres that are the same: one of them loses all its rows.
  const start = Float64Array.from({ length: 15 }, (_, at) => (at < 6 ? 0 : Math.sin(at)));
  const kernels = clusterKernels();
  const kept = await hamerly(source, start, { iterations: 300, pace: new Pace({ kernels }) });
  expect(await hamerlyNearest(source, start, { iterations: 300, pace: new Pace({ kernels }) })).toEqual(kept.nearest);
  expect(await hamerlyNearest(source, start, { iterations: 300, pace: new Pace({}) })).toEqual(kept.nearest);
});

test("bounds give what Lloyd's iterations give from the same start", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.nat(),
      fc.integer({ min: 1, max: 6 }),
      fc.integer({ min: 1, max: 4 }),
      async (seed, k, columns) => {
        const draw = normal(seed);
        const points = Array.from({ length: 60 }, () => Array.from({ length: columns }, () => Math.round(draw() * 8)));
        const start = points.slice(0, k).map((point, i) => point.map((value) => value + i / 1000));
        const shape = { rows: points.length, columns };
        const ours = await hamerly(matrixSource(flat(points), shape), flat(start), {
          iterations: 300,
          pace: new Pace({}),
        });
        const theirs = lloyd(points, start);
        if (!theirs) return;
        expect(ours.inertia).toBeCloseTo(theirs.inertia, 9);
        expect([...ours.nearest]).toEqual(theirs.nearest);
        expect(ours.iterations).toBe(theirs.iterations);
      },
    ),
    { numRuns: 200 },
  );
});

test("no row is nearer to another centre, and centres are their rows' means", async () => {
  const { points } = blobs(
    [
      [0, 0],
      [6, 1],
      [2, 7],
    ],
    500,
    2,
    3,
  );
  const found = await run(points, 4);
  const sums = Array.from({ length: 4 }, () => ({ x: 0, y: 0, n: 0 }));
  points.forEach(([x = 0, y = 0], row) => {
    const distances = [0, 1, 2, 3].map((c) =>
      Math.hypot(x - (found.centres[2 * c] ?? 0), y - (found.centres[2 * c + 1] ?? 0)),
    );
    expect(distances.indexOf(Math.min(...distances)) + 1).toBe(found.labels[row]);
    const sum = sums[(found.labels[row] ?? 0) - 1];
    if (sum) Object.assign(sum, { x: sum.x + x, y: sum.y + y, n: sum.n + 1 });
  });
  expect([...found.centres]).toEqual(
    sums.flatMap(({ x, y, n }) => [x / n, y / n].map((value) => expect.closeTo(value, 10))),
  );
  expect(sums.map(({ n }) => n)).toEqual(sums.map(({ n }) => n).toSorted((a, b) => b - a));
});

test("the same seed gives the same answer, and planted blobs are found with any", async () => {
  const { points, planted } = blobs(
    [
      [0, 0, 0],
      [9, 0, 0],
      [0, 9, 0],
      [0, 0, 9],
      [9, 9, 9],
    ],
    400,
    1,
    5,
  );
  const first = await run(points, 5, 11);
  expect(await run(points, 5, 11)).toEqual(first);
  for (const seed of [1, 2, 3]) {
    const { labels } = await run(points, 5, seed);
    expect(new Set(planted.map((centre, row) => `${centre} ${labels[row]}`)).size).toBe(5);
  }
});

test("more rows than starts compete on end in the same place as all of them", async () => {
  const { points } = blobs(
    [
      [0, 0],
      [12, 0],
      [0, 12],
    ],
    24_000,
    1,
    9,
  );
  const found = await run(points, 3);
  expect([1, 2, 3].map((cluster) => found.labels.filter((label) => label === cluster).length)).toEqual([
    8000, 8000, 8000,
  ]);
  expect(found.converged).toBe(true);
});

test("as many clusters as different rows leaves no inertia", async () => {
  const found = await run([[0], [0], [4], [4], [4], [9]], 3);
  expect([...found.labels]).toEqual([2, 2, 1, 1, 1, 3]);
  expect(found.inertia).toBe(0);
});

test("k beyond the rows, or beyond the different rows, is an error that says how many there are", async () => {
  expect(await kmeans(flat([[1], [2]]), { rows: 2, columns: 1, k: 3, seed: 1 })).toMatchObject({
    ok: false,
    code: "k-above-rows",
  });
  const same = await kmeans(flat([[1], [1], [2]]), { rows: 3, columns: 1, k: 3, seed: 1 });
  expect(same).toMatchObject({
    ok: false,
    code: "k-above-distinct-rows",
    message: expect.stringContaining("only 2 of the 3"),
  });
});

// Half way is among the starts of the second k, and in Ward of the micro-clusters: long enough to be told on any machine.
test.each([
  ["kmeans", [5, 6]],
  ["settled", [5]],
] as const)("%s tells, ever more, how far it is, and stops half way when it is cancelled", async (method, ks) => {
  const shape = { rows: 30_000, columns: 4 };
  const points = mixture(shape.rows, shape.columns, { seed: 2 });
  const { told, watch } = calledOffAfter(0.5);
  const work = flatClusterings(points, ks, { ...shape, method, seed: 1, kernels: null, ...watch });
  await expect(work).rejects.toThrow("not wanted any more");
  expect(told).toEqual([...told].sort((a, b) => a - b));
  expect(told.every((share) => share >= 0 && share < 1)).toBe(true);
});

test("stops when it is cancelled, with the signal's reason", async () => {
  const stop = new AbortController();
  const reason = new Error("no longer wanted");
  const { points } = blobs([[0, 0]], 30_000, 1, 1);
  const work = kmeans(flat(points), {
    rows: points.length,
    columns: 2,
    k: 8,
    seed: 1,
    signal: stop.signal,
    onProgress: () => stop.abort(reason),
  });
  await expect(work).rejects.toBe(reason);
});

async function run(points: readonly Point[], k: number, seed = 1): Promise<Kmeans> {
  const outcome = await kmeans(flat(points), { rows: points.length, columns: points[0]?.length ?? 0, k, seed });
  if (!outcome.ok) throw new Error(outcome.message);
  return outcome.value;
}

/** Lloyd's iterations as written down; null where a centre loses all its rows. */
function lloyd(points: readonly Point[], start: readonly Point[]) {
  let centres = start.map((centre) => [...centre]);
  let nearest: number[] = [];
  for (let iterations = 0; ; iterations++) {
    const squared = points.map((point) =>
      centres.map((centre) => centre.reduce((sum, value, c) => sum + (value - (point[c] ?? 0)) ** 2, 0)),
    );
    const again = squared.map((row) => row.indexOf(Math.min(...row)));
    if (again.every((centre, row) => centre === nearest[row])) {
      return { nearest, iterations, inertia: squared.reduce((sum, row) => sum + Math.min(...row), 0) };
    }
    nearest = again;
    const members = centres.map((_, centre) => points.filter((_, row) => nearest[row] === centre));
    if (members.some((rows) => rows.length === 0)) return null;
    centres = members.map((rows) =>
      (rows[0] ?? []).map((_, c) => rows.reduce((sum, row) => sum + (row[c] ?? 0), 0) / rows.length),
    );
  }
}
