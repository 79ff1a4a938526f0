import { expect, test } from "vitest";
import { commandOf, keyWords } from "../../../web/shell/keys.ts";

const press = (key: string, held: Partial<Record<"ctrlKey" | "metaKey" | "shiftKey" | "altKey", boolean>> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...held,
});

test("the palette opens from anywhere, with either modifier", () => {
  expect(commandOf(press("k", { ctrlKey: true }), { typing: true })).toBe("palette");
  expect(commandOf(press("K", { metaKey: true }), { typing: false })).toBe("palette");
});

test("letters move between cells only where nobody is typing", () => {
  expect(commandOf(press("j"), { typing: false })).toBe("next-cell");
  expect(commandOf(press("j"), { typing: true })).toBeNull();
  expect(commandOf(press("?", { shiftKey: true }), { typing: true })).toBeNull();
});

test("Enter runs, runs and goes on, or edits, by what is held with it", () => {
  expect(commandOf(press("Enter", { ctrlKey: true }), { typing: true })).toBe("run-cell");
  expect(commandOf(press("Enter", { ctrlKey: true, shiftKey: true }), { typing: true })).toBe("run-stale");
  expect(commandOf(press("Enter", { shiftKey: true }), { typing: false })).toBe("run-and-next");
  expect(commandOf(press("Enter"), { typing: false })).toBe("edit-cell");
  expect(commandOf(press("Enter"), { typing: true })).toBeNull();
});

test("undo in a text is the text's own", () => {
  expect(commandOf(press("z", { ctrlKey: true }), { typing: true })).toBeNull();
  expect(commandOf(press("z", { ctrlKey: true }), { typing: false })).toBe("undo");
});

test("keys are named as the machine's keyboard names them", () => {
  expect(keyWords("mod+shift+Enter", { mac: true })).toBe("⇧⌘⏎");
  expect(keyWords("mod+shift+Enter", { mac: false })).toBe("Ctrl+Shift+Enter");
});
