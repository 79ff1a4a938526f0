import { applied, inverse, type Patch, patchBetween, rebased } from "./patch.ts";

/**
 * What was done to a notebook's text, oldest first, and what was taken back, to be done again in the opposite order.
 * Each patch fits the text as it is once all newer ones have been taken back, or the nearer ones done again.
 */
export interface History {
  readonly done: readonly Entry[];
  readonly undone: readonly Entry[];
}

export interface Entry {
  readonly label: string;
  /** Takes it back; where it was taken back, does it again. */
  readonly patch: Patch;
  /** The cell at hand before it and after it. */
  readonly from: string | null;
  readonly to: string | null;
  /** Where it was typed and when it ended, in milliseconds; null where it was no typing. */
  readonly typed: { readonly where: string; readonly at: number } | null;
  /** What changed in a view alone, and not in the text; null where the text did. */
  readonly seen: Seen | null;
}

/** A step in a view, such as muting: it is taken back and done again like any other for as long as that view lasts. */
export interface Seen {
  readonly by: object;
  readonly back: () => void;
  readonly again: () => void;
}

interface Step {
  readonly before: string;
  readonly after: string;
}

export interface Typing {
  readonly label: string;
  /** Names the editor: typing in one place is taken back together. */
  readonly where: string;
  readonly cell: string | null;
  readonly at: number;
  /** An editor's own undo or redo belongs to the typing that it changes. */
  readonly how: "typed" | "undo" | "redo";
}

const MOST_ENTRIES = 200;
/** A pause after which typing begins anew, in milliseconds. */
const PAUSE = 1_000;

const NOTHING: Patch = { start: 0, removed: "", inserted: "" };

export const emptyHistory: History = { done: [], undone: [] };

/** Remembers a change; what had been taken back can't be done again. */
export function remembered(history: History, entry: Pick<Entry, "label" | "from" | "to">, step: Step): History {
  if (step.before === step.after) return history;
  return pushed(history, { ...entry, patch: backOf(step), typed: null, seen: null });
}

/** Remembers a step that a view made without changing the text. */
export function looked(history: History, entry: Pick<Entry, "label" | "from" | "to">, seen: Seen): History {
  return pushed(history, { ...entry, patch: NOTHING, typed: null, seen });
}

/** Without the steps of a view that is no more. */
export function parted(history: History, by: object): History {
  const others = (entries: readonly Entry[]) => entries.filter(({ seen }) => seen?.by !== by);
  return { done: others(history.done), undone: others(history.undone) };
}

/** Remembers typing, together with what was typed in the same place just before. */
export function typedInto(history: History, typing: Typing, step: Step): History {
  if (step.before === step.after) return history;
  const { label, where, cell, at, how } = typing;
  const last = history.done.at(-1);
  const isOne = last?.typed?.where === where && (how !== "typed" || at - last.typed.at <= PAUSE);
  const before = last !== undefined && isOne ? applied(step.before, last.patch) : null;
  const rest = { done: history.done.slice(0, -1), undone: [] };
  // Taken back in the editor itself, so there is nothing left to take back.
  if (before === step.after) return rest;
  const entry = { label, from: cell, to: cell, typed: { where, at }, seen: null };
  if (before === null) return pushed(history, { ...entry, patch: backOf(step) });
  return pushed(rest, { ...entry, patch: backOf({ before, after: step.after }) });
}

/** Carries the history over a change of somebody else's. What it overlaps, and what is beyond that, is given up. */
export function carried(history: History, step: Step): History {
  if (step.before === step.after) return history;
  return { done: carriedOver(history.done, step), undone: carriedOver(history.undone, step) };
}

/** Takes the newest change back: the text without it, or null where there is none. */
export function undone(history: History, text: string): { entry: Entry; text: string; history: History } | null {
  const moved = applyLast(history.done, text);
  if (moved === null) return null;
  const { rest, entry, text: earlier } = moved;
  return { entry, text: earlier, history: { done: rest, undone: [...history.undone, turned(entry)] } };
}

/** Does again what was taken back last, or null where nothing was. */
export function redone(history: History, text: string): { entry: Entry; text: string; history: History } | null {
  const moved = applyLast(history.undone, text);
  if (moved === null) return null;
  const { rest, entry, text: later } = moved;
  return { entry, text: later, history: { done: [...history.done, turned(entry)], undone: rest } };
}

function pushed(history: History, entry: Entry): History {
  return { done: [...history.done, entry].slice(-MOST_ENTRIES), undone: [] };
}

function backOf({ before, after }: Step): Patch {
  return inverse(patchBetween(before, after));
}

/** A change that was turned round is no typing any more: what is typed next begins anew. */
function turned(entry: Entry): Entry {
  const seen = entry.seen === null ? null : { ...entry.seen, back: entry.seen.again, again: entry.seen.back };
  return { ...entry, patch: inverse(entry.patch), typed: null, seen };
}

function applyLast(entries: readonly Entry[], text: string): { rest: Entry[]; entry: Entry; text: string } | null {
  const entry = entries.at(-1);
  const changed = entry === undefined ? null : applied(text, entry.patch);
  return entry === undefined || changed === null ? null : { rest: entries.slice(0, -1), entry, text: changed };
}

function carriedOver(entries: readonly Entry[], { before, after }: Step): Entry[] {
  const kept: Entry[] = [];
  let change = patchBetween(before, after);
  for (const entry of [...entries].reverse()) {
    const patch = rebased(entry.patch, change);
    const below = patch === null ? null : rebased(change, entry.patch);
    if (patch === null || below === null) break;
    kept.unshift({ ...entry, patch });
    change = below;
  }
  return kept;
}
