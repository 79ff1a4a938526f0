import { describe, expect, it } from "vitest";
import type { ColumnSummary } from "../../../../server/run/view.ts";
import {
  barOfPlace,
  endsOf,
  firstPlace,
  isDescending,
  placeOfBar,
  placeOfValue,
  spansOf,
} from "../../../../web/cells/features/places.ts";

const column: ColumnSummary = {
  ...{ name: "orders", type: "BIGINT", missing: 1, distinct: 4, approximate: false },
  ...{ min: 0, max: 40, mean: 10, histogram: [5, 3, 0, 2], top: [] },
};

describe("people in the order of a feature's values", () => {
  it("are found by the bar they are in, from the greatest value down", () => {
    expect([0, 1, 2, 3].map((bar) => placeOfBar(column.histogram, bar))).toEqual([5, 2, 2, 0]);
    expect([0, 1, 2, 4, 5, 9].map((place) => barOfPlace(column.histogram, place))).toEqual([3, 3, 1, 1, 0, 0]);
    expect(barOfPlace(column.histogram, 10)).toBe(null);
  });

  it("begin with the middle one of those above the lowest bar", () => {
    expect(firstPlace(column)).toBe(2);
    expect(firstPlace({ ...column, histogram: [7] })).toBe(0);
  });

  it("are found by their value in a column of texts, in the order of the texts", () => {
    const top = [
      { value: "Kitchen", rows: 9 },
      { value: "Bath", rows: 4 },
      { value: "Öl", rows: 1 },
    ];
    expect(top.map(({ value }) => placeOfValue(top, value))).toEqual([4, 0, 13]);
    expect(isDescending({ ...column, histogram: [] })).toBe(false);
    expect(isDescending(column)).toBe(true);
  });
});

describe("a histogram's words", () => {
  it("say what each bar spans and what the ends are, for numbers and for times", () => {
    expect(spansOf(column)).toEqual(["0 to 10", "10 to 20", "20 to 30", "30 to 40"]);
    expect(endsOf(column)).toEqual(["0", "mean 10", "40"]);
    const times = { ...column, type: "TIMESTAMP", min: "2026-10-01 00:00:00", max: "2026-10-05 00:00:00", mean: null };
    expect(spansOf(times)[0]).toBe("1 Oct 2026 to 2 Oct 2026");
    expect(endsOf(times)).toEqual(["1 Oct 2026", "5 Oct 2026"]);
    expect(spansOf({ ...times, min: null, max: null })).toEqual(["", "", "", ""]);
  });
});
