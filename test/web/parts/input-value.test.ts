import { expect, test } from "vitest";
import { readInput } from "../../../web/parts/input-value.ts";

const free = { min: null, max: null, step: null };

test("a number holds or says why not; it is never moved into the range", () => {
  const range = { min: 1, max: 12, step: 1 };
  expect(readInput("number", "4", range)).toEqual({ value: 4 });
  expect(readInput("number", "13", range)).toEqual({ reason: "At most 12." });
  expect(readInput("number", "0", range)).toEqual({ reason: "At least 1." });
  expect(readInput("number", "2.5", range)).toEqual({ reason: "In steps of 1." });
  expect(readInput("number", "", free)).toEqual({ reason: "Give a number." });
  expect(readInput("number", "four", free)).toEqual({ reason: "This is not a number." });
});

test("steps are counted from the least value, and a double's dust does not matter", () => {
  expect(readInput("number", "0.3", { min: 0, max: 1, step: 0.1 })).toEqual({ value: 0.3 });
  expect(readInput("number", "6", { min: 1, max: 11, step: 5 })).toEqual({ value: 6 });
});

test("dates keep within their range, and text may be empty", () => {
  const range = { min: "2026-01-01", max: "2026-12-31", step: null };
  expect(readInput("date", "2026-10-31", range)).toEqual({ value: "2026-10-31" });
  expect(readInput("date", "2027-01-01", range)).toEqual({ reason: "Not after 2026-12-31." });
  expect(readInput("date", "", range)).toEqual({ reason: "Give a whole date." });
  expect(readInput("text", "", free)).toEqual({ value: "" });
});
