import type { CellOutcome } from "./execute.ts";
import type { LastOfCell } from "./last-run.ts";
import { placed } from "./placed.ts";
import { staleReasons } from "./stale-reasons.ts";
import { columnsOf, isFaulty, mainPart, partOf, type StudiedCell } from "./studied.ts";
import type { CellState, CellView, RelationView } from "./view.ts";

export type Span = CellView["span"];

/** What a page shows of a cell before, or instead of, a run. */
export function cellView(studied: StudiedCell, last: LastOfCell | null): CellView {
  const { cell, study, reading } = studied;
  const main = mainPart(studied);
  const stored = main?.stored ?? null;
  const state = restingState(studied);
  return {
    id: cell.id,
    kind: cell.kind,
    state,
    ...because(restingReasons(studied, state, last)),
    reads: [...studied.inputs, ...studied.relations],
    relations: relationViews(studied),
    problems: [...studied.problems, ...studied.parts.flatMap((part) => placed(studied, part.stored?.findings ?? []))],
    rows: stored?.relations.find((relation) => relation.suffix === "")?.rows ?? null,
    ms: stored?.ms ?? null,
    origin: stored === null ? null : "found",
    span: state === "fresh" ? (last?.span ?? null) : null,
    key: main?.key ?? null,
    words: { ...study?.words },
    numbers: [...studied.numbers],
    body: typeof reading?.body === "string" ? null : (reading?.body ?? null),
  };
}

/** The same cell after a run, with why it was computed. */
export function outcomeView(outcome: CellOutcome, why: readonly string[]): CellView {
  const { studied, state, ms, problems, blockedBy, span } = outcome;
  const done = state === "computed" || state === "found";
  const reasons = state === "blocked" ? [blocked(blockedBy)] : state === "computed" || state === "failed" ? why : [];
  return {
    ...cellView(studied, null),
    state: done ? "fresh" : state,
    ...because(reasons),
    problems: [...problems],
    ms,
    span,
    origin: done ? state : null,
  };
}

/** A cell that a run is about to compute, or computes since `from`, and why. */
export function goingView(studied: StudiedCell, from: number | null, why: readonly string[]): CellView {
  const state = from === null ? "waiting" : "running";
  return { ...cellView(studied, null), state, ...because(why), span: from === null ? null : { from, to: null } };
}

/** Why a run computes a cell. */
export function whyComputed(studied: StudiedCell, last: LastOfCell, ask: { anew: boolean }): string[] {
  if (ask.anew) return ["it was to be computed anew."];
  const missing = studied.parts.find((part) => part.stored === null);
  if (missing === undefined || missing.part === "") return staleOf(studied, last);
  return [`\`${studied.cell.id}${missing.suffixes[0] ?? ""}\` has not been computed yet.`];
}

function because(reasons: readonly string[]): Pick<CellView, "reason" | "reasons"> {
  return { reason: reasons[0] ?? null, reasons: [...reasons] };
}

function restingState(studied: StudiedCell): CellState {
  if (studied.kind === null) return "unknown";
  if (isFaulty(studied.problems)) return "failed";
  if (studied.blockedBy.length > 0) return "blocked";
  // An input's value is there without any run.
  if (studied.study?.yields.length === 0 && studied.relations.length === 0) return "fresh";
  return mainPart(studied)?.stored ? "fresh" : "stale";
}

function restingReasons(studied: StudiedCell, state: CellState, last: LastOfCell | null): string[] {
  if (state === "blocked") return [blocked(studied.blockedBy.map((name) => ({ name, how: "is at fault" })))];
  return state === "stale" ? staleOf(studied, last) : [];
}

function staleOf(studied: StudiedCell, last: LastOfCell | null): string[] {
  const main = mainPart(studied);
  if (main === null) return [];
  const { parts = null, unfinished = null } = last ?? {};
  // Nothing moved since it was tried.
  if (unfinished?.key === main.key) return [`its last run ${unfinished.how}.`];
  if (parts === null) return ["it has not been run yet."];
  const reasons = staleReasons(parts, main.parts);
  return reasons.length > 0 ? reasons : ["its result is no longer in the cache."];
}

/** What keeps a cell from running, as a sentence names it. */
export interface Blocker {
  readonly name: string;
  readonly how: "is at fault" | "was cancelled";
}

function blocked(blockers: readonly Blocker[]): string {
  const names = blockers.map(({ name }) => name);
  const how = blockers.every((one) => one.how === "was cancelled") ? "was cancelled" : "is at fault";
  const last = names.at(-1) ?? "something that it reads";
  if (names.length <= 1) return `${last.replace(/,$/, "")} ${how}.`;
  return `${names.slice(0, -1).join(", ")} and ${last} ${how.replace(/^is/, "are").replace(/^was/, "were")}.`;
}

function relationViews(studied: StudiedCell): RelationView[] {
  return (studied.study?.yields ?? []).map(({ suffix }) => {
    const stored = partOf(studied, suffix)?.stored;
    const rows = stored?.relations.find((relation) => relation.suffix === suffix)?.rows ?? null;
    return {
      name: `${studied.cell.id}${suffix}`,
      key: stored?.key ?? null,
      rows,
      columns: [...(columnsOf(studied, suffix).columns ?? [])],
    };
  });
}
