import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fates } from "../../../server/cluster/fates.ts";
import { followedNumbers, matchClusters } from "../../../server/cluster/match.ts";

const unknown = (rows: number, columns: number) => Array.from({ length: rows }, () => Array(columns).fill(Number.NaN));

function byPeople(common: number[][]): number[] {
  const later = common[0]?.length ?? 0;
  return [...matchClusters({ common, gaps: unknown(common.length, later) }, later)];
}

describe("Clusters are matched with those before", () => {
  test("by people: the same people under other numbers are the same clusters", () => {
    const permutation = fc.integer({ min: 1, max: 8 }).chain((k) =>
      fc.tuple(
        fc.shuffledSubarray(
          Array.from({ length: k }, (_, i) => i),
          { minLength: k, maxLength: k },
        ),
        fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: k, maxLength: k }),
      ),
    );
    fc.assert(
      fc.property(permutation, ([order, sizes]) => {
        const common = sizes.map((size, before) => order.map((was) => (was === before ? size : 0)));
        expect(byPeople(common)).toEqual(order);
        const heirs = Int32Array.from(order);
        const numbers = sizes.map((_, before) => before + 1);
        expect(followedNumbers(heirs, numbers, [])).toEqual(order.map((was) => was + 1));
      }),
    );
  });

  test("by people: a cluster that holds less than a fifth of another's is not its heir", () => {
    expect(
      byPeople([
        [19, 0, 81],
        [0, 0, 500],
      ]),
    ).toEqual([-1, -1, 1]);
    expect(
      byPeople([
        [20, 0, 80],
        [0, 0, 500],
      ]),
    ).toEqual([0, -1, 1]);
  });

  test("by centre, of those without people in common, where each is the other's nearest", () => {
    const gaps = [
      [0.5, 4],
      [4, 0.2],
      [4.1, 0.3],
    ];
    expect([...matchClusters({ common: null, gaps }, 2)]).toEqual([0, 1]);
    // The second is known to have gone to the first; the third, of whom nobody is there, is not the nearest of its nearest.
    const common = [
      [10, 0],
      [10, 0],
      [0, 0],
    ];
    expect([...matchClusters({ common, gaps }, 2)]).toEqual([0, 1]);
    expect([...matchClusters({ common: null, gaps: unknown(3, 2) }, 2)]).toEqual([-1, -1]);
  });

  test("new ones have the smallest number that nobody had and no name waits for", () => {
    expect(followedNumbers(Int32Array.of(-1, 1, -1), [1, 3], [4])).toEqual([2, 3, 5]);
    expect(followedNumbers(Int32Array.of(-1, -1), [], [])).toEqual([1, 2]);
  });
});

describe("What became of a cluster is said with numbers", () => {
  const named = (names: Record<number, [string, number]>) =>
    Object.entries(names).map(([number, [name, size]]) => ({ number: Number(number), name, size }));

  test("one that split", () => {
    const earlier = named({ 2: ["Regulars", 100], 3: ["Lapsed", 50] });
    const later = named({ 2: ["Regulars", 70], 3: ["Lapsed", 51], 5: ["Cluster 5", 35] });
    const common = [
      [61, 4, 35],
      [3, 47, 0],
    ];
    const found = fates({ earlier, later, common, heirOf: Int32Array.of(0, 1, -1) });
    expect(found.map(({ kind, message }) => [kind, message])).toEqual([
      ["split", "`Regulars` split: 61 % are in cluster 2, 35 % in cluster 5."],
      [
        "new",
        "Cluster 5 is new: 100 % of its 35 people were in a cluster before, the most of them, 100 %, in `Regulars`.",
      ],
    ]);
  });

  test("one that merged, one of whom nobody is left, and one that went apart", () => {
    const earlier = named({ 1: ["A", 100], 2: ["B", 50], 3: ["C", 10], 4: ["D", 40] });
    const later = named({ 1: ["A", 150], 6: ["Cluster 6", 50], 7: ["Cluster 7", 60] });
    const common = [
      [90, 5, 5],
      [46, 2, 2],
      [0, 0, 0],
      [19, 18, 3],
    ];
    const found = fates({ earlier, later, common, heirOf: Int32Array.of(0, -1, -1) });
    expect(found.map(({ message }) => message).slice(0, 3)).toEqual([
      "`B` merged into cluster 1: 92 % of its people are there.",
      "`C` vanished: none of its 10 people is there any more.",
      "`D` split: 48 % are in cluster 1, 45 % in cluster 6.",
    ]);
    expect(found.map(({ kind }) => kind).slice(3)).toEqual(["new", "new"]);
  });

  test("nothing where all go on", () => {
    const earlier = named({ 1: ["A", 100], 2: ["B", 50] });
    const common = [
      [85, 15],
      [5, 45],
    ];
    expect(fates({ earlier, later: earlier, common, heirOf: Int32Array.of(0, 1) })).toEqual([]);
  });

  test("by centres alone it is not said where the people went", () => {
    const earlier = named({ 1: ["A", 100], 2: ["B", 50] });
    const later = named({ 1: ["A", 90], 3: ["Cluster 3", 60] });
    const found = fates({ earlier, later, common: null, heirOf: Int32Array.of(0, -1) });
    expect(found.map(({ message }) => message)).toEqual([
      "`B` vanished: no cluster is where it was.",
      "Cluster 3 is new: no cluster was where it is.",
    ]);
  });
});
