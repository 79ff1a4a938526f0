import { expect } from "vitest";
import type { Edited } from "../../../server/notebook/edit/target.ts";

/** The edited text; fails where the edit was refused. */
export function edited(outcome: Edited): string {
  if (typeof outcome !== "string") throw new Error(`${outcome.code}: ${outcome.message}`);
  return outcome;
}

/** Which lines two texts differ in: how many are the same before and after, and what stands between in each. */
export function changedLines(before: string, after: string): { at: number; removed: string[]; added: string[] } {
  const old = before.split(/(?<=\n)/);
  const now = after.split(/(?<=\n)/);
  let at = 0;
  while (at < old.length && at < now.length && old[at] === now[at]) at++;
  let tail = 0;
  while (tail < old.length - at && tail < now.length - at && old.at(-1 - tail) === now.at(-1 - tail)) tail++;
  return { at: at + 1, removed: old.slice(at, old.length - tail), added: now.slice(at, now.length - tail) };
}

/** Expects that an edit changed these lines and no other. */
export function expectChange(before: string, outcome: Edited, change: { removed: string[]; added: string[] }): void {
  const { removed, added } = changedLines(before, edited(outcome));
  expect({ removed, added }).toEqual(change);
}
