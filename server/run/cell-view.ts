import { type CellOutcome, placed } from "./execute.ts";
import { type KeyParts, staleReason } from "./key.ts";
import { columnsOf, isFaulty, mainPart, partOf, type StudiedCell } from "./studied.ts";
import type { CellState, CellView, RelationView } from "./view.ts";

/** What a page shows of a cell before, or instead of, a run; `last` are the key's parts of its last result. */
export function cellView(studied: StudiedCell, last: KeyParts | null): CellView {
  const { cell, study, reading } = studied;
  const main = mainPart(studied);
  const stored = main?.stored ?? null;
  const state = restingState(studied);
  return {
    id: cell.id,
    kind: cell.kind,
    state,
    reason: restingReason(studied, state, last),
    reads: [...studied.inputs, ...studied.relations],
    relations: relationViews(studied),
    problems: [...studied.problems, ...studied.parts.flatMap((part) => placed(studied, part.stored?.findings ?? []))],
    rows: stored?.relations.find((relation) => relation.suffix === "")?.rows ?? null,
    ms: stored?.ms ?? null,
    origin: stored === null ? null : "found",
    key: main?.key ?? null,
    words: { ...study?.words },
    body: typeof reading?.body === "string" ? null : (reading?.body ?? null),
  };
}

/** The same cell after a run. */
export function outcomeView(outcome: CellOutcome): CellView {
  const { studied, state, ms, problems, blockedBy } = outcome;
  const view = cellView(studied, null);
  const done = state === "computed" || state === "found";
  return {
    ...view,
    state: done ? "fresh" : state,
    reason: state === "blocked" ? atFault(blockedBy) : null,
    problems: [...problems],
    ms,
    origin: done ? state : null,
  };
}

/** A cell that a run is about to compute, or computes. */
export function goingView(studied: StudiedCell, state: "waiting" | "running"): CellView {
  return { ...cellView(studied, null), state, reason: null };
}

function restingState(studied: StudiedCell): CellState {
  if (studied.kind === null) return "unknown";
  if (isFaulty(studied.problems)) return "failed";
  if (studied.blockedBy.length > 0) return "blocked";
  // An input's value is there without any run.
  if (studied.study?.yields.length === 0 && studied.relations.length === 0) return "fresh";
  return mainPart(studied)?.stored ? "fresh" : "stale";
}

function restingReason(studied: StudiedCell, state: CellState, last: KeyParts | null): string | null {
  if (state === "blocked") return atFault(studied.blockedBy);
  const main = mainPart(studied);
  if (state !== "stale" || main === null) return null;
  if (last === null) return "it has not been run yet.";
  return staleReason(last, main.parts) ?? "its result is no longer in the cache.";
}

function atFault(names: readonly string[]): string {
  const last = names.at(-1) ?? "something that it reads";
  if (names.length <= 1) return `${last.replace(/,$/, "")} is at fault.`;
  return `${names.slice(0, -1).join(", ")} and ${last} are at fault.`;
}

function relationViews(studied: StudiedCell): RelationView[] {
  return (studied.study?.yields ?? []).map(({ suffix }) => {
    const stored = partOf(studied, suffix)?.stored;
    const rows = stored?.relations.find((relation) => relation.suffix === suffix)?.rows ?? null;
    return { name: `${studied.cell.id}${suffix}`, rows, columns: [...(columnsOf(studied, suffix).columns ?? [])] };
  });
}
