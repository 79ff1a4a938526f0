import type { Problem } from "../../server/notebook/model.ts";
import type { NotebookView } from "../../server/run/view.ts";

/** One notebook's text between the page and the file. Every function below is a step from one state to the next. */
export interface Saving {
  /** What the page shows and edits. */
  readonly text: string;
  /** The file as it was last known. */
  readonly disk: { readonly text: string; readonly etag: string };
  /** The text on its way to the file; null where none is. */
  readonly flight: string | null;
  /** The file as somebody else left it, where both sides changed. */
  readonly theirs: NotebookView | null;
  /** Why the last save failed; null where it did not. */
  readonly failure: Problem | null;
}

export type SaveStatus = "saved" | "unsaved" | "saving" | "conflict" | "failed";

export function opened(view: NotebookView): Saving {
  return { text: view.text, disk: { text: view.text, etag: view.etag }, flight: null, theirs: null, failure: null };
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
export function refused(state: Saving, current: NotebookView): Saving {
  return fileFound({ ...state, flight: null }, current);
}

export function saveFailed(state: Saving, failure: Problem): Saving {
  return { ...state, flight: null, failure };
}

/** The file's present content is known: it is taken where nothing is unsaved, and is a conflict where both sides changed. */
export function fileFound(state: Saving, current: NotebookView): Saving {
  const disk = { text: current.text, etag: current.etag };
  if (current.text === state.text || current.text === state.disk.text) return { ...state, disk, theirs: null };
  if (!isUnsaved(state)) return { ...state, text: current.text, disk, theirs: null };
  return { ...state, theirs: current };
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
