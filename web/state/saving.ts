import type { Problem } from "../../server/notebook/model.ts";
import type { NotebookView } from "../../server/run/view.ts";
import { type Merge, mergedText, mergeNotebooks } from "./merge.ts";

/** One notebook's text between the page and the file. Every function below is a step from one state to the next. */
export interface Saving {
  /** What the page shows and edits. */
  readonly text: string;
  /** The file as it was last known. */
  readonly disk: Content;
  /** The text on its way to the file; null where none is. */
  readonly flight: string | null;
  /** The file as somebody else left it, where both sides changed. */
  readonly theirs: Content | null;
  /** Why the last save failed; null where it did not. */
  readonly failure: Problem | null;
  /** Names of what the last change of the file brought, where it was taken in. */
  readonly taken: readonly string[];
}

/** What a file holds, and the name of that content. */
export type Content = Pick<NotebookView, "text" | "etag">;

export type SaveStatus = "saved" | "unsaved" | "saving" | "conflict" | "failed";

export function opened(view: Content): Saving {
  return {
    text: view.text,
    disk: { text: view.text, etag: view.etag },
    flight: null,
    theirs: null,
    failure: null,
    taken: [],
  };
}

/** Typing of an earlier visit, put back onto the file as it was then, beside what the file is now. Nothing may be unsaved. */
export function putBack(state: Saving, { text, base, etag }: { text: string; base: string; etag: string }): Saving {
  return fileFound({ ...state, text, disk: { text: base, etag } }, state.disk);
}

export function edited(state: Saving, text: string): Saving {
  return { ...state, text };
}

export function sent(state: Saving): Saving {
  return { ...state, flight: state.text, failure: null };
}

/** The server has the text that was on its way; what was typed meanwhile stays unsaved. */
export function stored(state: Saving, etag: string): Saving {
  return { ...state, disk: { text: state.flight ?? state.text, etag }, flight: null, failure: null };
}

/** The server refused because the file is another; without a real difference there is no conflict. */
export function refused(state: Saving, current: Content): Saving {
  return fileFound({ ...state, flight: null }, current);
}

export function saveFailed(state: Saving, failure: Problem): Saving {
  return { ...state, flight: null, failure };
}

/**
 * The file's present content is known: it is taken where nothing is unsaved. Otherwise cells that only one side changed
 * are that side's; where both changed one, it is a conflict.
 */
export function fileFound(state: Saving, current: Content): Saving {
  const disk = { text: current.text, etag: current.etag };
  if (current.text === state.text) return { ...state, disk, theirs: null };
  if (current.text === state.disk.text) return { ...state, disk, theirs: null };
  const merge = mergeNotebooks(state.disk.text, state.text, current.text);
  const taken = merge.pieces.filter((piece) => piece.of === "theirs").map(({ name }) => name);
  if (!isUnsaved(state)) return { ...state, text: current.text, disk, theirs: null, taken };
  const text = mergedText(merge, new Map());
  if (text === null) return { ...state, theirs: current };
  return { ...state, text, disk, theirs: null, taken };
}

/** What is to be chosen between, where both sides changed the same; null where there is nothing. */
export function conflictOf(state: Saving): Merge | null {
  return state.theirs === null ? null : mergeNotebooks(state.disk.text, state.text, state.theirs.text);
}

/** A conflict is settled by the text that was put together: it will be saved over theirs. */
export function settled(state: Saving, text: string): Saving {
  if (state.theirs === null) return state;
  return { ...state, text, disk: { text: state.theirs.text, etag: state.theirs.etag }, theirs: null };
}

/** The page's text wins: it will be saved over theirs. */
export function keepMine(state: Saving): Saving {
  if (state.theirs === null) return state;
  return { ...state, disk: { text: state.theirs.text, etag: state.theirs.etag }, theirs: null };
}

/** The file's text wins. */
export function takeTheirs(state: Saving): Saving {
  if (state.theirs === null) return state;
  return { ...state, ...opened(state.theirs) };
}

export function isUnsaved(state: Saving): boolean {
  return state.text !== state.disk.text;
}

export function saveStatus(state: Saving): SaveStatus {
  if (state.theirs !== null) return "conflict";
  if (state.flight !== null) return "saving";
  if (state.failure !== null) return "failed";
  return isUnsaved(state) ? "unsaved" : "saved";
}
