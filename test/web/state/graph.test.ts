import { expect, test } from "vitest";
import { dependentsOf, readersOf } from "../../../web/state/graph.ts";

const cells = [
  { id: "late", reads: ["middle"] },
  { id: "middle", reads: ["early", "day"] },
  { id: "early", reads: [] },
  { id: "apart", reads: ["early"] },
];

test("dependents are found through others and in the notebook's order", () => {
  expect(dependentsOf("day", cells)).toEqual(["late", "middle"]);
  expect(dependentsOf("early", cells)).toEqual(["late", "middle", "apart"]);
  expect(dependentsOf("late", cells)).toEqual([]);
});

test("a cycle ends", () => {
  const cycle = [
    { id: "a", reads: ["b"] },
    { id: "b", reads: ["a"] },
  ];
  expect(dependentsOf("a", cycle)).toEqual(["b"]);
});

test("readers are those that name it themselves", () => {
  expect(readersOf("early", cells)).toEqual(["middle", "apart"]);
});
