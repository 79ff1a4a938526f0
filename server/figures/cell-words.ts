import type { CellState, CellView } from "../run/view.ts";
import { formatCount, formatDuration } from "./format.ts";

/** The state of a cell in a word. */
export const STATE_WORDS: Record<CellState, string> = {
  fresh: "fresh",
  stale: "stale",
  waiting: "waiting",
  running: "running",
  failed: "failed",
  blocked: "blocked",
  cancelled: "cancelled",
  unknown: "not run yet",
};

/** What a cell's head says at its right: rows, time, and computed or found; the state where there is no result. */
export function measureWords(view: CellView, { noun }: { noun: string }): string {
  if (view.state !== "fresh") return STATE_WORDS[view.state];
  // A picture yields nothing of its own that could be counted or found.
  if (view.relations.length === 0) return "";
  const words: string[] = [];
  if (view.rows !== null) words.push(rowWords(view.rows, noun));
  if (view.ms !== null) words.push(formatDuration(view.ms));
  if (view.origin !== null) words.push(view.origin === "found" ? "found in cache" : "computed");
  return words.join(" · ");
}

/** `1 person`, `19,962 people`. */
export function rowWords(rows: number, noun: string): string {
  return `${formatCount(rows)} ${rows === 1 ? singular(noun) : noun}`;
}

/** `reads orders, visits and emails`; empty where it reads nothing. */
export function readsWords(reads: readonly string[]): string {
  return reads.length === 0 ? "" : `reads ${listWords(reads)}`;
}

/** `a, b and c`. */
export function listWords(words: readonly string[]): string {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

function singular(noun: string): string {
  return noun === "people" ? "person" : noun.replace(/s$/, "");
}
