import { describe, expect, it } from "vitest";
import type { Band, ScoreCount } from "../../../server/figures/score-bands.ts";
import {
  edgeOf,
  keyedPlace,
  nearestPlace,
  reachOf,
  type ThresholdScale,
  thresholdScale,
} from "../../../web/parts/threshold-scale.ts";

const at = (score: number, people = 1): ScoreCount => ({ score, highest: score, people, excluded: 0 });
const from = (border: number, operator: Band["operator"] = ">="): Band => ({ name: "x", operator, border });

function scaleOf(counts: readonly ScoreCount[]): ThresholdScale {
  const scale = thresholdScale(counts);
  if (scale === null) throw new Error("nobody");
  return scale;
}

describe("The axis of a score", () => {
  it("has a bar for each score where they are few, and empty ones between", () => {
    const scale = scaleOf([at(0, 4), at(5, 2), at(15, 1)]);
    expect(scale.bars).toEqual([
      { middle: 0, people: 4 },
      { middle: 5, people: 2 },
      { middle: 10, people: 0 },
      { middle: 15, people: 1 },
    ]);
    expect([scale.low, scale.high]).toEqual([-2.5, 17.5]);
  });

  it("has bars of one width where they are many, which hold everybody", () => {
    const scale = scaleOf(Array.from({ length: 1_000 }, (_, place) => at(place / 100, 3)));
    expect(scale.bars.length).toBeLessThan(100);
    expect(scale.bars.reduce((sum, { people }) => sum + people, 0)).toBe(3_000);
  });

  it("is not there without anybody, and is one bar wide for one score", () => {
    expect(thresholdScale([])).toBeNull();
    expect(scaleOf([at(7)]).bars).toEqual([{ middle: 7, people: 1 }]);
  });

  it("draws a border before the bar that it lets in, and behind one that it does not", () => {
    const scale = scaleOf([at(0), at(5)]);
    expect([edgeOf(scale, from(5)), edgeOf(scale, from(0, ">"))]).toEqual([2.5, 2.5]);
  });
});

describe("A border", () => {
  const scale = scaleOf([0, 5, 10, 15, 20].map((score) => at(score)));
  const bands = [from(15), from(10), from(0)];

  it("goes as far as its neighbours let it", () => {
    expect(reachOf(scale, bands, 0)).toEqual([15, 20]);
    expect(reachOf(scale, bands, 1)).toEqual([5, 10]);
    expect(reachOf(scale, bands, 2)).toEqual([0, 5]);
  });

  it("is put where its edge is nearest to the pointer", () => {
    expect(nearestPlace(scale, [5, 10], 7.4)).toBe(10);
    expect(nearestPlace(scale, [5, 10], 4)).toBe(5);
    expect(nearestPlace(scale, [5, 10], 400)).toBe(10);
    expect(nearestPlace(scale, [], 4)).toBeNull();
  });

  it("moves by keys a step, ten, or to the ends", () => {
    const reach = [0, 5, 10, 15, 20];
    const moved = (key: string, border: Band) => keyedPlace(key, reach, border);
    expect([moved("ArrowRight", from(5)), moved("ArrowLeft", from(5)), moved("ArrowUp", from(20))]).toEqual([
      10, 0, 20,
    ]);
    expect([moved("Home", from(5)), moved("End", from(5)), moved("PageDown", from(15))]).toEqual([0, 20, 0]);
    expect(moved("a", from(5))).toBeNull();
  });

  it("between two scores goes to either, and counts as the one that it lets in", () => {
    expect(keyedPlace("ArrowLeft", [0, 5, 10], from(7))).toBe(5);
    expect(keyedPlace("ArrowRight", [0, 5, 10], from(7))).toBe(10);
    expect(keyedPlace("ArrowRight", [0, 5, 10], from(0, ">"))).toBe(10);
  });
});
