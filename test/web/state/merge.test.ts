import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Choice, mergedText, mergeNotebooks, openPieces, together } from "../../../web/state/merge.ts";
import { mergeLines } from "../../../web/state/merge-lines.ts";

const cell = (id: string, body: string) => `\`\`\`sql ${id}\n${body}\n\`\`\`\n`;
const notebook = (...parts: string[]) => `---\nsegbook: 1\n---\n\n# Words\n\n${parts.join("\n")}`;
const base = notebook(cell("a", "SELECT 1"), cell("b", "SELECT 2"), "Some words.\n", cell("c", "SELECT 3"));
const none = new Map<string, Choice>();

describe("two sides of one notebook", () => {
  test("that changed different cells are merged by themselves", () => {
    const merge = mergeNotebooks(base, base.replace("SELECT 1", "SELECT 10"), base.replace("SELECT 3", "SELECT 30"));
    expect(merge.pieces.filter(({ of }) => of === "mine").map(({ name }) => name)).toEqual(["a"]);
    expect(merge.pieces.filter(({ of }) => of === "theirs").map(({ name }) => name)).toEqual(["c"]);
    expect(mergedText(merge, none)).toBe(base.replace("SELECT 1", "SELECT 10").replace("SELECT 3", "SELECT 30"));
  });

  test("that changed one cell are merged once somebody chose", () => {
    const mine = base.replace("SELECT 2", "SELECT 20").replace("# Words", "# My words");
    const theirs = base.replace("SELECT 2", "SELECT 200");
    const merge = mergeNotebooks(base, mine, theirs);
    expect(openPieces(merge).map(({ name }) => name)).toEqual(["b"]);
    expect(mergedText(merge, none)).toBeNull();
    expect(mergedText(merge, new Map([["cell b", "mine"]]))).toBe(mine);
    expect(mergedText(merge, new Map([["cell b", "theirs"]]))).toBe(theirs.replace("# Words", "# My words"));
  });

  test("that changed other lines of one cell can be put together", () => {
    const long = notebook(cell("a", "SELECT x\nFROM t\nWHERE y\nORDER BY z"));
    const merge = mergeNotebooks(
      long,
      long.replace("SELECT x", "SELECT xx"),
      long.replace("ORDER BY z", "ORDER BY zz"),
    );
    const [piece] = openPieces(merge);
    expect(piece && together(piece)).toBe(cell("a", "SELECT xx\nFROM t\nWHERE y\nORDER BY zz"));
    expect(mergedText(merge, new Map([["cell a", "together"]]))).toContain("SELECT xx\nFROM t\nWHERE y\nORDER BY zz");
  });

  test("that added, deleted and moved cells keep it all", () => {
    const mine = notebook(
      cell("a", "SELECT 1"),
      cell("new_mine", "SELECT 5"),
      cell("b", "SELECT 2"),
      "Some words.\n",
      cell("c", "SELECT 3"),
    );
    const theirs = notebook(
      cell("c", "SELECT 3"),
      cell("b", "SELECT 2"),
      "Some words.\n",
      cell("new_theirs", "SELECT 6"),
    );
    const merge = mergeNotebooks(base, mine, theirs);
    expect(openPieces(merge)).toEqual([]);
    const order = [...(mergedText(merge, none) ?? "").matchAll(/```sql (\w+)/g)].map((match) => match[1]);
    expect(order).toEqual(["new_mine", "c", "b", "new_theirs"]);
  });

  test("of which one deleted what the other changed leave it to somebody", () => {
    const mine = notebook(cell("b", "SELECT 2"), "Some words.\n", cell("c", "SELECT 3"));
    const merge = mergeNotebooks(base, mine, base.replace("SELECT 1", "SELECT 10"));
    expect(openPieces(merge)).toMatchObject([{ name: "a", mine: null }]);
    expect(mergedText(merge, new Map([["cell a", "mine"]]))).not.toContain("sql a");
    expect(mergedText(merge, new Map([["cell a", "theirs"]]))).toContain("SELECT 10");
  });

  test("whose last line has no end are joined by one", () => {
    const short = notebook(cell("a", "SELECT 1")).trimEnd();
    const merge = mergeNotebooks(short, `${short}\n\n${cell("b", "SELECT 2")}`, `${short}\n\n${cell("z", "SELECT 9")}`);
    const text = mergedText(merge, new Map(openPieces(merge).map(({ key }) => [key, "mine" as const])));
    expect(text).toContain("```\n\n```sql b\n");
    expect([...(text ?? "").matchAll(/^```sql (\w+)$/gm)].map((match) => match[1]).sort()).toEqual(["a", "b", "z"]);
  });

  test("one of which changed nothing are the other, whatever it did", () => {
    const piece = fc.oneof(
      fc
        .tuple(fc.constantFrom("a", "b", "c", "d", "e"), fc.constantFrom("SELECT 1", "SELECT 2"))
        .map(([id, body]) => cell(id, body)),
      fc.constantFrom("Some words.\n", "## More\n", "\n"),
    );
    const text = fc.array(piece, { maxLength: 6 }).map((pieces) => notebook(...pieces));
    fc.assert(
      fc.property(text, text, (was, is) => {
        const ids = [...is.matchAll(/```sql (\w)/g)].map((match) => match[1]);
        fc.pre(new Set(ids).size === ids.length);
        expect(mergedText(mergeNotebooks(was, is, was), none)).toBe(is);
        expect(mergedText(mergeNotebooks(was, was, is), none)).toBe(is);
        expect(mergedText(mergeNotebooks(was, is, is), none)).toBe(is);
      }),
      { numRuns: 40 },
    );
  });
});

test("lines of two sides are put together where they don't meet", () => {
  expect(mergeLines("a\nb\nc\nd\n", "A\nb\nc\nd\n", "a\nb\nc\nD\n")).toBe("A\nb\nc\nD\n");
  expect(mergeLines("a\nb\nc\n", "a\nb\nx\nc\n", "b\nc\n")).toBe("b\nx\nc\n");
  expect(mergeLines("a\nb\n", "A\nb\n", "AA\nb\n")).toBeNull();
  expect(mergeLines("a\n", "a\nmine\n", "a\ntheirs\n")).toBeNull();
  expect(mergeLines("a\r\nb\r\nc", "a\r\nb\r\nC", "A\r\nb\r\nc")).toBe("A\r\nb\r\nC");
});
