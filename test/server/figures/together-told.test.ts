import { expect, it } from "vitest";
import { togetherTold } from "../../../server/figures/together-told.ts";

it("tells several reasons as one sentence", () => {
  expect(togetherTold([])).toBe("");
  expect(togetherTold(["its text changed."])).toBe("its text changed.");
  expect(togetherTold(["`a.b` changed.", "the head's `seed` was 1."])).toBe("`a.b` changed; the head's `seed` was 1.");
});
