import { expect, test } from "vitest";
import type { NotebookView } from "../../../server/run/view.ts";
import {
  edited,
  fileFound,
  isUnsaved,
  keepMine,
  opened,
  refused,
  saveFailed,
  saveStatus,
  sent,
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
