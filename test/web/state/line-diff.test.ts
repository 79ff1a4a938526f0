import fc from "fast-check";
import { expect, test } from "vitest";
import { lineDiff } from "../../../web/state/line-diff.ts";

const side = (hunks: ReturnType<typeof lineDiff>, which: "mine" | "theirs") =>
  hunks.flatMap((hunk) => ("same" in hunk ? hunk.same : hunk[which])).join("\n");

test("both texts can be read back from their differences", () => {
  const text = fc.array(fc.constantFrom("a", "b", "c", "")).map((lines) => lines.join("\n"));
  fc.assert(
    fc.property(text, text, (mine, theirs) => {
      const hunks = lineDiff(mine, theirs);
      expect(side(hunks, "mine")).toBe(mine);
      expect(side(hunks, "theirs")).toBe(theirs);
    }),
  );
});

test("two changes far apart are two differences, with what is the same between them", () => {
  expect(lineDiff("one\ntwo\nthree\nfour", "ONE\ntwo\nthree\nfour\nfive")).toEqual([
    { mine: ["one"], theirs: ["ONE"] },
    { same: ["two", "three", "four"] },
    { mine: [], theirs: ["five"] },
  ]);
});

test("other line ends alone are no difference", () => {
  expect(lineDiff("a\r\nb", "a\nb")).toEqual([{ same: ["a", "b"] }]);
});
