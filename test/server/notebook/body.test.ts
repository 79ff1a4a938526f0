import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseBody } from "../../../server/notebook/body.ts";
import { oneCell, places } from "./notebook-text.ts";

const read = (body: string, kind = body.startsWith("segments") ? "segments" : "source") =>
  parseBody(oneCell(kind, body));

describe("a body", () => {
  test("is a map of YAML 1.2: on, no, 1_000 and dates are text", () => {
    expect(read("a: on\nb: no\nc: 1_000\nd: 2026-01-02\ne: true\nf: 12\ng: 1.5\nh: ~\ni:\non: 1\nj: 01").value).toEqual(
      {
        a: "on",
        b: "no",
        c: "1_000",
        d: "2026-01-02",
        e: true,
        f: 12,
        g: 1.5,
        h: null,
        i: null,
        on: 1,
        j: 1,
      },
    );
  });

  test("that is empty is an empty map", () => {
    expect(read("").value).toEqual({});
    expect(read("# only a comment").value).toEqual({});
  });

  test("keeps the source text of other people's values and names", () => {
    const { value } = read(
      "columns:\n  x: {one_of: [01, null, 1e3], min: 01}\n  options: {min: 3}\n  names: {min: 2}\ncsv: {null_values: [~, NA, 1_0], names: [01, x]}\nevents: {by: k, names: {01: placed order, null: 7}}",
    );
    expect(value).toEqual({
      columns: { x: { one_of: ["01", "null", "1e3"], min: 1 }, options: { min: 3 }, names: { min: 2 } },
      csv: { null_values: ["~", "NA", "1_0"], names: ["01", "x"] },
      events: { by: "k", names: { "01": "placed order", null: "7" } },
    });
    expect(read("options: [01, no]\ndefault: 01", "input").source(["default"])).toBe("01");
    expect(read("spec: {options: [1, null]}", "chart").value).toEqual({ spec: { options: [1, null] } });
  });

  test("has maps without a prototype, so that no name is found that was not written", () => {
    const { value } = read("a: {b: 1}");
    expect(Object.getPrototypeOf(value)).toBeNull();
    expect(value?.constructor).toBeUndefined();
    expect(Object.getPrototypeOf(value?.a)).toBeNull();
  });

  test("says where each part of it stands", () => {
    const body = read("of: orders\nk: {auto: [3, 5]}\nempty:\nlist:\n  - when: x\n    add: 1");
    expect(body.at(["of"])).toEqual({ line: 5, column: 5 });
    expect(body.keyAt(["of"])).toEqual({ line: 5, column: 1 });
    expect(body.at(["k", "auto", 1])).toEqual({ line: 6, column: 15 });
    expect(body.at(["list", 0, "add"])).toEqual({ line: 10, column: 10 });
    expect(body.keyAt(["list", 0, "add"])).toEqual({ line: 10, column: 5 });
    expect(body.at(["empty"])).toEqual({ line: 7, column: 1 });
    expect(body.at(["k", "missing", "deep"])).toEqual({ line: 6, column: 4 });
    expect(body.at(["missing"])).toEqual({ line: 5, column: 1 });
  });

  test("never throws, and gives a value or a problem", () => {
    const piece = fc.constantFrom(
      "a",
      ":",
      " ",
      "\n",
      "- ",
      "[",
      "]",
      "{",
      "}",
      ",",
      "'",
      '"',
      "#",
      "&",
      "*",
      "!",
      "|",
      ">",
      "%",
      "`",
      "\t",
      "1",
      "?",
      "__proto__",
      "---",
      "b: 2",
      "\r\n",
    );
    const body = fc.array(piece, { maxLength: 25 }).map((parts) => parts.join(""));
    fc.assert(
      fc.property(body, fc.constantFrom("source", "segments"), (text, kind) => {
        const cell = { ...oneCell(kind, ""), body: kind === "segments" ? `segments:\n  a: ${text}` : text };
        const { value, problems } = parseBody(cell);
        expect(value === null).toBe(problems.length > 0);
        for (const problem of problems) expect(problem.line).toBeGreaterThanOrEqual(5);
      }),
      { numRuns: 800 },
    );
  });
});

describe("a slip of YAML is told with its place", () => {
  test.each([
    ["a key twice", "a: 1\nb: 2\na: 3", "duplicate-key 7:1"],
    ["a segment twice", "segments:\n  A: x\n  A: y", "duplicate-key 7:3"],
    ["a key twice in another spelling", "1: x\n'1': y", "duplicate-key 6:1"],
    ["a bracket that is never closed", "a: [1, 2", "yaml-syntax 6:1"],
    ["a tab", "a:\n\tb: 3", "yaml-syntax 6:1"],
    ["a quote that is never closed", 'a: "x', "yaml-syntax 6:1"],
    ["a key that is indented too far", "a: 1\n  b: 2", "yaml-syntax 6:3"],
    ["a colon in a value", "a: b: c", "yaml-syntax 5:4"],
    ["a line without a colon", "a\nb: 3", "yaml-syntax 5:1"],
    ["a list for a key", "? [a]\n: b", "yaml-syntax 5:3"],
    ["an escape that does not exist", 'a: "\\d"', "yaml-syntax 5:5"],
    ["a leading backtick", "a: `x`", "yaml-syntax 5:4"],
    ["a leading >", "High: >= 15", "yaml-syntax 5:8"],
    ["a second document", "a: 1\n---\nb: 2", "yaml-syntax 6:1"],
    ["a directive", "%YAML 1.1\n---\na: 1", "yaml-directive 5:1"],
    ["a tag", "a: !!str 3", "yaml-tag 5:4"],
    ["a tag of one's own", "a: !mine 3", "yaml-tag 5:4"],
    ["an anchor", "a: &x 3", "yaml-anchor 5:4"],
    ["an alias", "a: *x", "yaml-alias 5:4"],
    ["a list", "- a", "body-not-map 5:1"],
    ["a single value", "SELECT 1", "body-not-map 5:1"],
    ["__proto__", "columns:\n  __proto__: text", "reserved-name 6:3"],
    ["a key that is empty", ": 2", "empty-key 5:1"],
    ["a whole number beyond a double's reach", "min: 9007199254740993", "number-too-large 5:6"],
    ["infinity", "max: .inf", "number-not-finite 5:6"],
    ["brackets ten thousand deep", `a: ${"[".repeat(10_000)}`, expect.stringMatching(/^yaml-syntax 5:/)],
  ])("%s", (_what, body, expected) => {
    const { value, problems } = read(body);
    expect(value).toBeNull();
    expect(places(problems)).toEqual([expected]);
    expect(problems[0]).toMatchObject({ severity: "error", cell: "a" });
    expect(problems[0]?.hint).not.toBe("");
  });

  test("of several that do not hang together, each is told", () => {
    expect(places(read("a: `x\na: 2\nb: &y 2").problems)).toEqual([
      "yaml-syntax 5:4",
      "duplicate-key 6:1",
      "yaml-anchor 7:4",
    ]);
  });

  test("in a file with CRLF has the same place", () => {
    const cell = { ...oneCell("source", ""), body: "a: 1\r\nb: 2\r\na: 3\r\n" };
    expect(places(parseBody(cell).problems)).toEqual(["duplicate-key 7:1"]);
  });
});
