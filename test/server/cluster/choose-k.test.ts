import { describe, expect, test } from "vitest";
import { type Choice, chooseK } from "../../../server/cluster/choose-k.ts";
import { flatClusterings, type Method } from "../../../server/cluster/flat.ts";
import { flat } from "./by-definition.ts";
import { IRIS } from "./iris.ts";
import { blobs, normal, uniform } from "./seeded.ts";

const ROWS = 240;

/** Data without clusters: column after column drawn alone, one long cloud, two, and long tails. */
const STRUCTURELESS: Record<string, (seed: number) => number[][]> = {
  "uniform columns": (seed) => table(uniform(seed), (draw) => [draw(), draw(), draw(), draw()]),
  "normal columns": (seed) => table(normal(seed), (draw) => [draw(), draw(), draw()]),
  "long-tailed columns": (seed) =>
    table(normal(seed), (draw) => [Math.exp(draw()), Math.exp(draw()), Math.exp(draw())]),
  "one long cloud": (seed) =>
    table(normal(seed), (draw) => {
      const along = draw();
      return [along + 0.5 * draw(), along + 0.5 * draw(), along + 0.5 * draw(), along + 0.5 * draw()];
    }),
  "one long bar": (seed) =>
    table(uniform(seed), (draw) => {
      const along = draw();
      return [along + 0.2 * draw(), along + 0.2 * draw(), along + 0.2 * draw()];
    }),
  "correlated counts": (seed) =>
    table(normal(seed), (draw) => {
      const along = 0.7 * draw();
      return [1, 2, 3, 4].map(() => Math.floor(Math.exp(along + 0.5 * draw())));
    }),
  "columns that are often zero": (seed) =>
    table(normal(seed), (draw) => [1, 2, 3].map(() => (draw() < 0 ? 0 : Math.exp(draw() + 1)))),
  "two independent traits in four columns": (seed) =>
    table(normal(seed), (draw) => {
      const [one, other] = [draw(), draw()];
      return [one + 0.3 * draw(), one + 0.3 * draw(), other + 0.3 * draw(), other + 0.3 * draw()];
    }),
};

describe("data without clusters", () => {
  test.each(
    Object.keys(STRUCTURELESS).flatMap((name) => (["ward", "kmeans"] as const).map((method) => ({ name, method }))),
  )("$name are not praised under $method", async ({ name, method }) => {
    for (const seed of method === "ward" ? [1, 2] : [1]) {
      const choice = await choose(STRUCTURELESS[name]?.(seed) ?? [], [2, 3, 4, 5], method);
      expect(choice.structured, `seed ${seed}: ${choice.reason}`).toBe(false);
      expect(choice.k).toBe(2);
      expect(choice.reason).toMatch(/^No k from 2 to 5 stands out: .*silhouette/);
    }
  });
});

describe("data with clusters", () => {
  const CENTRES = [
    [0, 0, 0],
    [8, 8, 8],
    [0, 8, 0],
    [8, 0, 0],
    [0, 0, 8],
  ];

  test.each([2, 3, 4, 5].flatMap((k) => (["ward", "kmeans", "average"] as const).map((method) => ({ k, method }))))(
    "$k planted clusters are found under $method",
    async ({ k, method }) => {
      const choice = await choose(blobs(CENTRES.slice(0, k), ROWS, 1, k).points, [2, 3, 4, 5, 6], method);
      expect(choice).toMatchObject({
        k,
        structured: true,
        reason: expect.stringContaining(`${k} clusters stand out most: silhouette is 0.`),
      });
    },
  );

  test("two groups that one column alone makes are not said to stand out, and why", async () => {
    const choice = await choose(
      blobs(
        [
          [0, 0, 0],
          [8, 0, 0],
        ],
        ROWS,
        1,
        3,
      ).points,
      [2, 3],
      "ward",
    );
    expect(choice).toMatchObject({
      k: 2,
      structured: false,
      reason: expect.stringContaining("There are gaps between them, but they come from single columns"),
    });
  });

  test("one column is judged by its gaps, for it goes with no other", async () => {
    const column = (...centres: number[]) => {
      const places = centres.map((centre) => [centre]);
      return blobs(places, ROWS, 1, 4).points;
    };
    expect(await choose(column(0, 40), [2, 3, 4], "ward")).toMatchObject({
      k: 2,
      structured: true,
      reason: expect.stringMatching(
        /^2 clusters stand out most: there are gaps between their values; silhouette is 0\.9/,
      ),
    });
    const steps = column(0).map(([value = 0]) => [Math.floor(value + 9) % 4]);
    for (const [rows, words] of [
      [column(0), "has no gaps"],
      [steps, "has only 4 different values"],
    ] as const) {
      const choice = await choose(rows, [2, 3, 4], "ward");
      expect(choice).toMatchObject({ k: 2, structured: false, reason: expect.stringContaining(words) });
      expect(choice.reason).not.toContain("random order");
    }
  });

  test("four groups that two columns make, each by itself, are told by their gaps and not as kinds", async () => {
    const corners = [
      [0, 0],
      [8, 0],
      [0, 8],
      [8, 8],
    ];
    expect(await choose(blobs(corners, ROWS, 1, 5).points, [2, 3, 4, 5], "ward")).toMatchObject({
      structured: false,
      reason: expect.stringMatching(/ at k = 4 .* half samples agree to 1\.00\. There are gaps between them, but/),
    });
  });

  test("iris is two groups with a valley between: setosa, and two species that shade into each other", async () => {
    expect(await choose(IRIS, [2, 3, 4, 5, 6], "ward")).toMatchObject({ k: 2, structured: true });
    const within = await choose(IRIS.slice(50), [2, 3, 4, 5, 6], "ward");
    expect(within).toMatchObject({ structured: false, reason: expect.stringContaining("one long cloud") });
  });
});

test("the choice is the same every time", async () => {
  const points = blobs(
    [
      [0, 0],
      [5, 5],
    ],
    200,
    1,
    8,
  ).points;
  expect(await choose(points, [2, 3, 4], "ward")).toEqual(await choose(points, [2, 3, 4], "ward"));
});

test("too few rows to compare are said to be", async () => {
  expect(await choose([[0], [1], [9]], [3], "ward")).toMatchObject({ k: 3, structured: false });
});

async function choose(points: readonly (readonly number[])[], ks: readonly number[], method: Method): Promise<Choice> {
  const options = { rows: points.length, columns: points[0]?.length ?? 0, method, seed: 1 };
  const clusterings = await flatClusterings(flat(points), ks, options);
  if (!clusterings.ok) throw new Error(clusterings.message);
  const choice = await chooseK(flat(points), clusterings.value, options);
  if (!choice.ok) throw new Error(choice.message);
  return choice.value;
}

function table(draw: () => number, row: (draw: () => number) => number[]): number[][] {
  return Array.from({ length: ROWS }, () => row(draw));
}
