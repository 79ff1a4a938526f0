import type { HistoryRefresh, MigrationStep } from "../segments/history/view.ts";

/** The last refreshes that are looked at; null for all. */
export const STRETCHES: readonly { readonly last: number | null; readonly words: string }[] = [
  { last: 1, words: "the last refresh" },
  { last: 4, words: "the last four refreshes" },
  { last: null, words: "all refreshes" },
];

/** Moves from segment to segment by their places, and from or to none of them, which is the last row and column. */
export interface MigrationTable {
  readonly moves: readonly (readonly number[])[];
  readonly most: number;
  /** The refresh before the first that is counted, and the last one; null before the second refresh. */
  readonly between: { readonly from: HistoryRefresh; readonly to: HistoryRefresh } | null;
}

export function migrationTable(
  refreshes: readonly HistoryRefresh[],
  steps: readonly MigrationStep[],
  { segments, last }: { readonly segments: number; readonly last: number | null },
): MigrationTable {
  const first = last === null ? 1 : Math.max(1, refreshes.length - last);
  const moves = Array.from({ length: segments + 1 }, () => Array.from({ length: segments + 1 }, () => 0));
  for (const { refresh, from, to, moves: count } of steps) {
    const row = moves[from ?? segments];
    if (refresh < first || row === undefined) continue;
    const column = to ?? segments;
    row[column] = (row[column] ?? 0) + count;
  }
  const [from, to] = [refreshes[first - 1], refreshes.length > 1 ? refreshes.at(-1) : undefined];
  return {
    moves,
    most: Math.max(0, ...moves.flat()),
    between: from === undefined || to === undefined ? null : { from, to },
  };
}
