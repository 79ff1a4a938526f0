import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sideRows, unifiedLines } from "../../../../server/notebook/diff/lines.ts";
import type { Piece } from "../../../../server/notebook/diff/model.ts";
import { piecesOf } from "../../../../server/notebook/diff/pieces.ts";

const texts = fc
  .array(fc.constantFrom("one", "two", "three", " ", ", ", "\n", "\n\n", "\r\n", "  "), { maxLength: 20 })
  .map((parts) => parts.join(""));
const textOf = (pieces: readonly Piece[], side: "before" | "after") =>
  pieces
    .filter((piece) => piece.in === "both" || piece.in === side)
    .map(({ text }) => text)
    .join("");
/** What follows the last line end is a line only where something stands there. */
const linesIn = (text: string) =>
  text
    .replace(/(?:\r\n?|\n)$/, "")
    .split(/\r\n?|\n/)
    .slice(text === "" ? 1 : 0);
const shown = (pieces: readonly Piece[] | null) =>
  pieces?.map(({ in: whose, text }) => ({ both: text, before: `[${text}]`, after: `{${text}}` })[whose]).join("") ??
  null;

describe("the lines of a comparison", () => {
  test("in two columns are those of each side", () => {
    fc.assert(
      fc.property(texts, texts, (before, after) => {
        const rows = sideRows(piecesOf(before, after));
        for (const [side, text] of [
          ["before", before],
          ["after", after],
        ] as const) {
          const lines = rows.flatMap((row) => (row[side] === null ? [] : [textOf(row[side], side)]));
          expect(lines).toEqual(linesIn(text));
          expect(
            rows.every((row) => (row[side] ?? []).every((piece) => piece.in === "both" || piece.in === side)),
          ).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });

  test("in one column hold every word of both sides", () => {
    fc.assert(
      fc.property(texts, texts, (before, after) => {
        const pieces = unifiedLines(piecesOf(before, after)).flatMap((line) => line.pieces);
        const squeezed = (text: string) => text.replace(/[\r\n]/g, "");
        expect(textOf(pieces, "before")).toBe(squeezed(before));
        expect(textOf(pieces, "after")).toBe(squeezed(after));
      }),
      { numRuns: 500 },
    );
  });

  test("say whose they are", () => {
    const lines = unifiedLines(piecesOf("a: one\nb: two\nc: three\n", "a: one\nb: 2\nd: four\nc: three\n"));
    expect(lines.map((line) => `${line.in} ${shown(line.pieces)}`)).toEqual([
      "both a: one",
      "mixed b: [two]{2}",
      "after {d: four}",
      "both c: three",
    ]);
  });

  test("stand beside what they became", () => {
    const rows = sideRows(piecesOf("SELECT one\nFROM t\nLIMIT 3", "SELECT one, two\nFROM t\nWHERE x\nLIMIT 3"));
    expect(rows.map(({ before, after }) => [shown(before), shown(after)])).toEqual([
      ["SELECT one", "SELECT one{, two}"],
      ["FROM t", "FROM t"],
      [null, "{WHERE x}"],
      ["LIMIT 3", "LIMIT 3"],
    ]);
  });
});
