import fc from "fast-check";
import { expect, it } from "vitest";
import { overlapOf, pairsOf } from "../../../../server/segments/guards/overlap.ts";

it("tells of every two segments how many they share, as counting person by person does", () => {
  const people = fc.array(fc.subarray(["A", "B", "C", "D"]), { maxLength: 40 });
  fc.assert(
    fc.property(people, (memberships) => {
      const names = ["A", "B", "C", "D"];
      const groups = memberships.map((segments) => ({
        mask: segments.reduce((mask, name) => mask | (1n << BigInt(names.indexOf(name))), 0n),
        people: 1,
      }));
      const overlap = overlapOf(names, groups);
      for (const { one, other, shared, either, jaccard } of pairsOf(overlap)) {
        const both = memberships.filter((each) => each.includes(one) && each.includes(other)).length;
        const inEither = memberships.filter((each) => each.includes(one) || each.includes(other)).length;
        expect({ shared, either }).toEqual({ shared: both, either: inEither });
        expect(jaccard).toBe(both / inEither);
      }
      expect(overlap.people).toEqual(names.map((name) => memberships.filter((each) => each.includes(name)).length));
    }),
  );
});

it("puts the most alike first and leaves out those that share nobody", () => {
  const groups = [
    { mask: 0b011n, people: 8 },
    { mask: 0b001n, people: 2 },
    { mask: 0b101n, people: 1 },
  ];
  expect(pairsOf(overlapOf(["A", "B", "C"], groups)).map(({ one, other }) => `${one}${other}`)).toEqual(["AB", "AC"]);
});
