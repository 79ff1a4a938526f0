import { Cancelled } from "../engine/engine.ts";
import type { Problem } from "../notebook/model.ts";
import type { ResultCache, Stored } from "./cache.ts";
import type { CellCancels } from "./cell-cancels.ts";
import type { Blocker, Span } from "./cell-view.ts";
import { compute } from "./compute.ts";
import { inOrderOfInterest } from "./interest.ts";
import type { Limits } from "./limits.ts";
import { Missing } from "./missing.ts";
import type { Step } from "./order.ts";
import { placed } from "./placed.ts";
import type { Plan } from "./plan.ts";
import type { KeptScans } from "./scans/kept-scans.ts";
import { sideBySide } from "./side-by-side.ts";
import { StandIns } from "./stand-in.ts";
import { isFaulty, type StudiedCell, type StudiedPart, withStored } from "./studied.ts";
import { unexpected } from "./unexpected.ts";
import { withinSeconds } from "./within.ts";

/** What a run came to for one cell. */
export interface CellOutcome {
  /** With the results that are there now. */
  readonly studied: StudiedCell;
  readonly state: "computed" | "found" | "failed" | "blocked" | "cancelled" | "unknown";
  /** Of the computation, or of the one whose result was found; null where there was none. */
  readonly ms: number | null;
  readonly problems: readonly Problem[];
  readonly blockedBy: readonly Blocker[];
  /** When this run computed it. */
  readonly span: Span;
}

export interface ExecuteOptions {
  readonly plan: Plan;
  readonly steps: readonly Step[];
  readonly cache: ResultCache;
  /** Whether a cell is computed though its result is there. */
  isAnew(studied: StudiedCell): boolean;
  /** The cell or relation that is wanted soonest. */
  readonly first: string | null;
  readonly scans: KeptScans;
  readonly limits: Limits;
  readonly cancels: CellCancels;
  /** What the run could not make so far; absent where it begins with these steps. */
  readonly missing?: Missing;
  /** Milliseconds since the run's start. */
  clock(): number;
  /** Something of the cell is going to be computed. */
  onStart(step: Step, from: number): void;
  onProgress(step: Step, share: number, from: number): void;
  onDone(outcome: CellOutcome): void;
}

/** What one run shares among its cells. */
export interface Running extends ExecuteOptions {
  readonly missing: Missing;
  readonly standIns: StandIns;
  /** Files of passes over events that it made. */
  readonly scanned: Set<string>;
}

/** The least of the engine's memory that a cell beside others is worth starting with, in bytes. */
const MEMORY_EACH = 256 * 1024 ** 2;

/**
 * Runs the steps, those side by side that need nothing of one another; outcomes are in the steps' order. A part that
 * fails blocks those that read it; the others go on.
 */
export async function execute(options: ExecuteOptions): Promise<CellOutcome[]> {
  const { steps, limits, plan } = options;
  const run: Running = {
    ...options,
    missing: options.missing ?? new Missing(plan.studies),
    standIns: new StandIns(plan.studies),
    scanned: new Set(),
  };
  const outcomes = new Map<Step, CellOutcome>();
  const slots = Math.max(1, Math.min(limits.threads, Math.floor(limits.memory / MEMORY_EACH)));
  await sideBySide(await inOrderOfInterest(options), slots, async (step, isCrowded) => {
    const outcome = await runStep(step, run);
    // What did not fit beside others may fit alone.
    if (isCrowded() && outcome.problems.some(({ code }) => /-(memory|temp)$/.test(code))) {
      run.missing.forget(step.studied);
      return "again";
    }
    if (outcome.state !== "computed" && outcome.state !== "found") run.missing.add(outcome);
    outcomes.set(step, outcome);
    options.onDone(outcome);
    return "done";
  });
  return steps.flatMap((step) => outcomes.get(step) ?? []);
}

async function runStep(step: Step, run: Running): Promise<CellOutcome> {
  const { studied } = step;
  const idle = { studied, ms: null, problems: studied.problems, blockedBy: [], span: null };
  if (studied.kind === null) return { ...idle, state: "unknown" };
  if (isFaulty(studied.problems)) return { ...idle, state: "failed" };
  if (studied.blockedBy.length > 0) {
    const blockedBy = studied.blockedBy.map((name) => ({ name, how: "is at fault" as const }));
    return { ...idle, state: "blocked", blockedBy };
  }
  if (run.cancels.run.aborted) return { ...idle, state: "cancelled" };
  const blockedBy = await run.missing.readBy(studied);
  if (blockedBy.length > 0) return { ...idle, state: "blocked", blockedBy };
  return runParts(step, run);
}

async function runParts(step: Step, run: Running): Promise<CellOutcome> {
  const { studied, parts } = step;
  const stored = new Map<string, Stored>();
  const problems: Problem[] = [...studied.problems];
  const times: { ms: number; computed: boolean }[] = [];
  let from: number | null = null;
  const begin = () => {
    from ??= run.clock();
    run.onStart(step, from);
    return from;
  };
  let state: "done" | "failed" | "cancelled" = "done";
  for (const part of parts) {
    const result = await runPart(step, part, { run, begin });
    problems.push(...result.problems);
    if ("failed" in result) {
      state = result.failed;
      run.missing.addPart(studied, part.part, state);
      // Without its main part a cell has no others.
      if (part.part === "" || state === "cancelled") break;
      continue;
    }
    stored.set(part.part, result.stored);
    times.push({ ms: result.stored.ms, computed: result.computed });
    problems.push(...placed(studied, result.stored.findings));
  }
  const computed = times.filter((one) => one.computed);
  const counted = computed.length > 0 ? computed : times;
  return {
    studied: withStored(studied, stored),
    state: state === "done" ? (computed.length > 0 ? "computed" : "found") : state,
    ms: counted.length === 0 ? null : counted.reduce((sum, one) => sum + one.ms, 0),
    problems,
    blockedBy: [],
    span: from === null ? null : { from, to: run.clock() },
  };
}

type PartResult =
  | { readonly stored: Stored; readonly computed: boolean; readonly problems: readonly Problem[] }
  | { readonly failed: "failed" | "cancelled"; readonly problems: readonly Problem[] };

async function runPart(
  step: Step,
  part: StudiedPart,
  { run, begin }: { run: Running; begin: () => number },
): Promise<PartResult> {
  const { cache } = run;
  const signal = run.cancels.of(step.studied.cell.id);
  // A statement that was given up may tell of itself for a while; the cell's outcome has the last word.
  let goes = true;
  try {
    const found = run.isAnew(step.studied) ? null : await cache.find(part.key);
    // What is only found and read by nobody need not be read through.
    const intact = found === null || !isRead(step, part, run) ? found : await cache.intactly(found);
    if (intact !== null) return { stored: intact, computed: false, problems: [] };
    if (signal.aborted) return { failed: "cancelled", problems: [] };
    const from = begin();
    const progress = (share: number) => {
      if (goes) run.onProgress(step, share, from);
    };
    const made = await withinSeconds(run.limits.seconds, signal, (within) =>
      compute(step, part, { run, signal: within, progress }),
    );
    return "stored" in made ? { ...made, computed: true, problems: [] } : { failed: "failed", problems: made.problems };
  } catch (error) {
    if (error instanceof Cancelled || signal.aborted) return { failed: "cancelled", problems: [] };
    return { failed: "failed", problems: [unexpected(step.studied.cell, error)] };
  } finally {
    goes = false;
  }
}

/** Whether a cell that this run computes reads the part. */
function isRead(step: Step, part: StudiedPart, { steps, isAnew }: ExecuteOptions): boolean {
  const names = part.suffixes.map((suffix) => `${step.studied.cell.id}${suffix}`);
  return steps.some(
    ({ studied, parts }) =>
      (isAnew(studied) || parts.some((one) => one.stored === null)) &&
      studied.relations.some((relation) => names.includes(relation)),
  );
}
