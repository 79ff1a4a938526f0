import fc from "fast-check";
import { expect, test } from "vitest";
import { applied, inverse, patchBetween, rebased } from "../../../web/state/patch.ts";

test("a patch turns one text into the other, and its inverse turns it back", () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (before, after) => {
      const patch = patchBetween(before, after);
      expect(applied(before, patch)).toBe(after);
      expect(applied(after, inverse(patch))).toBe(before);
    }),
  );
});

test("a patch holds only what differs", () => {
  expect(patchBetween("one two three", "one 2 three")).toEqual({ start: 4, removed: "two", inserted: "2" });
});

test("a patch is refused where the text is not what it replaces", () => {
  expect(applied("abc", { start: 1, removed: "x", inserted: "" })).toBeNull();
});

test("a patch moves with what is typed before it and stays with what is typed after it", () => {
  const patch = { start: 5, removed: "five", inserted: "5" };
  expect(rebased(patch, { start: 0, removed: "", inserted: "ab" })).toEqual({ ...patch, start: 7 });
  expect(rebased(patch, { start: 9, removed: "", inserted: "ab" })).toEqual(patch);
  expect(rebased(patch, { start: 6, removed: "i", inserted: "" })).toBeNull();
});
