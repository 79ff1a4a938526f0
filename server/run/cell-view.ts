import type { Problem } from "../notebook/model.ts";
import type { CellOutcome } from "./execute.ts";
import { staleReason } from "./key.ts";
import type { LastRun } from "./last-run.ts";
import { columnsOf, type StudiedCell } from "./study.ts";
import type { CellState, CellView, RelationView } from "./view.ts";

/** What a page shows of a cell before, or instead of, a run. */
export function cellView(studied: StudiedCell, last: LastRun): CellView {
  const main = studied.parts.find((part) => part.part === "") ?? null;
  const state = restingState(studied);
  const stored = main?.stored ?? null;
  const before = last.parts[studied.cell.id];
  const reason =
    state !== "stale" || main === null
      ? null
      : before === undefined
        ? "it has not been run yet."
        : staleReason(before, main.parts);
  const findings: Problem[] = (stored?.findings ?? []).map((finding) => ({
    ...finding,
    cell: studied.cell.id,
    line: null,
    column: null,
  }));
  return {
    id: studied.cell.id,
    kind: studied.cell.kind,
    state,
    reason: reason ?? (state === "stale" ? "its result is no longer in the cache." : null),
    reads: [...studied.inputs.filter((id) => id !== "as_of" || studied.relations.length === 0), ...studied.relations],
    relations: relations(studied),
    problems: [...studied.problems, ...findings],
    rows: stored?.relations.find((relation) => relation.suffix === "")?.rows ?? null,
    ms: stored?.ms ?? null,
    origin: stored === null ? null : "found",
    key: main?.key ?? null,
    words: { ...studied.study?.words },
    body: typeof studied.reading?.body === "string" ? null : (studied.reading?.body ?? null),
  };
}

/** The same cell after, or in, a run. */
export function outcomeView(outcome: CellOutcome, last: LastRun): CellView {
  const view = cellView(outcome.studied, last);
  const done = outcome.state === "computed" || outcome.state === "found";
  const state: CellState = done
    ? "fresh"
    : outcome.state === "cancelled"
      ? "cancelled"
      : outcome.state === "blocked"
        ? "blocked"
        : "failed";
  const blocked = outcome.state === "blocked" ? "something that it reads is at fault." : null;
  return {
    ...view,
    state,
    reason: blocked,
    problems: [...outcome.problems],
    ms: outcome.part === null ? null : outcome.ms,
    origin: outcome.part === null || !done ? null : outcome.state === "computed" ? "computed" : "found",
  };
}

function restingState(studied: StudiedCell): CellState {
  if (studied.kind === null) return "unknown";
  if (studied.problems.some((problem) => problem.severity === "error")) return "failed";
  if (studied.blockedBy.length > 0) return "blocked";
  const main = studied.parts.find((part) => part.part === "");
  if (main === undefined || main.stored !== null) return "fresh";
  return "stale";
}

function relations(studied: StudiedCell): RelationView[] {
  return (studied.study?.yields ?? []).map((one) => {
    const stored = studied.parts.find((part) => part.part === one.part)?.stored;
    const rows = stored?.relations.find((relation) => relation.suffix === one.suffix)?.rows ?? null;
    return {
      name: `${studied.cell.id}${one.suffix}`,
      rows,
      columns: [...(columnsOf(studied, one.suffix).columns ?? [])],
    };
  });
}
