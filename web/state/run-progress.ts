import type { Problem } from "../../server/notebook/model.ts";
import type { CellState, CellView, StreamEvent } from "../../server/run/view.ts";
import type { RefreshView } from "../../server/segments/membership/view.ts";

/** One run of a notebook as the page has heard of it. */
export interface RunProgress {
  readonly run: string;
  /** `lost`: how it ended, or whether it did, was not heard. */
  readonly state: "asked" | "started" | "done" | "failed" | "cancelled" | "lost";
  readonly cells: number;
  readonly finished: number;
  /** Milliseconds of the page's clock. */
  readonly since: number;
  readonly until: number | null;
  /** What the run has said of its cells, by id; a share from 0 to 1 of the one that runs, where it is known. */
  readonly heard: ReadonlyMap<string, { readonly cell: CellView; readonly progress: number | null }>;
  /** What a run that was to record has recorded, and why it could not; null before its end, and for other runs. */
  readonly recorded: { readonly view: RefreshView | null; readonly problems: readonly Problem[] } | null;
}

type RunEvent = Extract<StreamEvent, { type: "run" | "cell" }>;

export function asked(run: string, since: number): RunProgress {
  return { run, state: "asked", cells: 0, finished: 0, since, until: null, heard: new Map(), recorded: null };
}

/** The run after one event of the stream; events of another run change nothing. */
export function heard(progress: RunProgress, event: RunEvent, now: number): RunProgress {
  if (event.run !== progress.run) return progress;
  if (event.type === "cell") {
    const cells = new Map(progress.heard);
    cells.set(event.cell.id, { cell: event.cell, progress: event.progress });
    const ended = [...cells.values()].filter(({ cell }) => isOutcome(cell.state)).length;
    // Who joins a run midway, or is back, hears of its cells before anything of the run itself.
    if (progress.state === "asked" || progress.state === "lost") {
      const going = { ...progress, state: "started", until: null } as const;
      return heard(going, event, now);
    }
    return { ...progress, heard: cells, finished: Math.max(progress.finished, ended) };
  }
  const until = event.state === "started" ? null : now;
  const finished = Math.max(progress.finished, event.finished);
  const { refresh: view, problems = [] } = event;
  const errors = problems.filter(({ severity }) => severity === "error");
  const recorded = view === undefined ? progress.recorded : { view, problems: errors };
  return { ...progress, state: event.state, cells: event.cells, finished, until, recorded };
}

/** The run after one of its cells was cancelled: one that waits is not going to be computed, and need not be waited for. */
export function withoutCell(progress: RunProgress, id: string): RunProgress {
  const known = progress.heard.get(id);
  if (known?.cell.state !== "waiting") return progress;
  const cells = new Map(progress.heard);
  cells.set(id, { ...known, cell: { ...known.cell, state: "cancelled" } });
  return { ...progress, heard: cells };
}

export function isRunning(progress: RunProgress | null): boolean {
  return progress !== null && (progress.state === "asked" || progress.state === "started");
}

/** Milliseconds that the run has taken so far or took in all. */
export function elapsed(progress: RunProgress, now: number): number {
  return (progress.until ?? now) - progress.since;
}

/** Whether a state is what a computation came to, and not a step on its way. */
export function isOutcome(state: CellState): boolean {
  return state === "fresh" || state === "failed" || state === "blocked" || state === "cancelled";
}

/**
 * The plan's cells with what runs have said of them. While a run goes, its word counts. Afterwards a failure counts for
 * as long as the cell's key is the same: a plan does not run anything and so can't know of it.
 */
export function withHeard(
  cells: readonly CellView[],
  progress: RunProgress | null,
  outcomes: ReadonlyMap<string, CellView>,
): CellView[] {
  return cells.map((cell) => {
    const going = isRunning(progress) ? progress?.heard.get(cell.id)?.cell : undefined;
    if (going !== undefined && (cell.state !== "fresh" || !isOutcome(going.state))) return going;
    const said = going ?? outcomes.get(cell.id);
    return said === undefined ? cell : merged(cell, said);
  });
}

function merged(planned: CellView, said: CellView): CellView {
  if (said.key !== planned.key) return planned;
  // The plan was made after the run wrote the result: it knows the rows, the run knows how they came about.
  if (planned.state === "fresh" && said.state === "fresh") return { ...planned, ms: said.ms, origin: said.origin };
  // One part of the cell failed, and the main one is there.
  if (planned.state === "fresh" && said.state === "failed") return { ...planned, problems: said.problems };
  return planned.state === "stale" ? said : planned;
}
