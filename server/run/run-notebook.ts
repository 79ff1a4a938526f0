import type { Problem } from "../notebook/model.ts";
import { gather } from "./alerts/gather.ts";
import type { Gathered } from "./alerts/gathered.ts";
import type { RunAsk, RunListener, RunResult } from "./asks.ts";
import type { ResultCache } from "./cache.ts";
import type { CellCancels } from "./cell-cancels.ts";
import { goingView, outcomeView, whyComputed } from "./cell-view.ts";
import { type CellOutcome, execute } from "./execute.ts";
import { type LastRun, type LastRuns, lastOf, type Unfinished } from "./last-run.ts";
import type { Limits } from "./limits.ts";
import { makeLock } from "./lock/make.ts";
import { orderSteps, type Step } from "./order.ts";
import type { Plan } from "./plan.ts";
import type { Planner } from "./planner.ts";
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
  const started = performance.now();
  // Of two cells of one id a listener knows only the first.
  const isTold = (studied: StudiedCell) => plan.studies.names.cell(studied.cell.id) === studied.cell;
  const isAnew = ({ cell }: StudiedCell) => ask.noCache || ask.recompute.includes(cell.id);
  const why = (studied: StudiedCell) => whyComputed(studied, lastOf(last, studied.cell.id), { anew: isAnew(studied) });
  const reasons = new Map(steps.map(({ studied }) => [studied.cell, why(studied)]));
  const whyOf = ({ cell }: StudiedCell) => reasons.get(cell) ?? [];
  listener.started(steps.length);
  for (const { studied, parts } of steps) {
    const waits = isAnew(studied) ? parts.length > 0 : parts.some((part) => part.stored === null);
    if (waits && isTold(studied)) listener.cell(goingView(studied, null, whyOf(studied)), null, 0);
  }
  let finished = 0;
  const going = (studied: StudiedCell, from: number, share: number | null) =>
    listener.cell(goingView(studied, from, whyOf(studied)), share, finished);
  const outcomes = await execute({
    ...{ plan, steps, cache, scans, limits, cancels, isAnew, first: ask.first },
    clock: () => performance.now() - started,
    onStart: ({ studied }, from) => going(studied, from, null),
    onProgress: ({ studied }, share, from) => going(studied, from, share),
    onDone: (outcome) => {
      finished += 1;
      if (isTold(outcome.studied)) listener.cell(outcomeView(outcome, whyOf(outcome.studied)), null, finished);
    },
  });
  // Before anything is recorded, which may be called off on its way: what was computed is there all the same.
  const notNoted = await remember(options, outcomes);
  const refreshed = ask.refresh && !cancels.run.aborted ? await refresh(options, outcomes) : null;
  const monitors = ask.refresh && !cancels.run.aborted ? await monitorsOf(options, outcomes) : null;
  // Monitors of counts alone need no segments.
  const isNothing = (problem: Problem) => problem.code === "refresh-nothing" && (monitors?.cells.length ?? 0) > 0;
  const notRecorded = refreshed !== null && "code" in refreshed && !isNothing(refreshed) ? [refreshed] : [];
  const problems = [...plan.problems, ...notNoted, ...notRecorded];
  const isFailed = outcomes.some(({ state }) => state === "failed" || state === "blocked") || isFaulty(problems);
  const isCancelled = cancels.run.aborted || outcomes.some(({ state }) => state === "cancelled");
  return {
    state: isCancelled ? "cancelled" : isFailed ? "failed" : "done",
    cells: outcomes.map((outcome) => outcomeView(outcome, whyOf(outcome.studied))),
    problems,
    lock: ask.lock && !isCancelled ? await lockOf(options, steps, outcomes) : null,
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

function monitorsOf(
  { ask, plan, cache, cancels }: RunOptions,
  outcomes: readonly CellOutcome[],
): Promise<Gathered> {
  return gather({ path: ask.path, plan, outcomes, cache, signal: cancels.run });
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
