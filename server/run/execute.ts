import { Cancelled } from "../engine/engine.ts";
import type { Cell, Problem } from "../notebook/model.ts";
import type { Finding, ResultCache, Stored } from "./cache.ts";
import { compute } from "./compute.ts";
import type { Step } from "./order.ts";
import type { Plan } from "./plan.ts";
import { isFaulty, type StudiedCell, type StudiedPart, withStored } from "./studied.ts";
import { unexpected } from "./unexpected.ts";

/** What a run came to for one cell. */
export interface CellOutcome {
  /** With the results that are there now. */
  readonly studied: StudiedCell;
  readonly state: "computed" | "found" | "failed" | "blocked" | "cancelled" | "unknown";
  /** Of the computation, or of the one whose result was found; null where there was none. */
  readonly ms: number | null;
  readonly problems: readonly Problem[];
  readonly blockedBy: readonly string[];
}

export interface ExecuteOptions {
  readonly plan: Plan;
  readonly steps: readonly Step[];
  readonly cache: ResultCache;
  readonly noCache: boolean;
  readonly signal: AbortSignal;
  /** Something of the cell is going to be computed. */
  onStart(step: Step): void;
  onProgress(step: Step, share: number): void;
  onDone(outcome: CellOutcome): void;
}

/** Runs the steps one after another. A part that fails blocks those that read it; the others go on. */
export async function execute(options: ExecuteOptions): Promise<CellOutcome[]> {
  const missing: Missing = new Map();
  const outcomes: CellOutcome[] = [];
  for (const step of options.steps) {
    const outcome = await runStep(step, missing, options);
    outcomes.push(outcome);
    options.onDone(outcome);
  }
  return outcomes;
}

async function runStep(step: Step, missing: Missing, options: ExecuteOptions): Promise<CellOutcome> {
  const { studied } = step;
  const idle: CellOutcome = { studied, state: "blocked", ms: null, problems: studied.problems, blockedBy: [] };
  const without = (state: CellOutcome["state"], blockedBy: readonly string[] = []): CellOutcome => {
    miss(missing, studied, "");
    return { ...idle, state, blockedBy };
  };
  if (studied.kind === null) return without("unknown");
  if (isFaulty(studied.problems)) return without("failed");
  if (studied.blockedBy.length > 0) return without("blocked", studied.blockedBy);
  const blockers = await missingReads(studied, missing, options.plan);
  if (blockers.length > 0) return without("blocked", blockers);
  if (options.signal.aborted) return without("cancelled");
  return runParts(step, missing, options);
}

async function runParts(step: Step, missing: Missing, options: ExecuteOptions): Promise<CellOutcome> {
  const { studied, parts } = step;
  const stored = new Map<string, Stored>();
  const problems: Problem[] = [...studied.problems];
  const times: { ms: number; computed: boolean }[] = [];
  let state: "done" | "failed" | "cancelled" = "done";
  for (const part of parts) {
    const result = await runPart(step, part, options);
    problems.push(...result.problems);
    if ("failed" in result) {
      state = result.failed;
      miss(missing, studied, part.part);
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
  };
}

type PartResult =
  | { readonly stored: Stored; readonly computed: boolean; readonly problems: readonly Problem[] }
  | { readonly failed: "failed" | "cancelled"; readonly problems: readonly Problem[] };

async function runPart(step: Step, part: StudiedPart, options: ExecuteOptions): Promise<PartResult> {
  const { cache, signal } = options;
  try {
    const found = options.noCache ? null : await cache.find(part.key);
    // What is only found and read by nobody need not be read through.
    const intact = found === null || !isRead(step, part, options) ? found : await cache.intactly(found);
    if (intact !== null) return { stored: intact, computed: false, problems: [] };
    if (signal.aborted) return { failed: "cancelled", problems: [] };
    options.onStart(step);
    const made = await compute(step, part, options);
    return "stored" in made ? { ...made, computed: true, problems: [] } : { failed: "failed", problems: made.problems };
  } catch (error) {
    if (error instanceof Cancelled || signal.aborted) return { failed: "cancelled", problems: [] };
    return { failed: "failed", problems: [unexpected(step.studied.cell, error)] };
  }
}

/** Whether a cell that this run computes reads the part. */
function isRead(step: Step, part: StudiedPart, { steps }: ExecuteOptions): boolean {
  const names = part.suffixes.map((suffix) => `${step.studied.cell.id}${suffix}`);
  return steps.some(
    ({ studied, parts }) =>
      parts.some((one) => one.stored === null) && studied.relations.some((relation) => names.includes(relation)),
  );
}

/** Relations that the cell reads and that this run could not make, as a sentence names them. */
async function missingReads(studied: StudiedCell, missing: Missing, plan: Plan): Promise<string[]> {
  const found: string[] = [];
  for (const name of studied.relations) {
    const holder = await plan.studies.holder(name);
    const parts = holder === null ? undefined : missing.get(holder.studied.cell);
    if (parts?.has("") || parts?.has(holder?.part?.part ?? "")) found.push(`\`${name}\``);
  }
  return found;
}

/** Cell → its parts that this run could not make; without the main one it has no others. */
type Missing = Map<Cell, Set<string>>;

function miss(missing: Missing, { cell }: StudiedCell, part: string): void {
  missing.set(cell, (missing.get(cell) ?? new Set()).add(part));
}

/** Findings at their places in the file as it is now. */
export function placed(studied: StudiedCell, findings: readonly Finding[]): Problem[] {
  const { cell } = studied;
  const lines = cell.body.split(/\r\n|\n|\r/).length;
  return findings.map((finding) => {
    const inside = finding.line !== null && finding.line <= lines;
    const line = cell.line + (inside ? (finding.line ?? 0) : 0);
    return { ...finding, cell: cell.id, line, column: inside ? finding.column : 1 };
  });
}
