import { expect, test } from "vitest";
import { behindFeature } from "../../../../server/cells/features/behind.ts";
import type { FeaturesBody } from "../../../../server/cells/features.ts";

const body: FeaturesBody = {
  ...({ from: null, template: "rfm", event: "placed order", amount: "amount", fill: {} } as const),
  columns: {
    n: "count of placed order",
    spent: "sum of amount of placed order",
    each: { sql: "spent / n" },
    twice: { sql: "each * 2" },
    round: { sql: "other + round" },
    other: { sql: "round" },
    country: { sql: "upper(country)" },
  },
} as FeaturesBody;

test("behind a feature stands its expression, and behind SQL those of the columns that it speaks of", () => {
  expect(behindFeature(body, "n")).toEqual(["count of placed order"]);
  expect(behindFeature(body, "each")).toEqual(["count of placed order", "sum of amount of placed order"]);
  expect(behindFeature(body, "twice")).toEqual(behindFeature(body, "each"));
  expect(behindFeature(body, "country")).toEqual([]);
});

test("SQL that goes round in circles ends", () => {
  expect(behindFeature(body, "round")).toEqual([]);
});

test("behind the template's columns stand its three measures", () => {
  expect(behindFeature(body, "monetary")).toEqual(["sum of amount of placed order"]);
  expect(behindFeature(body, "f")).toEqual(["count of placed order"]);
  expect(behindFeature(body, "rfm_segment")).toEqual(["days since last placed order", "count of placed order"]);
  expect(behindFeature(body, "rfm_score")?.length).toBe(3);
});

test("a column that the cell has not has nothing behind it", () => {
  expect(behindFeature(body, "nothing")).toBe(null);
  expect(behindFeature({ ...body, template: null }, "monetary")).toBe(null);
});
