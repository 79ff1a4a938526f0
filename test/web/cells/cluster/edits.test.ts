import { expect, test } from "vitest";
import { cutEdit, nameEdit, transformEdit } from "../../../../web/cells/cluster/edits.ts";

const notebook = (body: string) => `---\nsegbook: 1\n---\n\n\`\`\`cluster kinds\n${body}\`\`\`\n`;
const OPEN = "of: people\ncolumns: [a, b]\nk: {auto: [2, 5]}\n";
const FIXED = "of: people\ncolumns: [a, b]\nk: 3\nnames:\n  1: Regulars\n";

test("the number that is there is written where the text leaves it open, and nothing where it says so", () => {
  const open = cutEdit(
    notebook(OPEN),
    { id: "kinds", numbers: [], body: { k: { auto: [2, 5] } } },
    { k: 3, now: 3, merges: null },
  );
  expect(open).toEqual({ label: "Cut kinds at 3", text: notebook(OPEN.replace("{auto: [2, 5]}", "3")) });
  const fixed = cutEdit(notebook(FIXED), { id: "kinds", numbers: [], body: { k: 3 } }, { k: 3, now: 3, merges: null });
  expect(fixed).toBeNull();
});

test("without a hierarchy nobody knows who is who in another number of clusters: names go", () => {
  const body = { k: 3, names: { 1: "Regulars" } };
  const cut = cutEdit(notebook(FIXED), { id: "kinds", numbers: [], body }, { k: 4, now: 3, merges: null });
  expect(cut?.text).toBe(notebook("of: people\ncolumns: [a, b]\nk: 4\n"));
});

test("numbers that go on keep their names, whatever the cut", () => {
  const body = { k: 3, names: { 1: "Regulars" } };
  const cut = cutEdit(notebook(FIXED), { id: "kinds", numbers: [1, 2, 4], body }, { k: 4, now: 3, merges: null });
  expect(cut?.text).toBe(notebook(FIXED.replace("k: 3", "k: 4")));
});

test("a name keeps its signs, and several columns are one change", () => {
  const named = nameEdit(notebook(OPEN), { id: "kinds" }, { cluster: 2, name: 'Big: "spenders" #1' });
  expect(named.text).toContain(`names:\n  2: 'Big: "spenders" #1'\n`);
  const columns = [
    { column: "a", transform: "log1p" },
    { column: "b", transform: "none" },
  ];
  const compared = transformEdit(notebook(OPEN), { id: "kinds" }, columns);
  expect(compared.label).toBe("Compared a by log1p, b as it is");
  expect(compared.text).toContain("transform:\n  a: log1p\n  b: none\n");
});
