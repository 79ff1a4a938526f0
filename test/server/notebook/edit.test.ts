import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { insertCell } from "../../../server/notebook/edit/insert-cell.ts";
import { moveCell } from "../../../server/notebook/edit/move-cell.ts";
import { removeCell } from "../../../server/notebook/edit/remove-cell.ts";
import { renameCell } from "../../../server/notebook/edit/rename-cell.ts";
import { replaceBody } from "../../../server/notebook/edit/replace-body.ts";
import type { Edited } from "../../../server/notebook/edit/target.ts";
import { parseNotebook } from "../../../server/notebook/parse.ts";
import { edited, expectChange } from "./changed-lines.ts";
import { cellNames, WITH_CELLS } from "./notebook-text.ts";

const WITH_CRLF = WITH_CELLS.replaceAll("\n", "\r\n");
const code = (outcome: Edited) => (typeof outcome === "string" ? "edited" : outcome.code);
const bodyOf = (text: string, id: string) => parseNotebook(text).cells.find((cell) => cell.id === id)?.body;

describe("giving a cell another body", () => {
  test("changes its lines alone", () => {
    expectChange(WITH_CELLS, replaceBody(WITH_CELLS, "orders", "SELECT 1\nFROM x"), {
      removed: ["SELECT * FROM raw\n"],
      added: ["SELECT 1\n", "FROM x\n"],
    });
  });

  test("keeps the file's line ends", () => {
    expectChange(WITH_CRLF, replaceBody(WITH_CRLF, "orders", "SELECT 1\nFROM x\n"), {
      removed: ["SELECT * FROM raw\r\n"],
      added: ["SELECT 1\r\n", "FROM x\r\n"],
    });
  });

  test("makes the fence longer where the body would close it", () => {
    const text = edited(replaceBody(WITH_CELLS, "orders", "SELECT '\n```\n'\n"));
    expect(bodyOf(text, "orders")).toBe("SELECT '\n```\n'\n");
    expect(cellNames(parseNotebook(text))).toEqual(cellNames(parseNotebook(WITH_CELLS)));
    expect(text).toContain("````sql orders\n");
  });

  test("gives the body back and leaves the other blocks as they are, whatever it holds", () => {
    const line = fc.constantFrom(
      "",
      "```",
      "````",
      "~~~~",
      "   ```",
      "---",
      "SELECT",
      "<!--",
      "- a",
      " x ",
      "```sql b",
    );
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 1, maxLength: 6 }),
        fc.constantFrom("orders", "people", "personas"),
        (lines, id) => {
          const body = `${lines.join("\n")}\n`;
          const after = parseNotebook(edited(replaceBody(WITH_CELLS, id, body)));
          const before = parseNotebook(WITH_CELLS);
          expect(after.blocks.map((block) => (block.type === "cell" ? block.cell.id : block.text))).toEqual(
            before.blocks.map((block) => (block.type === "cell" ? block.cell.id : block.text)),
          );
          for (const cell of after.cells) {
            expect(cell.body).toBe(cell.id === id ? body : before.cells.find((other) => other.id === cell.id)?.body);
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  test("leaves a cell open that was open", () => {
    const open = "---\nsegbook: 1\n---\n```sql a\nSELECT 1";
    expect(replaceBody(open, "a", "SELECT 2")).toBe("---\nsegbook: 1\n---\n```sql a\nSELECT 2");
    expect(replaceBody("```sql a", "a", "SELECT 2")).toBe("```sql a\nSELECT 2");
  });

  test("may make it empty", () => {
    expectChange(WITH_CELLS, replaceBody(WITH_CELLS, "orders", ""), { removed: ["SELECT * FROM raw\n"], added: [] });
  });
});

describe("adding a cell", () => {
  test("after another adds its lines and an empty one", () => {
    const outcome = insertCell(WITH_CELLS, { kind: "sql", id: "totals", body: "SELECT 1", after: "orders" });
    expectChange(WITH_CELLS, outcome, { removed: [], added: ["```sql totals\n", "SELECT 1\n", "```\n", "\n"] });
    expect(cellNames(parseNotebook(edited(outcome)))).toEqual([
      "sql orders",
      "sql totals",
      "segments people",
      "cluster personas",
    ]);
  });

  test("after nothing puts it before the first", () => {
    const text = edited(insertCell(WITH_CELLS, { kind: "input", id: "day", body: "type: date\n", after: null }));
    expect(cellNames(parseNotebook(text))[0]).toBe("input day");
  });

  test.each([
    ["an empty file", "", "```sql a\nSELECT 1\n```\n"],
    ["a file of prose", "# Hi\n", "# Hi\n\n```sql a\nSELECT 1\n```\n"],
    ["a file without a last line end", "# Hi", "# Hi\n\n```sql a\nSELECT 1\n```"],
    ["a file with CRLF", "# Hi\r\n", "# Hi\r\n\r\n```sql a\r\nSELECT 1\r\n```\r\n"],
  ])("to %s puts it at the end", (_what, text, expected) => {
    expect(insertCell(text, { kind: "sql", id: "a", body: "SELECT 1", after: null })).toBe(expected);
  });

  test("keeps prose that follows at once apart", () => {
    expect(insertCell("```sql a\n```\nText", { kind: "sql", id: "b", body: "", after: "a" })).toBe(
      "```sql a\n```\n\n```sql b\n```\n\nText",
    );
  });

  test.each([
    ["an id that is taken", { kind: "sql", id: "orders", body: "", after: null }, "duplicate-id"],
    ["an id that is none", { kind: "sql", id: "Or ders", body: "", after: null }, "bad-id"],
    ["a kind that is none", { kind: "sqll", id: "b", body: "", after: null }, "unknown-kind"],
    ["a neighbour that is none", { kind: "sql", id: "b", body: "", after: "odrers" }, "unknown-cell"],
  ])("is refused for %s", (_what, cell, expected) => {
    expect(code(insertCell(WITH_CELLS, cell))).toBe(expected);
  });

  test("is refused where an open comment or fence would swallow it", () => {
    expect(code(insertCell("<!-- open\n", { kind: "sql", id: "b", body: "", after: null }))).toBe("no-place");
    expect(code(insertCell("```sql a\nx\n", { kind: "sql", id: "b", body: "", after: "a" }))).toBe("unclosed-fence");
  });
});

describe("removing a cell", () => {
  test("takes its lines and one of the two empty lines that meet", () => {
    expectChange(WITH_CELLS, removeCell(WITH_CELLS, "orders"), {
      removed: ["```sql orders\n", "SELECT * FROM raw\n", "```\n", "\n"],
      added: [],
    });
  });

  test("undoes adding it", () => {
    for (const after of ["orders", "people", "personas", null]) {
      const text = edited(insertCell(WITH_CELLS, { kind: "sql", id: "b", body: "x", after }));
      expect(removeCell(text, "b")).toBe(WITH_CELLS);
    }
  });

  test("that is the only one leaves an empty file", () => {
    expect(removeCell("```sql a\n```", "a")).toBe("");
    expect(removeCell("# Hi\n\n```sql a\n```", "a")).toBe("# Hi");
  });
});

describe("moving a cell", () => {
  test("keeps its bytes and the other cells' order", () => {
    const text = edited(moveCell(WITH_CELLS, "people", { after: "personas" }));
    expect(cellNames(parseNotebook(text))).toEqual(["sql orders", "cluster personas", "segments people"]);
    expect(bodyOf(text, "people")).toBe(bodyOf(WITH_CELLS, "people"));
    expect(text.split("\n").sort().filter(Boolean)).toEqual(WITH_CELLS.split("\n").sort().filter(Boolean));
  });

  test("to where it is changes nothing", () => {
    expect(moveCell(WITH_CELLS, "people", { after: "orders" })).toBe(WITH_CELLS);
    expect(moveCell(WITH_CELLS, "orders", { after: null })).toBe(WITH_CELLS);
    expect(moveCell(WITH_CELLS, "orders", { after: "orders" })).toBe(WITH_CELLS);
  });

  test("to the front and to the end works without a last line end and with CRLF", () => {
    for (const text of [WITH_CELLS.trimEnd(), WITH_CRLF, WITH_CRLF.trimEnd()]) {
      const first = edited(moveCell(text, "personas", { after: null }));
      expect(cellNames(parseNotebook(first))).toEqual(["cluster personas", "sql orders", "segments people"]);
      const last = edited(moveCell(text, "orders", { after: "personas" }));
      expect(cellNames(parseNotebook(last))).toEqual(["segments people", "cluster personas", "sql orders"]);
      for (const moved of [first, last]) expect(parseNotebook(moved).problems).toEqual([]);
    }
    expect(moveCell("```sql a\n```\n\n```sql b\n```", "a", { after: "b" })).toBe("```sql b\n```\n\n```sql a\n```");
  });

  test("to a cell that is not there is refused", () => {
    expect(code(moveCell(WITH_CELLS, "orders", { after: "nobody" }))).toBe("unknown-cell");
    expect(code(moveCell(WITH_CELLS, "nobody", { after: null }))).toBe("unknown-cell");
  });
});

describe("renaming a cell", () => {
  test("changes its fence alone", () => {
    expectChange(WITH_CELLS, renameCell(WITH_CELLS, "people", "groups"), {
      removed: ["~~~~segments people\n"],
      added: ["~~~~segments groups\n"],
    });
    expect(renameCell("```sql  sql  \nsql\n```", "sql", "sq")).toBe("```sql  sq  \nsql\n```");
  });

  test("to an id that is taken or is none is refused", () => {
    expect(code(renameCell(WITH_CELLS, "people", "orders"))).toBe("duplicate-id");
    expect(code(renameCell(WITH_CELLS, "people", "1st"))).toBe("bad-id");
    expect(renameCell(WITH_CELLS, "people", "people")).toBe(WITH_CELLS);
  });
});

test("a file of a newer format is not edited", () => {
  const newer = WITH_CELLS.replace("segbook: 1", "segbook: 2");
  expect(code(replaceBody(newer, "orders", "x"))).toBe("read-only");
  expect(code(removeCell(newer, "orders"))).toBe("read-only");
  expect(code(renameCell(newer, "orders", "x"))).toBe("read-only");
});
