import { expect, test } from "vitest";
import { cutAt } from "../../../web/cells/cluster-cut.ts";

const notebook = (body: string) => `---\nsegbook: 1\n---\n\n\`\`\`cluster personas\n${body}\`\`\`\n`;

test("a lower cut takes the names beyond it along, and nothing else changes", () => {
  const before = notebook("of: people\nk: 5\nnames:\n  1: Browsers\n  4: Buyers\n  5: New\nseed: 2\n");
  expect(cutAt(before, "personas", 4)).toBe(
    notebook("of: people\nk: 4\nnames:\n  1: Browsers\n  4: Buyers\nseed: 2\n"),
  );
});

test("names that would all be beyond the cut go whole", () => {
  const before = notebook("of: people\nk: 3\nnames:\n  3: Third\n");
  expect(cutAt(before, "personas", 2)).toBe(notebook("of: people\nk: 2\n"));
});

test("a higher cut, and a cell without names, change the one value", () => {
  const before = notebook("of: people\nk: 3\nnames:\n  1: First\n");
  expect(cutAt(before, "personas", 6)).toBe(before.replace("k: 3", "k: 6"));
  expect(cutAt(notebook("of: people\nk: 3\n"), "personas", 2)).toBe(notebook("of: people\nk: 2\n"));
});
