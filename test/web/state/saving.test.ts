import { expect, test } from "vitest";
import type { NotebookView } from "../../../server/run/view.ts";
import { mergedText, openPieces } from "../../../web/state/merge.ts";
import {
  conflictOf,
  edited,
  fileFound,
  isUnsaved,
  keepMine,
  opened,
  putBack,
  refused,
  saveFailed,
  saveStatus,
  sent,
  settled,
  stored,
  takeTheirs,
} from "../../../web/state/saving.ts";

const view = (text: string, etag: string): NotebookView => ({
  path: "notebooks/a.md",
  title: "A",
  text,
  etag,
  readOnly: false,
  head: {
    segbook: 1,
    title: null,
    entity: "customer_id",
    as_of: "now",
    timezone: "UTC",
    week_starts: "monday",
    seed: 1,
    exclude: null,
  },
  blocks: [],
});

test("what is typed while a save is on its way stays unsaved", () => {
  const saving = edited(sent(edited(opened(view("a", "1")), "b")), "c");
  const after = stored(saving, "2");
  expect(after.disk).toEqual({ text: "b", etag: "2" });
  expect(after.text).toBe("c");
  expect(saveStatus(after)).toBe("unsaved");
});

test("a change on disk is taken where nothing is unsaved", () => {
  const after = fileFound(opened(view("a", "1")), view("b", "2"));
  expect(after.text).toBe("b");
  expect(saveStatus(after)).toBe("saved");
});

test("a change on disk beside unsaved typing is a conflict, and neither side is lost", () => {
  const after = refused(sent(edited(opened(view("a", "1")), "mine")), view("theirs", "2"));
  expect(saveStatus(after)).toBe("conflict");
  expect(after.text).toBe("mine");
  expect(after.theirs?.text).toBe("theirs");
});

test("both sides having made the same change is no conflict", () => {
  const after = refused(sent(edited(opened(view("a", "1")), "same")), view("same", "2"));
  expect(saveStatus(after)).toBe("saved");
});

test("a file that was only touched is no conflict, and the next save names its new content", () => {
  const after = refused(sent(edited(opened(view("a", "1")), "mine")), view("a", "2"));
  expect(saveStatus(after)).toBe("unsaved");
  expect(after.disk.etag).toBe("2");
});

test("keeping mine saves over theirs", () => {
  const after = keepMine(fileFound(edited(opened(view("a", "1")), "mine"), view("theirs", "2")));
  expect(after.text).toBe("mine");
  expect(after.disk.etag).toBe("2");
  expect(isUnsaved(after)).toBe(true);
});

test("taking theirs leaves nothing unsaved", () => {
  const after = takeTheirs(fileFound(edited(opened(view("a", "1")), "mine"), view("theirs", "2")));
  expect(after.text).toBe("theirs");
  expect(saveStatus(after)).toBe("saved");
});

test("a failed save keeps the text and says why", () => {
  const problem = {
    code: "disk-full",
    severity: "error",
    cell: null,
    line: null,
    column: null,
    message: "The disk is full.",
    hint: "Make room.",
  } as const;
  const after = saveFailed(sent(edited(opened(view("a", "1")), "b")), problem);
  expect(saveStatus(after)).toBe("failed");
  expect(after.text).toBe("b");
});

const cells = (a: string, b: string) => `\`\`\`sql a\n${a}\n\`\`\`\n\n\`\`\`sql b\n${b}\n\`\`\`\n`;

test("cells that only one side changed are that side's, and what came from the file is told", () => {
  const typing = edited(opened(view(cells("1", "2"), "1")), cells("10", "2"));
  const after = fileFound(typing, view(cells("1", "20"), "2"));
  expect(after.text).toBe(cells("10", "20"));
  expect(after.taken).toEqual(["b"]);
  expect(after.disk).toEqual({ text: cells("1", "20"), etag: "2" });
  expect(saveStatus(after)).toBe("unsaved");
});

test("a cell that both sides changed is chosen for, and the other cells are merged with it", () => {
  const typing = edited(opened(view(cells("1", "2"), "1")), cells("10", "2"));
  const after = fileFound(typing, view(cells("100", "20"), "2"));
  const merge = conflictOf(after);
  expect(merge && openPieces(merge).map(({ name }) => name)).toEqual(["a"]);
  const text = merge && mergedText(merge, new Map([["cell a", "mine"]]));
  expect(text).toBe(cells("10", "20"));
  const done = settled(after, text ?? "");
  expect(done).toMatchObject({ text: cells("10", "20"), disk: { etag: "2" }, theirs: null });
  expect(saveStatus(done)).toBe("unsaved");
});

test("the file changing once more while both are shown is told anew", () => {
  const typing = edited(opened(view(cells("1", "2"), "1")), cells("10", "2"));
  const twice = fileFound(fileFound(typing, view(cells("100", "2"), "2")), view(cells("1", "200"), "3"));
  expect(twice.text).toBe(cells("10", "200"));
  expect(saveStatus(twice)).toBe("unsaved");
});

test("typing of an earlier visit is put back beside what the file became meanwhile", () => {
  const now = opened(view(cells("1", "20"), "2"));
  const draft = { text: cells("10", "2"), base: cells("1", "2"), etag: "1" };
  expect(putBack(now, draft)).toMatchObject({ text: cells("10", "20"), disk: { etag: "2" }, taken: ["b"] });
  const both = putBack(opened(view(cells("100", "2"), "2")), draft);
  expect(saveStatus(both)).toBe("conflict");
  expect(both.text).toBe(cells("10", "2"));
});
