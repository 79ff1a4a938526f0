import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type FeatureColumn, type Scaled, type ScaleOptions, scale } from "../../../server/cluster/scale.ts";

describe("scaling", () => {
  test("robust takes the median and the quartiles' distance of type 7", () => {
    // 1 2 3 4 100: median 3, quartiles 2 and 4.
    expect([...points([[1, 2, 3, 4, 100]], { scale: "robust" })]).toEqual([-1, -0.5, 0, 0.5, 48.5]);
  });

  test("robust falls back on 1.349 sd where the quartiles are equal but not all values are", () => {
    // 0 0 0 0 0 6: median 0, IQR 0, mean 1, sd √6.
    expect(points([[0, 0, 0, 0, 0, 6]], { scale: "robust" })[5]).toBeCloseTo(6 / (1.349 * Math.sqrt(6)), 12);
  });

  test("zscore takes mean and sample sd, minmax the range, none nothing", () => {
    expect([...points([[2, 4, 6]], { scale: "zscore" })]).toEqual([-1, 0, 1]);
    expect([...points([[2, 4, 10]], { scale: "minmax" })]).toEqual([0, 0.25, 1]);
    expect([...points([[2, 4, 10]], { scale: "none" })]).toEqual([2, 4, 10]);
  });

  test("puts columns side by side, row by row", () => {
    expect([
      ...points(
        [
          [1, 2],
          [30, 40],
        ],
        { scale: "none" },
      ),
    ]).toEqual([1, 30, 2, 40]);
  });

  test("is not moved by the columns' units", () => {
    const values = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 2, maxLength: 30 });
    fc.assert(
      fc.property(values, fc.constantFrom("robust", "zscore", "minmax"), (column, scaling) => {
        const feet = points([column], { scale: scaling });
        const other = points([column.map((value) => 32 + value * 1.8)], { scale: scaling });
        feet.forEach((value, row) => {
          expect(other[row]).toBeCloseTo(value, 6);
        });
      }),
    );
  });

  test("a constant column becomes 0 and is a finding", () => {
    const scaled = good(
      [
        [5, 5, 5],
        [1, 2, 3],
      ],
      { scale: "robust" },
    );
    expect([...scaled.points]).toEqual([0, -1, 0, 0, 0, 1]);
    expect(scaled.findings).toMatchObject([
      { code: "constant-column", column: "a", message: "a is 5 in every row, so it tells no rows apart." },
    ]);
  });

  test("of a long tail that goes below 0, as money with refunds does, ranks are suggested, which every value has", () => {
    const money = [...Array.from({ length: 98 }, (_, at) => at), -270, 90_000];
    expect(good([money], { scale: "robust" }).findings).toMatchObject([
      { code: "skewed-column", hint: "Try transform: {a: rank}." },
    ]);
  });

  test("a long tail is a finding that suggests a transform", () => {
    const spend = Array.from({ length: 200 }, (_, row) => (row === 0 ? 5000 : row % 10));
    expect(good([spend], { scale: "robust" }).findings).toMatchObject([
      { code: "skewed-column", hint: "Try transform: {a: log1p}." },
    ]);
    expect(good([spend], { scale: "robust" }, "rank").findings).toEqual([]);
  });
});

describe("a long tail that nobody has spoken of", () => {
  const spend = Array.from({ length: 400 }, (_, row) => Math.exp(((row * 37) % 400) / 50) - 1);
  const auto = (scaling: ScaleOptions["scale"], column = spend) =>
    scale([{ name: "spend", values: Float64Array.from(column), transform: "auto" }], {
      scale: scaling,
      missing: "stop",
    });

  test("is compared by its logarithm on the robust scale, and that is said", () => {
    const spent = [...spend, 1e6];
    const found = auto("robust", spent);
    const told = scale([{ name: "spend", values: Float64Array.from(spent), transform: "log1p" }], {
      scale: "robust",
      missing: "stop",
    });
    if (!found.ok || !told.ok) throw new Error("it can be scaled");
    expect([...found.value.points]).toEqual([...told.value.points]);
    expect(found.value.transforms).toEqual(["log1p"]);
    expect(found.value.findings).toMatchObject([{ code: "skew-tamed", column: "spend" }]);
  });

  test.each(["zscore", "minmax", "none"] as const)("is left as it is by %s, with a warning", (scaling) => {
    const found = auto(scaling, [...spend, 1e6]);
    if (!found.ok) throw new Error(found.message);
    expect(found.value.transforms).toEqual(["none"]);
    expect(found.value.findings).toMatchObject([{ code: "skewed-column", hint: "Try transform: {spend: log1p}." }]);
  });

  test("is compared by its rank where it goes below 0 or to the left", () => {
    for (const column of [[...spend, 1e6, -1], spend.map((value) => -value).concat(-1e6)]) {
      const found = auto("robust", column);
      if (!found.ok) throw new Error(found.message);
      expect(found.value.transforms).toEqual(["rank"]);
      expect(found.value.findings).toMatchObject([
        { code: "skew-tamed", hint: expect.stringContaining("transform: {spend: rank}") },
      ]);
    }
  });

  test("a column without one stays as it is, and so does one whose tail no transform changes", () => {
    const even = auto(
      "robust",
      Array.from({ length: 50 }, (_, row) => row),
    );
    const rare = auto(
      "robust",
      Array.from({ length: 500 }, (_, row) => (row === 0 ? 1 : 0)),
    );
    if (!even.ok || !rare.ok) throw new Error("it can be scaled");
    expect([even.value.transforms, even.value.findings]).toEqual([["none"], []]);
    expect(rare.value.transforms).toEqual(["none"]);
    expect(rare.value.findings).toMatchObject([
      { code: "skewed-column", hint: expect.stringContaining("no transform changes that") },
    ]);
  });
});

describe("transforms", () => {
  test("log1p, sqrt and rank are applied before scaling", () => {
    expect([...points([[0, Math.E - 1]], { scale: "none" }, "log1p")]).toEqual([0, 1]);
    expect([...points([[0, 9]], { scale: "none" }, "sqrt")]).toEqual([0, 3]);
  });

  test("rank gives equal values their mean rank, as a share of all rows", () => {
    // Ranks 3, 1.5, 1.5, 4 less a half, over 4.
    expect([...points([[7, 2, 2, 90]], { scale: "none" }, "rank")]).toEqual([2.5 / 4, 1 / 4, 1 / 4, 3.5 / 4]);
  });

  test("a value without an image is an error that counts them and names the least", () => {
    expect(run([[3, -1, -20]], { scale: "none" }, "log1p")).toMatchObject({
      ok: false,
      code: "transform-out-of-range",
      column: "a",
      message: "log1p takes values greater than −1; a has 2 others, the least -20.",
    });
    expect(run([[3, -0.5]], { scale: "none" }, "sqrt")).toMatchObject({ code: "transform-out-of-range" });
  });
});

describe("missing values", () => {
  const gap = Number.NaN;

  test("stop names every column with gaps and how many", () => {
    expect(
      run(
        [
          [1, gap, gap],
          [1, 2, 3],
          [gap, 1, 1],
        ],
        {},
      ),
    ).toMatchObject({
      ok: false,
      code: "missing-values",
      column: "a",
      message: "Values are missing: a in 2, c in 1 of 3 rows.",
    });
  });

  test("drop leaves the rows out and says how many", () => {
    const scaled = good(
      [
        [1, gap, 3],
        [4, 5, 6],
      ],
      { missing: "drop", scale: "none" },
    );
    expect([...scaled.kept]).toEqual([0, 2]);
    expect([...scaled.points]).toEqual([1, 4, 3, 6]);
    expect(scaled.findings).toMatchObject([
      { code: "rows-dropped", message: "1 of 3 rows misses a value and is in no cluster." },
    ]);
  });

  test("median is filled in in the column's own units, before the transform", () => {
    const scaled = good([[0, 8, gap]], { missing: "median", scale: "none" }, "sqrt");
    expect([...scaled.points]).toEqual([0, Math.sqrt(8), 2]);
    expect(scaled.findings).toMatchObject([{ code: "missing-filled", column: "a" }]);
  });

  test.each(["stop", "drop", "median"] as const)("a column without any value is an error under %s", (missing) => {
    expect(
      run(
        [
          [1, 2],
          [gap, gap],
        ],
        { missing },
      ),
    ).toMatchObject({ ok: false, code: "column-all-missing", column: "b" });
  });

  test("an infinite value, no rows, and rows that all miss something are errors", () => {
    expect(run([[1, Infinity]], {})).toMatchObject({ code: "infinite-value", column: "a" });
    expect(run([[]], {})).toMatchObject({ code: "no-rows" });
    expect(
      run(
        [
          [1, gap],
          [gap, 1],
        ],
        { missing: "drop" },
      ),
    ).toMatchObject({ code: "no-rows" });
  });
});

function run(values: number[][], options: Partial<ScaleOptions>, transform: FeatureColumn["transform"] = "none") {
  const columns = values.map((column, i) => ({ name: "abc"[i] ?? "", values: Float64Array.from(column), transform }));
  return scale(columns, { scale: "robust", missing: "stop", ...options });
}

function good(
  values: number[][],
  options: Partial<ScaleOptions>,
  transform: FeatureColumn["transform"] = "none",
): Scaled {
  const outcome = run(values, options, transform);
  if (!outcome.ok) throw new Error(outcome.message);
  return outcome.value;
}

function points(
  values: number[][],
  options: Partial<ScaleOptions>,
  transform: FeatureColumn["transform"] = "none",
): Float64Array {
  return good(values, options, transform).points;
}
