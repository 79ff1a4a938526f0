import { describe, expect, test } from "vitest";
import { parseNotebook } from "../../../server/notebook/parse.ts";
import { cellNames, places, WITH_CELLS } from "./notebook-text.ts";

const HEAD = "---\nsegbook: 1\n---\n";

describe("fences", () => {
  test("of a known kind with an id are cells, and those without an id are listings", () => {
    const notebook = parseNotebook(WITH_CELLS);
    expect(cellNames(notebook)).toEqual(["sql orders", "segments people", "cluster personas"]);
    expect(notebook.blocks.map(({ type }) => type)).toEqual([
      "head",
      "prose",
      "cell",
      "prose",
      "cell",
      "prose",
      "listing",
      "prose",
      "cell",
    ]);
    expect(notebook.problems).toEqual([]);
  });

  test("say where the cell, its body and its fences are", () => {
    const text = `${HEAD}Hello\n\n\`\`\`sql totals\nSELECT 1\n\`\`\`\nBye`;
    const cell = parseNotebook(text).cells[0];
    expect(cell).toMatchObject({ line: 6, bodyLine: 7, body: "SELECT 1\n", known: true });
    expect(text.slice(cell?.start, cell?.end)).toBe("```sql totals\nSELECT 1\n```\n");
    expect(text.slice(cell?.bodyStart, cell?.bodyEnd)).toBe("SELECT 1\n");
  });

  test.each([
    ["longer ticks hold shorter ones", "````sql a\n```\nx\n```\n````\n", ["sql a"]],
    ["tildes are closed by tildes alone", "~~~sql a\n```\n~~~\n", ["sql a"]],
    ["three spaces of indentation are allowed", "   ```sql a\n   x\n  ```\n", ["sql a"]],
    ["four spaces make an indented listing", "    ```sql a\n", []],
    ["a backtick in the info string makes it inline code", "```sql a` ```\n", []],
    ["space around the info string does not matter", "```  sql   a  \nx\n```\n", ["sql a"]],
    ["a comment hides what is in it", "<!--\n```sql a\nx\n```\n-->\n\n```sql b\n```\n", ["sql b"]],
    ["a fence of a list does not swallow the cells after it", "1. ```\n   code\n   ```\n\n```sql a\n```\n", ["sql a"]],
    ["a closing fence has nothing after it", "```sql a\n``` x\n```\n", ["sql a"]],
  ])("%s", (_what, text, expected) => {
    const notebook = parseNotebook(HEAD + text);
    expect(cellNames(notebook)).toEqual(expected);
    expect(notebook.problems).toEqual([]);
  });
});

describe("what is wrong with a fence is told at its place", () => {
  test.each([
    ["an open fence", "text\n```sql a\nx\n", "unclosed-fence 5:1"],
    ["a second cell of one id", "```sql a\n```\n```input a\n```\n", "duplicate-id 6:10"],
    ["an id with capitals", "```sql Orders-2026\n```\n", "bad-id 4:8"],
    ["words after the id", "```sql a b\n```\n", "bad-fence 4:10"],
    ["an unknown kind", "```sqll a\n```\n", "unknown-kind 4:4"],
    ["a kind without an id", "```segments\n```\n", "cell-without-id 4:4"],
    ["a cell in a list", "- x\n\n  ```sql a\n  ```\n", "nested-cell 6:1"],
    ["a cell in HTML", "<div>\n```sql a\n```\n</div>\n", "nested-cell 5:1"],
  ])("%s", (_what, text, expected) => {
    expect(places(parseNotebook(HEAD + text).problems)).toEqual([expected]);
  });

  test("a duplicate names the line of the first", () => {
    const [problem] = parseNotebook(`${HEAD}\`\`\`sql a\n\`\`\`\n\`\`\`sql a\n\`\`\`\n`).problems;
    expect(problem).toMatchObject({ severity: "error", cell: "a" });
    expect(problem?.message).toContain("line 4");
  });

  test("an unknown kind keeps its cell, warns, and names the nearest", () => {
    const notebook = parseNotebook(`${HEAD}\`\`\`segmnts vip\nx\n\`\`\`\n`);
    expect(notebook.cells[0]).toMatchObject({ kind: "segmnts", id: "vip", known: false, body: "x\n" });
    expect(notebook.problems[0]).toMatchObject({ severity: "warning", hint: "Did you mean `segments`?" });
  });

  test("a bad id comes with a good one", () => {
    const [problem] = parseNotebook(`${HEAD}\`\`\`sql 2026-Café\n\`\`\`\n`).problems;
    expect(problem?.hint).toContain("`cafe`");
  });

  test("attributes of an ordinary listing are not an id", () => {
    expect(parseNotebook(`${HEAD}\`\`\`sql {.numbers}\n\`\`\`\n\`\`\`sql title="x"\n\`\`\`\n`).problems).toEqual([]);
  });
});
