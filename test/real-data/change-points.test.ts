import { describe, expect, it } from "vitest";
import { changesIn } from "../bench/change-points/ours.ts";
import { PUBLISHED } from "../bench/change-points/published.ts";
import { covering, f1 } from "../bench/change-points/scores.ts";
import { annotatedSeries } from "../bench/change-points/series.ts";

const all = Object.keys(PUBLISHED).flatMap((name) => annotatedSeries(name) ?? []);

describe.skipIf(all.length === 0)("series that five people have looked through for changes", () => {
  it("give who sees no change the published scores", () => {
    for (const series of all) {
      expect(f1(series, [])).toBeCloseTo(PUBLISHED[series.name]?.f1.zero ?? Number.NaN, 4);
      expect(covering(series, [])).toBeCloseTo(PUBLISHED[series.name]?.covering.zero ?? Number.NaN, 4);
    }
  });

  it("give who sees what every annotator sees full marks", () => {
    const series = { length: 100, annotations: [[28], [28]] };
    expect([f1(series, [28]), covering(series, [28])]).toEqual([1, 1]);
    // By hand: of 5 found 2 are right, and each annotator's 2 are found; the stretch from 28 is best shared by that from 33.
    expect(f1(series, [33, 40, 60, 80])).toBeCloseTo((2 * 0.4) / 1.4, 12);
    expect(covering(series, [33])).toBeCloseTo(0.28 * (28 / 33) + 0.72 * (67 / 72), 12);
  });

  it("hold the Nile's change of 1899 alone, and the quality control's without any, none", () => {
    const found = (name: string) => changesIn(all.find((series) => series.name === name)?.values ?? []);
    expect(found("nile")).toEqual([28]);
    expect(found("quality_control_5")).toEqual([]);
  });
});
