import { describe, expect, test } from "vitest";
import { possibleCounts } from "../../../server/cluster/cluster-count.ts";
import { distil } from "../../../server/cluster/distil.ts";
import { isNumbering } from "../../../server/cluster/numbering.ts";
import { overlaps } from "../../../server/cluster/overlap.ts";
import { Pace } from "../../../server/cluster/pace.ts";
import { seededRandom } from "../../../server/cluster/random.ts";
import { warnings } from "../../../server/cluster/warnings.ts";
import { flat } from "./by-definition.ts";
import { blobs, normal } from "./seeded.ts";

describe("warnings", () => {
  test("clusters below 2 % or 50 rows are named with their sizes", () => {
    const { points } = blobs([[0, 0]], 4000, 1, 1);
    const labels = Int32Array.from(points, (_, row) => (row < 3870 ? 1 : row < 3950 ? 2 : 3));
    const [small] = warnings(flat(points), { rows: 4000, columns: 2 }, labels, ["a", "b"]);
    expect(small).toMatchObject({
      code: "small-cluster",
      message: "Some clusters are below 2 % or 50 rows: 3 has 50 of 4,000.",
    });
  });

  test("of many small ones the first are told, and how many more there are", () => {
    const points = Float64Array.from({ length: 60 }, (_, row) => row);
    const [small] = warnings(
      points,
      { rows: 60, columns: 1 },
      Int32Array.from(points, (row) => row + 1),
      ["a"],
    );
    expect(small?.message).toMatch(/: 1 has 1, .*, 7 has 1, and 53 more, of 60\.$/);
  });

  test.each([
    [1, "There is only 1 row, all in one cluster: it says little of others."],
    [30, "There are only 30 rows, all in one cluster: it says little of others."],
  ])("of %d rows in one cluster nobody is asked to lower k", (rows, message) => {
    const points = Float64Array.from({ length: rows }, (_, row) => row);
    const labels = new Int32Array(rows).fill(1);
    expect(warnings(points, { rows, columns: 1 }, labels, ["a"])).toEqual([
      { code: "small-cluster", column: null, message, hint: "Check why there are so few rows." },
    ]);
  });

  test("a column that alone parts the clusters is named, one among several is not", () => {
    const alone = blobs(
      [
        [0, 0],
        [9, 0],
      ],
      200,
      1,
      2,
    );
    const together = blobs(
      [
        [0, 0],
        [9, 9],
      ],
      200,
      1,
      2,
    );
    const shape = { rows: 200, columns: 2 };
    const labels = Int32Array.from(alone.planted, (centre) => centre + 1);
    expect(warnings(flat(alone.points), shape, labels, ["a", "b"])).toMatchObject([
      { code: "one-column-decides", column: "a", message: "a alone makes up 99 % of what parts the clusters." },
    ]);
    expect(warnings(flat(together.points), shape, labels, ["a", "b"])).toEqual([]);
  });

  test("more than seven clusters are many", () => {
    const { points, planted } = blobs(
      [0, 1, 2, 3, 4, 5, 6, 7].map((i) => [9 * i, 9 * i]),
      800,
      1,
      2,
    );
    const labels = Int32Array.from(planted, (centre) => centre + 1);
    expect(warnings(flat(points), { rows: 800, columns: 2 }, labels, ["a", "b"])).toMatchObject([
      { code: "many-clusters" },
    ]);
  });
});

test("two clusters that one rule can't tell apart are said to be mixed", async () => {
  const values = Float64Array.from({ length: 300 }, (_, row) => (row < 200 ? row % 10 : 100));
  const labels = Int32Array.from(values, (value, row) => (value === 100 ? 3 : (row % 3) % 2 === 0 ? 1 : 2));
  const rules = await distil([{ name: "x", values, kind: "number" }], labels, { seed: 1, nameText: (name) => name });
  expect(rules.map(({ cluster, mixedWith }) => [cluster, mixedWith])).toEqual([
    [1, [2]],
    [2, [1]],
    [3, []],
  ]);
});

describe("clusters that one rule can't tell apart", () => {
  /** Four clouds far from each other, 200 rows each; `second` says which of two halves of the first a row is in. */
  const found = async (second: (row: number, x: number) => boolean) => {
    const square = [0, 9].flatMap((y) => [0, 9].map((x) => [x, y]));
    const { points, planted } = blobs(square, 800, 1, 3);
    const at = (column: number) => Float64Array.from(points, (row) => row[column] as number);
    const columns = [0, 1].map((column) => ({ name: `c${column}`, values: at(column) }));
    const labels = Int32Array.from(planted, (centre, row) =>
      centre === 0 && second(row, points[row]?.[0] ?? 0) ? 5 : centre + 1,
    );
    return overlaps(columns, labels, { random: seededRandom(1, "overlap"), pace: new Pace({}) });
  };

  test("are told: halves of one cloud that no column parts", async () => {
    expect(await found((row) => row % 8 < 4)).toMatchObject([
      { code: "clusters-overlap", message: expect.stringMatching(/: 1 without 5, 5 without 1\.$/) },
    ]);
  });

  test("are told one way where only one of them can be said by a rule: a ring and what is inside of it", async () => {
    const draw = normal(5);
    const ring = Array.from({ length: 900 }, (_, row) => {
      const radius = row < 600 ? 9 : 0;
      return [radius * Math.cos(row) + draw(), radius * Math.sin(row) + draw()];
    });
    const columns = [0, 1].map((c) => ({ name: `c${c}`, values: Float64Array.from(ring, (at) => at[c] as number) }));
    const labels = Int32Array.from(ring, (_, row) => (row < 600 ? 1 : 2));
    const [told] = await overlaps(columns, labels, { random: seededRandom(1, "overlap"), pace: new Pace({}) });
    expect(told?.message).toMatch(/: 1 without 2\.$/);
  });

  test("are not those that a border parts, nor those of fewer than twenty rows", async () => {
    expect(await found((_, x) => x > 0)).toEqual([]);
    expect(await found((row) => row < 40)).toEqual([]);
  });
});

describe("a column that numbers people", () => {
  const numbers = (of: (row: number) => number) => Float64Array.from({ length: 600 }, (_, row) => of((row * 7) % 600));
  test.each([
    ["numbers from a book, one in five of them lost", numbers((row) => 1e6 + row + Math.floor(row / 4)), false, true],
    ["nine digits and a name that says so", numbers((row) => 123_456_789 + row * 1_000_003), true, true],
    ["nine digits, which money may have", numbers((row) => 123_456_789 + row * 1_000_003), false, false],
    ["two that are alike", numbers((row) => Math.max(1, row)), true, false],
    ["one that is missing", numbers((row) => (row === 5 ? Number.NaN : row)), true, false],
    ["halves", numbers((row) => row / 2), true, false],
    ["few rows", numbers((row) => row).slice(0, 40), true, false],
  ])("is told by its values: %s", (_, values, isNamedSo, told) => {
    expect(isNumbering(values, isNamedSo)).toBe(told);
  });
});

describe("the numbers of clusters that points can have", () => {
  const points = Float64Array.of(1, 1, 2, 3);
  const shape = { rows: 4, columns: 1 };

  test("are those up to the different rows; what is left out is a finding", () => {
    expect(possibleCounts(points, shape, [2, 3])).toEqual({ ok: true, value: { ks: [2, 3], findings: [] } });
    expect(possibleCounts(points, shape, [2, 3, 4, 5])).toMatchObject({
      ok: true,
      value: { ks: [2, 3], findings: [{ code: "k-above-distinct-rows" }] },
    });
  });

  test("are none where even the smallest is too many", () => {
    expect(possibleCounts(points, shape, [4, 5])).toMatchObject({ ok: false, code: "k-above-distinct-rows" });
    expect(possibleCounts(points, shape, [5])).toMatchObject({ ok: false, code: "k-above-rows" });
    expect(possibleCounts(points, shape, [1.5])).toMatchObject({ ok: false, code: "k-not-whole" });
  });
});
