import { Worker } from "node:worker_threads";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clusterKernels } from "../../../server/cells/cluster/kernels.ts";
import { clusterHelpers } from "../../../server/cells/cluster/threads.ts";
import type { Helpers } from "../../../server/cluster/shared-work.ts";
import { ward } from "../../../server/cluster/ward.ts";
import { mixture, wholeNumbers } from "../../bench/clustering/mixture.ts";
import { type Matrix, matrix } from "./twins.ts";

const kernels = clusterKernels();

describe("Ward's kernel gives the bytes of its plain twin", () => {
  it("among few rows with ties and duplicates", async () => {
    await fc.assert(fc.asyncProperty(matrix(9, 40), same), { numRuns: 300 });
  });

  it("where the tree is built anew many times", async () => {
    await fc.assert(fc.asyncProperty(matrix(4, 700), same), { numRuns: 20 });
    await same({ rows: 3000, columns: 8, points: mixture(3000, 8, { seed: 1 }) });
    await same({ rows: 700, columns: 30, points: mixture(700, 30, { seed: 1 }) });
  });

  it("where all distances are equal, and where each gap is a little wider than the one before", async () => {
    const rows = 120;
    const corners = new Float64Array(rows * rows);
    for (let i = 0; i < rows; i++) corners[i * rows + i] = 0.1;
    await same({ rows, columns: rows, points: corners });
    await same({ rows: 2000, columns: 1, points: Float64Array.from({ length: 2000 }, (_, i) => i) });
    await same({ rows: 2000, columns: 1, points: Float64Array.from({ length: 2000 }, (_, i) => i * (i + 900)) });
  });

  it("whatever the size of the numbers and however far they are from 0", async () => {
    const points = mixture(300, 5, { seed: 2 });
    for (const [factor, shift] of [
      [1e-160, 0],
      [1e140, 0],
      [1, 1e9],
      [1e-9, 5],
    ] as const) {
      await same({ rows: 300, columns: 5, points: points.map((value) => value * factor + shift) });
    }
    const outlier = mixture(300, 5, { seed: 3 });
    outlier[77] = 1e12;
    await same({ rows: 300, columns: 5, points: outlier });
  });

  it("where a few are so far out that all others would be one step", async () => {
    const points = mixture(3000, 4, { seed: 7 });
    points.set([1e7, 0, 0, 0, 1e7, 1, 0, 0, -1e9, 0, 0, 0, 0, 0, 3e5, 0], 4 * 2500);
    await same({ rows: 3000, columns: 4, points });
  });
});

it("any number of threads gives the same bytes, ties and equal rows included", async () => {
  for (const [columns, points] of [
    [8, mixture(10_500, 8, { seed: 5 })],
    [8, wholeNumbers(16_000, 8, { seed: 6 }).map((value) => value * 0.1)],
  ] as const) {
    const shape = { rows: points.length / columns, columns, kernels };
    const alone = await ward(points, shape);
    for (const count of [1, 2] as const) {
      const { helpers, over } = watched(count);
      expect(await ward(points, { ...shape, helpers })).toEqual(alone);
      await over();
    }
  }
});

it("clusterings that follow each other at once are helped by the same thread", async () => {
  const points = mixture(10_500, 8, { seed: 5 });
  const shape = { rows: 10_500, columns: 8, kernels };
  const { helpers, over } = watched(1, 4);
  await ward(points, { ...shape, helpers });
  const before = await threadsEver();
  for (let time = 0; time < 3; time++) await ward(points, { ...shape, helpers });
  expect((await threadsEver()) - before).toBe(1);
  await over();
});

/** How many threads the process has started so far, with the one that is started to see it: threads are numbered. */
async function threadsEver(): Promise<number> {
  const thread = new Worker("", { eval: true });
  const ever = thread.threadId;
  await thread.terminate();
  return ever;
}

it("a long computation by several threads is cancelled in all of them", async () => {
  const { helpers, over } = watched(2);
  const stop = new AbortController();
  const onProgress = () => stop.abort(new Error("not wanted any more"));
  const shape = { rows: 60_000, columns: 8, kernels, helpers, signal: stop.signal, onProgress };
  await expect(ward(mixture(60_000, 8, { seed: 4 }), shape)).rejects.toThrow("not wanted any more");
  await over();
});

it("a long computation in the kernel says how far it is and can be cancelled", async () => {
  const stop = new AbortController();
  const told: number[] = [];
  const onProgress = (share: number) => {
    told.push(share);
    if (told.length > 2) stop.abort(new Error("not wanted any more"));
  };
  const shape = { rows: 30_000, columns: 8, kernels, signal: stop.signal, onProgress };
  await expect(ward(mixture(30_000, 8, { seed: 4 }), shape)).rejects.toThrow("not wanted any more");
  expect(told).toEqual([...told].sort((a, b) => a - b));
});

/** Helpers, and a promise of the end of each that was started. */
function watched(count: number, times = 1): { helpers: Helpers; over: () => Promise<unknown> } {
  const started: Promise<void>[] = [];
  const { help } = clusterHelpers(count);
  return {
    helpers: {
      count,
      help(task) {
        const ended = help(task);
        started.push(ended);
        return ended;
      },
    },
    over: () => {
      expect(started).toHaveLength(count * times);
      return Promise.all(started);
    },
  };
}

async function same({ points, ...shape }: Matrix): Promise<void> {
  expect(kernels).not.toBeNull();
  expect(await ward(points, { ...shape, kernels })).toEqual(await ward(points, shape));
}
