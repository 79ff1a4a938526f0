import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Band,
  bandAdded,
  bandSizes,
  bandsFrom,
  bandsIn,
  borderText,
  type ScoreCount,
} from "../../../server/figures/score-bands.ts";

const at = (score: number, people: number): ScoreCount => ({ score, highest: score, people, excluded: 0 });
const from = (name: string, border: number, operator: Band["operator"] = ">="): Band => ({ name, operator, border });

const COUNTS = [at(-2, 3), at(0, 10), at(5, 20), at(10, 7), at(15, 5)];

describe("The bands of a score", () => {
  it("are read as they are written, the highest first", () => {
    expect(bandsIn({ bands: { Hot: ">=15", Mild: " > -0.5 " } })).toEqual([
      { name: "Hot", operator: ">=", border: 15, written: ">=15" },
      { name: "Mild", operator: ">", border: -0.5, written: " > -0.5 " },
    ]);
    expect(bandsIn(null)).toEqual([]);
  });

  it("hold whoever reaches their border and no higher one; the others come last", () => {
    expect(bandSizes(COUNTS, [from("Hot", 10, ">"), from("Warm", 5)])).toEqual([
      { name: "Hot", people: 5, share: 5 / 45 },
      { name: "Warm", people: 27, share: 27 / 45 },
      { name: null, people: 13, share: 13 / 45 },
    ]);
    expect(bandSizes([], [from("Hot", 10)])).toEqual([{ name: "Hot", people: 0, share: 0 }]);
  });

  it("hold everybody once, wherever the borders are", () => {
    const counts = fc.array(fc.tuple(fc.integer({ min: -9, max: 9 }), fc.nat(20)), { maxLength: 12 });
    const borders = fc.uniqueArray(fc.integer({ min: -9, max: 9 }), { maxLength: 4 });
    fc.assert(
      fc.property(counts, borders, (people, places) => {
        const bands = [...places].sort((a, b) => b - a).map((place) => from(`from ${place}`, place));
        const sizes = bandSizes(
          people.map(([score, number]) => at(score, number)),
          bands,
        );
        const all = people.reduce((sum, [, number]) => sum + number, 0);
        expect(sizes.reduce((sum, size) => sum + size.people, 0)).toBe(all);
      }),
      { numRuns: 100 },
    );
  });

  it("keep their names in order where borders are suggested", () => {
    const bands = [from("Hot", 15), from("Warm", 5), from("Cold", -5)];
    expect(bandsFrom([-2, 8], bands)).toEqual([from("Hot", 8), from("Cold", -5)]);
    expect(bandsFrom([-2, 8, 12], bands)).toEqual([from("Hot", 12), from("Warm", 8), from("Cold", -5)]);
    expect(bandsFrom([-9, 3, 8, 12], bands)).toEqual([
      from("Hot", 12),
      from("Warm", 8),
      from("Band 3", 3),
      from("Cold", -9),
    ]);
    expect(bandsFrom([0, 4], []).map(({ name }) => name)).toEqual(["Band 1", "Band 2"]);
    expect(bandsFrom([0, 4], [from("Only", 2)]).map(({ name }) => name)).toEqual(["Only", "Band 2"]);
    const numbered = [from("Band 3", 9), from("Band 2", 5)];
    expect(bandsFrom([0, 2, 4, 6], numbered).map(({ name }) => name)).toEqual(["Band 3", "Band 4", "Band 5", "Band 2"]);
  });

  it("get one more below the lowest, or where the largest parts best", () => {
    expect(bandAdded(COUNTS, [from("Hot", 10)])).toEqual({ band: from("Band 2", -2), place: 1 });
    // 20 at 5 and 10 at 0: the largest band is parted at 5, above its lower half.
    expect(bandAdded(COUNTS, [from("Hot", 10), from("Cold", -2)])).toEqual({ band: from("Band 3", 5), place: 1 });
    expect(bandAdded([at(3, 9)], [from("All", 0)])).toBeNull();
    expect(bandAdded([], [])).toBeNull();
  });

  it("are written without an exponent", () => {
    expect([1e-7, -0.25, 15].map((border) => borderText(from("x", border)))).toEqual([
      ">= 0.0000001",
      ">= -0.25",
      ">= 15",
    ]);
  });
});
