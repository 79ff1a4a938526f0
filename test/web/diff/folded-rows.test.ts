import { expect, test } from "vitest";
import { foldedRows } from "../../../web/diff/folded-rows.ts";

const told = (rows: string) =>
  foldedRows([...rows], (row) => row === "x")
    .map((item) => ("row" in item ? item.row : `(${item.folded.length})`))
    .join("");

test("three rows on each side of a change are shown, longer stretches are counted", () => {
  expect(told("abcdefxghijklm")).toBe("(3)defxghi(4)");
  expect(told("xabcdefgx")).toBe("xabc" + "d" + "efgx");
  expect(told("xabcdefghx")).toBe("xabc(2)fghx");
});

test("where nothing changed, everything is shown", () => {
  expect(told("abcdefghijk")).toBe("abcdefghijk");
  expect(told("")).toBe("");
});
