import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { borderText, plainNumber, roundBorder } from "../../../server/cluster/condition.ts";
import { distil, type RuleColumn } from "../../../server/cluster/distil.ts";
import { uniform } from "./seeded.ts";

describe("rules", () => {
  test("a planted rule of two borders comes back, with whole numbers as borders", async () => {
    const draw = uniform(1);
    const orders = Float64Array.from({ length: 2000 }, () => Math.floor(draw() * 10));
    const recency = Float64Array.from({ length: 2000 }, () => Math.floor(draw() * 90));
    const labels = Int32Array.from(orders, (count, row) => (count >= 4 && (recency[row] ?? 0) <= 21 ? 2 : 1));
    const [, second] = await run([numbers("orders_90d", orders), numbers("recency_days", recency)], labels);
    expect(second).toMatchObject({ precision: 1, recall: 1 });
    expect(new Set(second?.rule.split(" AND "))).toEqual(new Set(["orders_90d >= 4", "recency_days <= 21"]));
  });

  test("a cluster in the middle of a column gets both its borders", async () => {
    const values = Float64Array.from({ length: 900 }, (_, row) => row / 10);
    const labels = values.map((value) => (value >= 30 && value < 60 ? 1 : 2));
    const [middle] = await run([numbers("spend", values)], Int32Array.from(labels));
    expect(middle?.conditions).toEqual([
      { column: "spend", operator: ">=", value: 30 },
      { column: "spend", operator: "<=", value: 59.9 },
    ]);
    expect(middle).toMatchObject({ rule: "spend >= 30 AND spend <= 59.9", precision: 1, recall: 1 });
  });

  test("has one to four conditions, and the precision and recall that it says", async () => {
    const cell = fc.oneof(fc.integer({ min: 0, max: 6 }), fc.constant(Number.NaN));
    const data = fc.array(fc.tuple(cell, cell, fc.integer({ min: 1, max: 3 })), { minLength: 3, maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(data, async (rows) => {
        const columns = [
          numbers(
            "a",
            rows.map(([a]) => a),
          ),
          numbers(
            "b",
            rows.map(([, b]) => b),
          ),
        ];
        if (columns.every(({ values }) => values.every(Number.isNaN))) return;
        const labels = Int32Array.from(rows, ([, , label]) => label);
        for (const { cluster, conditions, rule, precision, recall } of await run(columns, labels)) {
          expect(conditions.length).toBeGreaterThanOrEqual(1);
          expect(conditions.length).toBeLessThanOrEqual(4);
          const meets = rows.map(([a, b]) => rule.split(" AND ").every((text) => holds(text, { a, b })));
          const both = meets.filter((met, row) => met && labels[row] === cluster).length;
          expect(precision).toBe(both / meets.filter(Boolean).length);
          expect(recall).toBe(both / labels.filter((label) => label === cluster).length);
        }
      }),
      { numRuns: 60 },
    );
  });

  test("says TRUE and FALSE of a boolean, and writes names as it is told", async () => {
    const flags: RuleColumn = { name: "Opted In", values: Float64Array.of(1, 1, 1, 0, 0), kind: "boolean" };
    const rules = await distil([flags], Int32Array.of(1, 1, 1, 2, 2), { seed: 1, nameText: (name) => `\`${name}\`` });
    expect(rules.map(({ rule }) => rule)).toEqual(["`Opted In` = TRUE", "`Opted In` = FALSE"]);
  });

  test("rows in no cluster count nowhere", async () => {
    const values = Float64Array.of(1, 2, 3, 10, 11, 12, 1000);
    const [first, second] = await run([numbers("x", values)], Int32Array.of(1, 1, 1, 2, 2, 2, 0));
    expect(first).toMatchObject({ precision: 1, recall: 1 });
    expect(second).toMatchObject({ precision: 1, recall: 1 });
  });
});

describe("borders", () => {
  test.each([
    [">=", 4, 3, 4],
    ["<=", 21, 22, 21],
    [">=", 250, 10, 100],
    [">=", 0.123456, 0.123411, 0.12343],
    ["<=", -3.5, -1, -2],
    [">=", 42, -Infinity, 40],
  ] as const)("%s that takes in %d and not %d is %d", (operator, inside, outside, value) => {
    expect(roundBorder(operator, inside, outside)).toBe(value);
  });

  test.each([
    [">=", 1e-320, 0, "> 0"],
    ["<=", -1e-320, 0, "< 0"],
    [">=", 1e-320, -1e-320, ">= 0"],
    ["<=", 0, 1e-320, "<= 0"],
    [">=", 1e100, 3, ">= 4"],
    ["<=", 3, 1e100, "<= 3"],
    [">=", 3, -1e100, ">= 0"],
    ["<=", 2.5, 1e100, "<= 3"],
    [">=", 1e-12, 0, ">= 0.0000000000005"],
  ] as const)("%s that takes in %d and not %d is short to read: %s", (operator, inside, outside, text) => {
    expect(borderText(operator, roundBorder(operator, inside, outside))).toBe(text);
  });

  test("always part the two values", () => {
    fc.assert(
      fc.property(
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        (a, b) => {
          if (a === b) return;
          const up = roundBorder(">=", Math.max(a, b), Math.min(a, b));
          const down = roundBorder("<=", Math.min(a, b), Math.max(a, b));
          expect(up > Math.min(a, b) && up <= Math.max(a, b)).toBe(true);
          expect(down >= Math.min(a, b) && down < Math.max(a, b)).toBe(true);
        },
      ),
    );
  });

  test("are written in plain digits that read back as the same number", () => {
    expect(plainNumber(1.5e-9)).toBe("0.0000000015");
    expect(plainNumber(-2e21)).toBe("-2000000000000000000000");
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e40, max: 1e40 }), (value) => {
        expect(Number(plainNumber(value))).toBe(value + 0);
        expect(plainNumber(value)).toMatch(/^-?\d+(\.\d+)?$/);
      }),
    );
  });
});

function numbers(name: string, values: ArrayLike<number>): RuleColumn {
  return { name, values: Float64Array.from(values), kind: "number" };
}

function run(columns: RuleColumn[], labels: Int32Array) {
  return distil(columns, labels, { seed: 1, nameText: (name) => name });
}

function holds(text: string, row: Record<string, number>): boolean {
  const [name = "", operator, value] = text.split(" ");
  const here = row[name] ?? Number.NaN;
  return operator === ">=" ? here >= Number(value) : here <= Number(value);
}
