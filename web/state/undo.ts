import { applied, inverse, type Patch, patchBetween, rebased } from "./patch.ts";

/**
 * Changes of a notebook's structure that can be taken back, oldest first; typing between them is kept.
 * Each entry's patch fits the text as it is once all newer entries have been taken back.
 */
export interface History {
  readonly entries: readonly Entry[];
}

interface Entry {
  readonly label: string;
  readonly back: Patch;
}

interface Step {
  readonly before: string;
  readonly after: string;
}

const MOST_ENTRIES = 50;

export const emptyHistory: History = { entries: [] };

/** Remembers a change that can be taken back. */
export function remembered(history: History, label: string, { before, after }: Step): History {
  const entries = [...history.entries, { label, back: inverse(patchBetween(before, after)) }];
  return { entries: entries.slice(-MOST_ENTRIES) };
}

/** Carries the history over a change that is not to be taken back itself, such as typing. What it overlaps, and what is older, is given up. */
export function carried(history: History, { before, after }: Step): History {
  if (before === after) return history;
  const kept: Entry[] = [];
  let typed = patchBetween(before, after);
  for (const { label, back } of [...history.entries].reverse()) {
    const moved = rebased(back, typed);
    const below = moved === null ? null : rebased(typed, back);
    if (moved === null || below === null) break;
    kept.unshift({ label, back: moved });
    typed = below;
  }
  return { entries: kept };
}

/** Takes the newest change back: the text without it, or null where there is none. */
export function undone(history: History, text: string): { label: string; text: string; history: History } | null {
  const newest = history.entries.at(-1);
  if (newest === undefined) return null;
  const earlier = applied(text, newest.back);
  if (earlier === null) return null;
  return { label: newest.label, text: earlier, history: { entries: history.entries.slice(0, -1) } };
}
