import { expect, test } from "vitest";
import { cutAt, namesAt } from "../../../../web/cells/cluster/cut.ts";

const notebook = (body: string) => `---\nsegbook: 1\n---\n\n\`\`\`cluster personas\n${body}\`\`\`\n`;

// Seven rows, ids 0 to 6: {0,1} is 7, {2,3} is 8, {0,1,4} is 9, {2,3,9} is 10, and so on to the root.
const MERGES = [
  { left: 0, right: 1, height: 1, size: 2 },
  { left: 2, right: 3, height: 2, size: 2 },
  { left: 7, right: 4, height: 3, size: 3 },
  { left: 5, right: 6, height: 4, size: 2 },
  { left: 9, right: 8, height: 5, size: 5 },
  { left: 11, right: 10, height: 6, size: 7 },
];

test("clusters that stay the same people keep their names under their new numbers", () => {
  // At 3: {0,1,4}, {2,3}, {5,6}; at 2: {0,1,2,3,4}, {5,6}.
  const names = { 1: "Three", 2: "Early", 3: "Late" };
  expect(namesAt(MERGES, { k: 3, names }, 2)).toEqual({ 2: "Late" });
  expect(namesAt(MERGES, { k: 2, names: { 1: "Most", 2: "Late" } }, 3)).toEqual({ 3: "Late" });
  expect(namesAt(MERGES, { k: 3, names }, 3)).toEqual(names);
});

test("a cut writes its names, and nothing else changes", () => {
  const before = notebook("of: people\nk: 5\nnames:\n  1: Browsers\n  5: New\nseed: 2\n");
  const after = cutAt(before, "personas", { k: 4, names: { 3: "New", 4: "a: b" } });
  expect(after).toBe(notebook("of: people\nk: 4\nnames:\n  3: New\n  4: 'a: b'\nseed: 2\n"));
});

test("where no name is left there is no list of them, and where there was none there is none", () => {
  expect(cutAt(notebook("of: people\nk: 3\nnames:\n  3: Third\n"), "personas", { k: 2, names: {} })).toBe(
    notebook("of: people\nk: 2\n"),
  );
  expect(cutAt(notebook("of: people\nk: 3\n"), "personas", { k: 2, names: {} })).toBe(notebook("of: people\nk: 2\n"));
});
