import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseNotebook } from "../../../server/notebook/parse.ts";
import { printNotebook } from "../../../server/notebook/print.ts";
import { WITH_CELLS } from "./notebook-text.ts";

const pieces = fc.constantFrom(
  "---",
  "\n",
  "\r\n",
  "\r",
  "segbook: 1",
  "```",
  "````",
  "~~~",
  "~~~~",
  "sql a",
  "segments b",
  "foo c",
  " ",
  "   ",
  "    ",
  "\t",
  "- ",
  "> ",
  "1. ",
  "<!--",
  "-->",
  "<div>",
  "text",
  "a: b",
  "\uFEFF",
  "#",
  "\u0000",
  "é",
  "😀",
  "\u2028",
  "&x",
  "*x",
  "[",
  "`",
);
const files = fc.oneof(
  fc.array(pieces, { maxLength: 40 }).map((parts) => parts.join("")),
  fc.array(pieces, { maxLength: 40 }).map((parts) => `---\nsegbook: 1\n---\n${parts.join("\n")}`),
  fc.string({ maxLength: 60, unit: "binary" }),
);

describe("a notebook that is read and printed", () => {
  test("has the same bytes, whatever the file holds", () => {
    fc.assert(
      fc.property(files, (text) => {
        expect(printNotebook(parseNotebook(text))).toBe(text);
      }),
      { numRuns: 800 },
    );
  });

  test("has blocks that follow one another without a gap", () => {
    fc.assert(
      fc.property(files, (text) => {
        let end = 0;
        for (const block of parseNotebook(text).blocks) {
          const { start, end: next } = block.type === "cell" ? block.cell : block;
          expect(start).toBe(end);
          expect(next).toBeGreaterThan(start);
          end = next;
        }
        expect(end).toBe(text.length);
      }),
      { numRuns: 1000 },
    );
  });

  test("gives the same cells whatever its line ends", () => {
    const plain = parseNotebook(WITH_CELLS);
    for (const end of ["\r\n", "\r"]) {
      const other = parseNotebook(WITH_CELLS.replaceAll("\n", end));
      expect(other.cells.map(({ id, kind, line, bodyLine }) => ({ id, kind, line, bodyLine }))).toEqual(
        plain.cells.map(({ id, kind, line, bodyLine }) => ({ id, kind, line, bodyLine })),
      );
      expect(other.problems).toEqual(plain.problems);
      expect(other.cells.map((cell) => cell.body.replaceAll(end, "\n"))).toEqual(plain.cells.map((cell) => cell.body));
    }
  });

  test.each([
    ["a byte order mark", `\uFEFF${WITH_CELLS}`],
    ["no last line end", WITH_CELLS.trimEnd()],
    ["nothing in it", ""],
    ["only a head", "---\nsegbook: 1\n---"],
    ["an open fence at its end", "---\nsegbook: 1\n---\n~~~~sql a\nSELECT 1"],
  ])("keeps %s", (_what, text) => {
    expect(printNotebook(parseNotebook(text))).toBe(text);
  });
});
