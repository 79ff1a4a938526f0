import { describe, expect, test } from "vitest";
import { parseBody } from "../../../server/notebook/body.ts";
import { oneCell, places } from "./notebook-text.ts";

const read = (rules: string) => parseBody(oneCell("segments", `segments:\n${rules}`));

describe("a rule", () => {
  test.each([
    ["a block", "  a: |-\n    x > 3 # y: z", "x > 3 # y: z"],
    ["a folded block", "  a: >-\n    x > 3\n    AND y", "x > 3 AND y"],
    [
      "a plain scalar that YAML leaves whole",
      "  a: Total Spend > $200 AND Last Purchase < 7 Days Ago",
      "Total Spend > $200 AND Last Purchase < 7 Days Ago",
    ],
    ["a quoted scalar", "  a: 'x = ''y'' # no'", "x = 'y' # no"],
    ["a number", "  a: 200", "200"],
    ["a word that YAML takes for a value", "  a: true", "true"],
    ["a decimal with its zeros", "  a: 1.50", "1.50"],
  ])("may be %s", (_what, rules, expected) => {
    expect(read(rules)).toMatchObject({ value: { segments: { a: expected } }, problems: [] });
  });

  test.each([
    ["is cut by a comment", "  VIP: x > 3 # big", "6:14", "|-\n  x > 3 # big"],
    ["is a comment altogether", "  VIP: # big", "6:8", "|-\n  # big"],
    ["is split by a colon", "  VIP: note: x > 3", "6:8", "|-\n  note: x > 3"],
    ["begins with a quoted name", "  VIP: 'Total' > 3\n  B: y", "6:8", "|-\n  'Total' > 3"],
    ["begins with a name in double quotes", '  VIP: "Total" > 3\n  B: y', "6:8", '|-\n  "Total" > 3'],
    ["begins with a backtick", "  VIP: `Total` > 3\n  B: y", "6:8", "|-\n  `Total` > 3"],
    ["begins with %", "  VIP: %x", "6:8", "|-\n  %x"],
    ["begins with >", "  VIP: >= 3", "6:8", "|-\n  >= 3"],
    ["goes on after a comment", "  VIP: x > 3\n    # and\n    AND y\n  B: z", "6:8", "|-\n  x > 3\n  # and\n  AND y"],
    ["goes on with a colon", "  VIP: x > 3\n    AND y: z\n  B: z", "6:8", "|-\n  x > 3\n  AND y: z"],
  ])("that %s is refused and shown as a block", (_what, rules, place, form) => {
    const { value, problems } = read(rules);
    expect(value).toBeNull();
    expect(places(problems)).toEqual([`rule-needs-block ${place}`]);
    expect(problems[0]?.message).toContain("`VIP`");
    expect(problems[0]?.hint).toContain(`VIP: ${form}`);
  });

  test.each([
    ["a list of values", "segments: {VIP: country IN ('UK', 'DE'), B: y}", "5:33"],
    ["a number", "segments: {VIP: total > 1,500, B: y}", "5:26"],
  ])("in flow style that a comma splits in %s is refused", (_what, body, place) => {
    const { problems } = parseBody(oneCell("segments", body));
    expect(places(problems)).toEqual([`rule-needs-block ${place}`]);
    expect(problems[0]?.message).toContain("comma");
  });

  test("of a score is looked at in the same way", () => {
    const body = parseBody(oneCell("score", "points:\n  - when: x > 1 # y\n    add: 3\n  - {when: y > 1,500, add: 3}"));
    expect(places(body.problems)).toEqual(["rule-needs-block 6:17", "rule-needs-block 8:17"]);
  });

  test("each is told where several are wrong", () => {
    expect(places(read("  a: x # 1\n  b: y\n  c: `z`").problems)).toEqual([
      "rule-needs-block 6:8",
      "rule-needs-block 8:6",
    ]);
  });

  test("stands where the caller says", () => {
    const cell = oneCell("features", "columns:\n  a: count of x # 3");
    expect(parseBody(cell).value).toEqual({ columns: { a: "count of x" } });
    const { problems } = parseBody(cell, { rules: (path) => path[0] === "columns" && path.length === 2 });
    expect(places(problems)).toEqual(["rule-needs-block 6:17"]);
  });
});
