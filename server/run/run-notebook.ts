import { Cancelled } from "../engine/engine.ts";
import type { Cell, Problem } from "../notebook/model.ts";
import type { RefreshView } from "../segments/membership/view.ts";
import { gather } from "./alerts/gather.ts";
import type { RunAsk, RunListener, RunResult } from "./asks.ts";
import type { ResultCache } from "./cache.ts";
import type { CellCancels } from "./cell-cancels.ts";
import { goingView, outcomeView, whyComputed } from "./cell-view.ts";
import { type CellOutcome, execute } from "./execute.ts";
import { type LastRun, type LastRuns, lastOf, type Unfinished } from "./last-run.ts";
import type { Limits } from "./limits.ts";
import { makeLock } from "./lock/make.ts";
import { Missing } from "./missing.ts";
import { orderSteps, type Step } from "./order.ts";
import type { Plan } from "./plan.ts";
import type { Planner } from "./planner.ts";
import { aroundRecord, isThere, ofBoth, planAfter, stepsAfter, together, unrecorded } from "./refresh/around-record.ts";
import type { Circumstances } from "./refresh/circumstances.ts";
import { recordedNames } from "./refresh/people.ts";
import { recordRefresh } from "./refresh/refresh.ts";
import type { KeptScans } from "./scans/kept-scans.ts";
import { isFaulty, mainPart, type StudiedCell } from "./studied.ts";

export interface RunOptions {
  readonly ask: RunAsk;
  readonly plan: Plan;
  /** What `now` means, milliseconds since 1970. */
  readonly now: number;
  readonly last: LastRun;
  readonly lastRuns: LastRuns;
  readonly planner: Pick<Planner, "plan">;
  readonly cache: ResultCache;
  readonly scans: KeptScans;
  readonly limits: Limits;
  readonly cancels: CellCancels;
  readonly listener: RunListener;
}

/** Runs what a plan asks for, tells of it, and notes what explains the next plan. */
export async function runNotebook(options: RunOptions): Promise<RunResult> {
  const { ask, plan, last, cache, scans, limits, cancels, listener } = options;
  const steps = await orderSteps(plan, ask.refresh ? recordedNames(plan) : ask.cells);
  const around = ask.refresh ? await aroundRecord(plan, steps) : unrecorded(steps);
  const started = performance.now();
  // Of two cells of one id a listener knows only the first.
  const isTold = (studied: StudiedCell) => plan.studies.names.cell(studied.cell.id) === studied.cell;
  const isAnew = ({ cell }: StudiedCell) => ask.noCache || ask.recompute.includes(cell.id);
  const why = (studied: StudiedCell) => whyComputed(studied, lastOf(last, studied.cell.id), { anew: isAnew(studied) });
  const reasons = new Map<Cell, string[]>();
  const whyOf = ({ cell }: StudiedCell) => reasons.get(cell) ?? [];
  listener.started(steps.length);
  let finished = 0;
  const unlessCancelled = async <T, E>(work: () => Promise<T>, otherwise: E): Promise<T | E> => {
    if (cancels.run.aborted) return otherwise;
    try {
      return await work();
    } catch (error) {
      if (error instanceof Cancelled || cancels.run.aborted) return otherwise;
      throw error;
    }
  };
  const begin = (these: readonly Step[]) => {
    for (const { studied, parts } of these) {
      reasons.set(studied.cell, why(studied));
      const waits = isAnew(studied) ? parts.length > 0 : parts.some((part) => part.stored === null);
      if (waits && isTold(studied)) listener.cell(goingView(studied, null, whyOf(studied)), null, finished);
    }
  };
  const going = (studied: StudiedCell, from: number, share: number | null) =>
    listener.cell(goingView(studied, from, whyOf(studied)), share, finished);
  const end = (outcome: CellOutcome) => {
    finished += 1;
    if (isTold(outcome.studied)) listener.cell(outcomeView(outcome, whyOf(outcome.studied)), null, finished);
  };
  const missing = new Missing(plan.studies);
  const executed = (by: Plan, these: readonly Step[], onDone: (outcome: CellOutcome) => void) =>
    execute({
      ...{ plan: by, steps: these, cache, scans, limits, cancels, missing, isAnew, first: ask.first, onDone },
      clock: () => performance.now() - started,
      onStart: ({ studied }, from) => going(studied, from, null),
      onProgress: ({ studied }, share, from) => going(studied, from, share),
    });
  begin(steps);
  const before = await executed(plan, around.before, (outcome) => {
    // What has a part left is told of once that is made.
    if (!around.split.has(outcome.studied.cell) || !isThere(outcome)) end(outcome);
  });
  // Before anything is recorded, which may be called off on its way: what was computed is there all the same.
  const noted = await remember(options, before);
  const refreshed = ask.refresh && !cancels.run.aborted ? await refresh(options, before) : null;
  const after = around.readers.size === 0 ? plan : await unlessCancelled(() => planAfter(plan, before, around), plan);
  const left = await stepsAfter(after, before, around);
  begin(left);
  const readers = await executed(after, left, (outcome) => {
    const first = before.find(({ studied }) => studied.cell === outcome.studied.cell);
    end(first === undefined ? outcome : ofBoth(first, outcome));
  });
  const outcomes = together(steps, before, readers);
  const notNoted = left.length === 0 ? noted : await remember(options, outcomes);
  const gathering = () => gather({ path: ask.path, plan: after, outcomes, cache, signal: cancels.run });
  const monitors = ask.refresh ? await unlessCancelled(gathering, null) : null;
  const isWatched = plan.cells.some(({ cell }) => cell.kind === "monitor");
  const isCutShort = isWatched && isRecorded(refreshed) && monitors === null;
  // Monitors of counts alone need no segments.
  const isNothing = (problem: Problem) => problem.code === "refresh-nothing" && (monitors?.cells.length ?? 0) > 0;
  const notRecorded = refreshed !== null && "code" in refreshed && !isNothing(refreshed) ? [refreshed] : [];
  const problems = [...plan.problems, ...notNoted, ...notRecorded, ...(isCutShort ? [cutShort()] : [])];
  const isFailed = outcomes.some(({ state }) => state === "failed" || state === "blocked") || isFaulty(problems);
  const isCancelled = cancels.run.aborted || outcomes.some(({ state }) => state === "cancelled");
  return {
    state: isCancelled ? "cancelled" : isFailed ? "failed" : "done",
    cells: outcomes.map((outcome) => outcomeView(outcome, whyOf(outcome.studied))),
    problems,
    lock: ask.lock && !isCancelled ? await lockOf({ ...options, plan: after }, steps, outcomes) : null,
    refresh: refreshed !== null && "code" in refreshed ? null : refreshed,
    monitors,
  };
}

/** Records who is in which segment now. */
function refresh({ ask, plan, planner, scans, limits, cancels }: RunOptions, outcomes: readonly CellOutcome[]) {
  const signal = cancels.run;
  const planned: Circumstances["planned"] = (asked, at) => planner.plan(asked, { ...at, signal });
  return recordRefresh({ ask, plan, scans, limits, outcomes, planned, signal, at: Date.now() });
}

function isRecorded(refreshed: RefreshView | Problem | null): boolean {
  return refreshed !== null && "state" in refreshed && refreshed.state === "recorded";
}

function cutShort(): Problem {
  const message =
    "The refresh is recorded, and its alerts are not: it was called off before all that reads it had run.";
  const hint = "Refresh again, or run `segbook monitor`: it goes on from what is recorded.";
  const nowhere = { cell: null, line: null, column: null };
  return { code: "refresh-cut-short", severity: "error", ...nowhere, message, hint };
}

function lockOf(
  { ask, plan, cache, now, cancels }: RunOptions,
  steps: readonly Step[],
  outcomes: readonly CellOutcome[],
) {
  return makeLock({ plan, steps, outcomes, cache, given: ask.asOf, now, signal: cancels.run });
}

/** Keeps the keys' parts, when what was computed, and what `now` meant where something was made with it. */
async function remember(options: RunOptions, outcomes: readonly CellOutcome[]): Promise<Problem[]> {
  const { ask, plan, lastRuns } = options;
  const done = outcomes.filter(({ state }) => state === "computed" || state === "found");
  const parts = done.flatMap(({ studied }) => {
    const main = mainPart(studied);
    return main === null ? [] : [[studied.cell.id, main.parts] as const];
  });
  const spans = done.flatMap(({ studied, span }) => (span === null ? [] : [[studied.cell.id, span] as const]));
  const isNewNow = plan.isNow && done.some(({ studied }) => studied.usesTime);
  try {
    const before = await lastRuns.read(ask.path);
    await lastRuns.write(ask.path, {
      now: isNewNow ? options.now : before.now,
      parts: { ...before.parts, ...Object.fromEntries(parts) },
      spans: Object.fromEntries(spans),
      unfinished: unfinishedAfter(before, outcomes),
    });
    return [];
  } catch (error) {
    const message = `What this run did could not be noted: ${error instanceof Error ? error.message : String(error)}.`;
    const hint = "Make room on the disk, or let Segbook write to .segbook/ in the workspace.";
    const nowhere = { cell: null, line: null, column: null };
    return [{ code: "state-not-written", severity: "warning", ...nowhere, message, hint }];
  }
}

/** Cells that did not come to a result when they were last run, with the keys that they had. */
function unfinishedAfter({ unfinished }: LastRun, outcomes: readonly CellOutcome[]): LastRun["unfinished"] {
  const ran = new Set(outcomes.map(({ studied }) => studied.cell.id));
  const others = Object.entries(unfinished).filter(([cell]) => !ran.has(cell));
  const own = outcomes.flatMap(({ studied, state }): [string, Unfinished][] => {
    const how = state === "failed" ? "failed" : state === "cancelled" ? "was cancelled" : null;
    const key = mainPart(studied)?.key;
    return how === null || key === undefined ? [] : [[studied.cell.id, { key, how }]];
  });
  return Object.fromEntries([...others, ...own]);
}
