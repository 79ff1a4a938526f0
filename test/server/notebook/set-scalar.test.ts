import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseBody } from "../../../server/notebook/body.ts";
import { setHead } from "../../../server/notebook/edit/set-head.ts";
import { setScalar } from "../../../server/notebook/edit/set-scalar.ts";
import { parseNotebook } from "../../../server/notebook/parse.ts";
import { edited, expectChange } from "./changed-lines.ts";
import { WITH_CELLS } from "./notebook-text.ts";

const one = (kind: string, body: string) => `---\nsegbook: 1\n---\n\`\`\`${kind} a\n${body}\n\`\`\`\n`;

describe("setting one scalar", () => {
  test("changes its line alone and keeps the comment", () => {
    expectChange(WITH_CELLS, setScalar(WITH_CELLS, "personas", ["k"], 5), {
      removed: ["k: 4 # four\n"],
      added: ["k: 5 # four\n"],
    });
  });

  test("of a rule changes the lines of its block", () => {
    expectChange(WITH_CELLS, setScalar(WITH_CELLS, "people", ["segments", "VIP"], "total > 4 # big\nAND x: y"), {
      removed: ["    total > 3\n"],
      added: ["    total > 4 # big\n", "    AND x: y\n"],
    });
  });

  test("of a plain rule makes it a block", () => {
    expectChange(WITH_CELLS, setScalar(WITH_CELLS, "people", ["segments", "Others"], "total < 2"), {
      removed: ["  Others: total <= 3\n"],
      added: ["  Others: |-\n", "    total < 2\n"],
    });
  });

  test("that is not there adds its line", () => {
    expectChange(WITH_CELLS, setScalar(WITH_CELLS, "people", ["segments", "New: one"], "a"), {
      removed: [],
      added: ["  'New: one': |-\n", "    a\n"],
    });
    expectChange(WITH_CELLS, setScalar(WITH_CELLS, "people", ["exclusive"], true), {
      removed: [],
      added: ["exclusive: true\n"],
    });
    expectChange(WITH_CELLS, setScalar(WITH_CELLS, "personas", ["names", "1"], "Frequent"), {
      removed: [],
      added: ["names:\n", "  1: Frequent\n"],
    });
  });

  test("keeps CRLF", () => {
    const text = WITH_CELLS.replaceAll("\n", "\r\n");
    expectChange(text, setScalar(text, "people", ["segments", "Others"], "a\nOR b"), {
      removed: ["  Others: total <= 3\r\n"],
      added: ["  Others: |-\r\n", "    a\r\n", "    OR b\r\n"],
    });
  });

  test.each([
    ["in flow style", "cluster", "k: {auto: [3, 5]} # c", ["k", "auto", 1], 6, "k: {auto: [3, 6]} # c"],
    ["in place of a flow map", "cluster", "k: {auto: [3, 5]} # c", ["k"], 4, "k: 4 # c"],
    ["in place of a block map", "cluster", "k:\n  auto:\n    - 3\n    - 5\nseed: 2", ["k"], 4, "k: 4\nseed: 2"],
    ["to a flow map", "cluster", "names: {}", ["names", 1], "A", "names: {1: A}"],
    ["to a filled flow map", "cluster", "names: {1: A}", ["names", 2], "B, C", "names: {1: A, 2: 'B, C'}"],
    ["to a list", "cluster", "columns:\n  - a", ["columns", 1], "b", "columns:\n  - a\n  - b"],
    ["after a key without a value", "segments", "segments:", ["segments", "A"], "x", "segments:\n  A: |-\n    x"],
    ["in an empty value", "input", "label: # text", ["label"], "Day", "label: Day # text"],
    ["text that looks like a number", "input", "default: 1", ["default"], "01", "default: '01'"],
    ["text that looks like null", "input", "default: 1", ["default"], "null", "default: 'null'"],
    ["null", "input", "default: 1", ["default"], null, "default: null"],
    ["text with a line end", "input", "label: x", ["label"], "a\nb", 'label: "a\\nb"'],
    [
      "a rule in flow style",
      "segments",
      "segments: {A: x}",
      ["segments", "A"],
      "y > 1,500",
      "segments: {A: 'y > 1,500'}",
    ],
    [
      "a rule of a list",
      "score",
      "points:\n  - when: x\n    add: 1",
      ["points", 0, "when"],
      "y",
      "points:\n  - when: |-\n      y\n    add: 1",
    ],
    [
      "a rule that is folded",
      "segments",
      "segments:\n  A: >- # why\n    x\n    AND y\n  B: z",
      ["segments", "A"],
      "y",
      "segments:\n  A: |- # why\n    y\n  B: z",
    ],
    [
      "a rule that YAML cuts",
      "segments",
      "segments:\n  A: x # y\n  B: z",
      ["segments", "A"],
      "w",
      "segments:\n  A: |- # y\n    w\n  B: z",
    ],
  ] as const)("works %s", (_what, kind, body, path, value, expected) => {
    expect(setScalar(one(kind, body), "a", path, value)).toBe(one(kind, expected));
  });

  test.each([
    ["a path that leads through a scalar", "k: 4", ["k", "auto"], 3],
    ["an entry beyond a list's end", "columns: [a]", ["columns", 5], "b"],
    ["a body with a slip", "k: [", ["k"], 3],
    ["a number that is not finite", "k: 3", ["k"], Number.NaN],
    ["no path", "k: 3", [], 3],
    ["__proto__", "k: 3", ["__proto__"], 3],
  ] as const)("is refused for %s", (_what, body, path, value) => {
    expect(setScalar(one("cluster", body), "a", path, value)).toMatchObject({ code: "cannot-set", cell: "a" });
  });

  test("of SQL is refused", () => {
    expect(setScalar(one("sql", "SELECT 1"), "a", ["k"], 1)).toMatchObject({ code: "not-yaml" });
  });

  test("is read back as it was set and leaves every other value, whatever the text", () => {
    const piece = fc.constantFrom(
      "a",
      " ",
      ":",
      "#",
      "'",
      '"',
      "\n",
      ",",
      "[",
      "]",
      "{",
      "|",
      ">",
      "-",
      "%",
      "`",
      "!",
      "&",
      "*",
      "1",
      "é",
      "null",
      "\t",
      "\\",
      "\u2028",
      "😀",
    );
    const value = fc.oneof(
      fc.array(piece, { maxLength: 8 }).map((parts) => parts.join("")),
      fc.maxSafeInteger(),
      // Whole numbers that a double does not hold exactly are refused by the reader, so they can't be set.
      fc
        .double({ noNaN: true, noDefaultInfinity: true })
        .filter((n) => !Number.isInteger(n) || Number.isSafeInteger(n) || String(n).includes("e")),
      fc.boolean(),
    );
    const places = fc.constantFrom<["segments" | "source", (string | number)[]]>(
      ["segments", ["segments", "VIP"]],
      ["segments", ["segments", "Block"]],
      ["segments", ["segments", "New"]],
      ["segments", ["of"]],
      ["segments", ["flow", "x"]],
      ["segments", ["flow", "new"]],
      ["segments", ["list", 1]],
      ["segments", ["later"]],
      ["source", ["segments", "VIP"]],
    );
    const body =
      "of: f # c\nsegments:\n  VIP: total > 3\n  Block: |-\n    a\n    b\n  # end\nflow: {x: 1, y: [2]}\nlist:\n  - a\n  - b # c\nlast:";
    fc.assert(
      fc.property(places, value, ([kind, path], wanted) => {
        const text = edited(setScalar(one(kind, body), "a", path, wanted));
        const cell = parseNotebook(text).cells[0];
        expect(cell?.id).toBe("a");
        if (!cell) return;
        const read = parseBody(cell, { rules: () => false });
        let found: unknown = read.value;
        for (const step of path) found = (found as Record<string | number, unknown>)[step];
        expect(typeof wanted === "number" ? Number(found) : found).toEqual(wanted === 0 ? 0 : wanted);
        expect(read.problems).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });
});

describe("setting a key of the head", () => {
  test("changes its line alone", () => {
    expectChange(WITH_CELLS, setHead(WITH_CELLS, "title", "Summer: sale"), {
      removed: ["title: Spring\n"],
      added: ["title: 'Summer: sale'\n"],
    });
    expectChange(WITH_CELLS, setHead(WITH_CELLS, "seed", 7), { removed: [], added: ["seed: 7\n"] });
    expectChange(WITH_CELLS, setHead(WITH_CELLS, "exclude", "country = 'X'"), {
      removed: [],
      added: ["exclude: |-\n", "  country = 'X'\n"],
    });
  });

  test("of a file without a head is refused", () => {
    expect(setHead("# Hi", "seed", 7)).toMatchObject({ code: "head-missing" });
  });
});
