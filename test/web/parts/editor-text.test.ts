import { Text } from "@codemirror/state";
import { expect, test } from "vitest";
import { diagnosticsOf, type EditorProblem, movedDiagnostics } from "../../../web/parts/editor-problems.ts";
import { findRuleWords } from "../../../web/parts/editor-rules.ts";

const words = (line: string) => findRuleWords(line).map((word) => [line.slice(word.from, word.to), word.look]);

test("joins and values of a rule are found, names with digits are not", () => {
  expect(words("    Total Spend > $200 AND Last Purchase < 7 Days Ago")).toEqual([
    ["$200", "value"],
    ["AND", "join"],
    ["7 Days Ago", "value"],
  ]);
  expect(words("    NOT opened email at least 1,500 times before 2026-10-31 or x = 'a or b'")).toEqual([
    ["NOT", "join"],
    ["1,500 times", "value"],
    ["2026-10-31", "value"],
    ["or", "join"],
    ["'a or b'", "value"],
  ]);
  expect(words("    orders_90d >= $minimum_orders")).toEqual([["$minimum_orders", "value"]]);
});

test("a key is left alone, and so is a comment", () => {
  expect(words("  Top 10 or so: orders > 3 # not 4")).toEqual([["3", "value"]]);
});

function problem(line: number | null, column: number | null): EditorProblem {
  return { severity: "error", line, column, message: "Wrong.", hint: "Do this." };
}

test("a problem underlines the word at its place", () => {
  const text = Text.of(["of: behaviour", "  Lapsed: placed oder"]);
  expect(diagnosticsOf([problem(2, 11)], text)).toEqual([
    { from: 24, to: 30, severity: "error", message: "Wrong.\nDo this." },
  ]);
});

test("without a column the whole line is underlined; without a line, or beyond the text, nothing is", () => {
  const text = Text.of(["  of: a"]);
  expect(diagnosticsOf([problem(1, null)], text)[0]).toMatchObject({ from: 2, to: 7 });
  expect(diagnosticsOf([problem(null, null), problem(9, 1)], text)).toEqual([]);
});

test("a problem at a line's end marks the sign before it", () => {
  expect(diagnosticsOf([problem(1, 8)], Text.of(["  of: a"]))[0]).toMatchObject({ from: 6, to: 7 });
});

test("what is underlined stays at its words while the text around it is edited", () => {
  const was = "of: spend\nsegments:\n  A: amoont > 5\n";
  const [diagnostic] = diagnosticsOf([problem(3, 6)], Text.of(was.split("\n")));
  const at = (is: string) => {
    const [moved] = diagnostic === undefined ? [] : movedDiagnostics([diagnostic], was, is);
    return is.slice(moved?.from, moved?.to);
  };
  expect(at(was)).toBe("amoont");
  expect(at(was.replace("of: spend", "of: spending_people"))).toBe("amoont");
  expect(at(was.replace("> 5", "> 50 and visits > 3"))).toBe("amoont");
  expect(at(`x: 1\n${was}`)).toBe("amoont");
  expect(at(was.replace("amoont > 5", ""))).toBe("");
});
