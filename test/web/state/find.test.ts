import fc from "fast-check";
import { expect, test } from "vitest";
import { parseNotebook } from "../../../server/notebook/parse.ts";
import { editorOffset, findIn, lineOf, nearestFound, replaced } from "../../../web/state/find.ts";
import { editorText } from "../../../web/state/structure.ts";

const TEXT = `---
segbook: 1
title: Orders
---

The orders of *2026*.

\`\`\`source orders
files: orders.csv
\`\`\`

\`\`\`sql by_month
SELECT 'orders'
FROM orders -- Orders
\`\`\`
`;

const crlf = (text: string) => text.replaceAll("\n", "\r\n");
const told = (text: string, wanted: string, matchCase = false) =>
  findIn(parseNotebook(text), { text: wanted, matchCase }).map(({ where, cell }) => `${where} ${cell}`);

test("words, ids and bodies are looked through in the file's order, kinds and fences are not", () => {
  expect(told(TEXT, "orders")).toEqual([
    "words null",
    "words null",
    "id orders",
    "body orders",
    "body by_month",
    "body by_month",
    "body by_month",
  ]);
  expect(told(TEXT, "Orders", true)).toEqual(["words null", "body by_month"]);
  expect(told(TEXT, "source")).toEqual([]);
  expect(told(TEXT, "```")).toEqual([]);
  expect(told(TEXT, "")).toEqual([]);
});

test("signs that mean something in patterns are plain here", () => {
  expect(told(TEXT, "*2026*.")).toEqual(["words null"]);
  expect(told(TEXT, ".*")).toEqual([]);
});

test("a place is told with its line, and found in the editor whatever the line ends", () => {
  for (const text of [TEXT, crlf(TEXT)]) {
    const notebook = parseNotebook(text);
    const last = findIn(notebook, { text: "orders --", matchCase: true })[0];
    if (last === undefined) throw new Error("it was not found");
    expect(lineOf(notebook, last)).toEqual({ number: 14, before: "FROM ", match: "orders --", after: " Orders" });
    const cell = notebook.cells[1];
    const shown = cell === undefined ? "" : editorText(cell);
    expect(shown.slice(editorOffset(notebook, last, last.from), editorOffset(notebook, last, last.to))).toBe(
      "orders --",
    );
  }
});

test("the nearest place is the one at or behind an offset, and then the first again", () => {
  const found = findIn(parseNotebook(TEXT), { text: "orders", matchCase: false });
  expect(nearestFound(found, 0)).toBe(0);
  expect(nearestFound(found, (found[2]?.from ?? 0) + 1)).toBe(3);
  expect(nearestFound(found, TEXT.length)).toBe(0);
  expect(nearestFound([], 3)).toBe(-1);
});

test("replacing leaves ids alone, and everything that was not found", () => {
  const notebook = parseNotebook(TEXT);
  const found = findIn(notebook, { text: "orders", matchCase: true });
  const { text, places } = replaced(notebook, found, "sales");
  expect(places).toBe(4);
  expect(text).toBe(TEXT.replaceAll("orders", "sales").replace("source sales", "source orders"));
});

test("replacing a text by itself changes nothing", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(TEXT, crlf(TEXT)),
      fc.constantFrom("orders", "o", "SELECT", "-", "'"),
      (text, wanted) => {
        const notebook = parseNotebook(text);
        const found = findIn(notebook, { text: wanted, matchCase: true });
        expect(found.length).toBeGreaterThan(0);
        expect(replaced(notebook, found, wanted).text).toBe(text);
      },
    ),
  );
});
