import fc from "fast-check";
import { expect, test } from "vitest";
import { parseNotebook } from "../../../server/notebook/parse.ts";
import {
  addition,
  bodyChange,
  deletion,
  duplication,
  editorText,
  freeId,
  kindChange,
  movement,
  placement,
  proseAddition,
  proseText,
  withEditorText,
  withProse,
} from "../../../web/state/structure.ts";

const TEXT = `---
segbook: 1
---

Words before.

\`\`\`sql first
SELECT 1 AS one
\`\`\`

Words between.

\`\`\`sql second
SELECT 2 AS two
\`\`\`
`;

const crlf = (text: string) => text.replaceAll("\n", "\r\n");
const ids = (text: unknown) => parseNotebook(String(text)).cells.map((cell) => cell.id);
const cellOf = (text: string, id: string) => {
  const cell = parseNotebook(text).cells.find((each) => each.id === id);
  if (cell === undefined) throw new Error(`no cell ${id}`);
  return cell;
};

test("an editor shows a body without its last line end, whatever the file's line ends", () => {
  expect(editorText(cellOf(TEXT, "first"))).toBe("SELECT 1 AS one");
  expect(editorText(cellOf(crlf(TEXT), "first"))).toBe("SELECT 1 AS one");
});

test("showing a body in the editor changes nothing in the file", () => {
  for (const text of [TEXT, crlf(TEXT)]) {
    const cell = cellOf(text, "first");
    expect(withEditorText(parseNotebook(text), cell, editorText(cell))).toBe(text);
  }
});

test("what is typed into a cell comes back from the file as it was typed", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(TEXT, crlf(TEXT)),
      fc.array(fc.constantFrom("a", "  b: 1", "", "```", "~~~", "# c")),
      (text, lines) => {
        const typed = lines.join("\n");
        const after = withEditorText(parseNotebook(text), cellOf(text, "second"), typed);
        expect(editorText(cellOf(String(after), "second"))).toBe(typed);
      },
    ),
  );
});

test("prose keeps the empty lines around it, and the file's line ends", () => {
  const notebook = parseNotebook(crlf(TEXT));
  const block = notebook.blocks.find((each) => each.type === "prose" && each.text.includes("between"));
  if (block === undefined || block.type === "cell") throw new Error("no prose");
  expect(proseText(block)).toBe("Words between.");
  expect(withProse(notebook, block, "Other\nwords.")).toBe(crlf(TEXT).replace("Words between.", "Other\r\nwords."));
});

test("a copy takes the first free id and stands after its model", () => {
  const change = duplication(parseNotebook(TEXT), "first");
  expect(ids(change.text)).toEqual(["first", "first_2", "second"]);
  expect(change.at).toBe("first_2");
});

test("deleting a cell leaves its neighbour at hand", () => {
  expect(deletion(parseNotebook(TEXT), "first")).toMatchObject({ at: "second", label: "Deleted first" });
  expect(deletion(parseNotebook(TEXT), "second").at).toBe("first");
});

test("cells move past each other, and stay at the notebook's ends", () => {
  const notebook = parseNotebook(TEXT);
  expect(ids(movement(notebook, "first", "down").text)).toEqual(["second", "first"]);
  expect(ids(movement(notebook, "second", "up").text)).toEqual(["second", "first"]);
  expect(movement(notebook, "first", "up").text).toBe(TEXT);
  expect(movement(notebook, "second", "down").text).toBe(TEXT);
});

test("a new cell gets an id that is free, and words can be added between cells", () => {
  const notebook = parseNotebook(TEXT);
  const change = addition(notebook, { kind: "sql", id: "first", body: "SELECT 3", after: "second" });
  expect(ids(change.text)).toEqual(["first", "second", "first_2"]);
  const text = String(proseAddition(notebook, "New words.", "first").text);
  expect(text.indexOf("New words.")).toBeGreaterThan(text.indexOf("SELECT 1"));
  expect(text.indexOf("New words.")).toBeLessThan(text.indexOf("Words between."));
  expect(freeId(notebook, "third")).toBe("third");
});

test("a cell is put after another or before the first, and its neighbours' words stay where they are", () => {
  const notebook = parseNotebook(TEXT);
  expect(ids(placement(notebook, "second", null).text)).toEqual(["second", "first"]);
  expect(ids(placement(notebook, "first", "second").text)).toEqual(["second", "first"]);
  expect(placement(notebook, "second", "first").text).toBe(TEXT);
});

test("another kind keeps the text, and a template takes its place", () => {
  const notebook = parseNotebook(TEXT);
  expect(kindChange(notebook, "first", "source").text).toBe(TEXT.replace("sql first", "source first"));
  expect(bodyChange(notebook, "first", "SELECT 2").text).toBe(TEXT.replace("SELECT 1 AS one", "SELECT 2"));
});
