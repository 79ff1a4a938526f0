import type { CellView, StreamEvent } from "../../server/run/view.ts";

/** One run of a notebook as the page has heard of it. */
export interface RunProgress {
  readonly run: string;
  readonly state: "asked" | "started" | "done" | "failed" | "cancelled";
  readonly cells: number;
  readonly finished: number;
  /** Milliseconds of the page's clock. */
  readonly since: number;
  readonly until: number | null;
  /** What the run has said of its cells, by id; a share from 0 to 1 of the one that runs, where it is known. */
  readonly heard: ReadonlyMap<string, { readonly cell: CellView; readonly progress: number | null }>;
}

type RunEvent = Extract<StreamEvent, { type: "run" | "cell" }>;

export function asked(run: string, since: number): RunProgress {
  return { run, state: "asked", cells: 0, finished: 0, since, until: null, heard: new Map() };
}

/** The run after one event of the stream; events of another run change nothing. */
export function heard(progress: RunProgress, event: RunEvent, now: number): RunProgress {
  if (event.run !== progress.run) return progress;
  if (event.type === "cell") {
    const cells = new Map(progress.heard);
    cells.set(event.cell.id, { cell: event.cell, progress: event.progress });
    return { ...progress, heard: cells };
  }
  const until = event.state === "started" ? null : now;
  return { ...progress, state: event.state, cells: event.cells, finished: event.finished, until };
}

export function isRunning(progress: RunProgress | null): boolean {
  return progress !== null && (progress.state === "asked" || progress.state === "started");
}

/** Milliseconds that the run has taken so far or took in all. */
export function elapsed(progress: RunProgress, now: number): number {
  return (progress.until ?? now) - progress.since;
}

/** The plan's cells with what a run that is still going has said of them since. */
export function withHeard(cells: readonly CellView[], progress: RunProgress | null): CellView[] {
  if (progress === null || !isRunning(progress)) return [...cells];
  return cells.map((cell) => progress.heard.get(cell.id)?.cell ?? cell);
}
