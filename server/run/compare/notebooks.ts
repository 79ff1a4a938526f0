import { Cancelled, type Engine } from "../../engine/engine.ts";
import { diffNotebooks } from "../../notebook/diff/notebooks.ts";
import type { Cell } from "../../notebook/model.ts";
import type { ResultCache } from "../cache.ts";
import { CellCancels } from "../cell-cancels.ts";
import { outcomeView } from "../cell-view.ts";
import { type CellOutcome, execute } from "../execute.ts";
import type { Limits } from "../limits.ts";
import { orderSteps } from "../order.ts";
import type { Plan } from "../plan.ts";
import type { KeptScans } from "../scans/kept-scans.ts";
import type { CellView } from "../view.ts";
import { offsetTime } from "../wall-time.ts";
import { comparedCell } from "./cell.ts";
import type { CellComparison, CompareView } from "./view.ts";

export interface CompareOptions {
  readonly before: Plan;
  readonly after: Plan;
  readonly cache: ResultCache;
  readonly scans: KeptScans;
  readonly limits: Limits;
  /** Where the results are compared. */
  readonly engine: Engine;
  /** Told of each cell that has ended, of both sides, and of each pair that is being compared. */
  readonly listener: {
    started(steps: number): void;
    cell(view: CellView, progress: number | null, finished: number): void;
  };
  readonly signal: AbortSignal;
}

/** Runs both versions of a notebook, finding what the cache has, and compares what each cell yields. Notes nothing. */
export async function compareResults(options: CompareOptions): Promise<CompareView> {
  const { before, after, listener, signal } = options;
  const steps = { before: await orderSteps(before, null), after: await orderSteps(after, null) };
  const pairs = cellPairs(before, after);
  listener.started(steps.before.length + steps.after.length + pairs.length);
  let finished = 0;
  const done = (outcome: CellOutcome) => {
    finished += 1;
    listener.cell(outcomeView(outcome, []), null, finished);
  };
  const outcomes = new Map<Cell, CellOutcome>();
  for (const side of ["before", "after"] as const) {
    const cancels = new CellCancels(signal);
    const ended = await execute({
      ...{ plan: options[side], steps: steps[side], cache: options.cache, scans: options.scans, cancels },
      ...{ limits: options.limits, isAnew: () => false, first: null, clock: () => performance.now() },
      ...{ onStart: () => undefined, onProgress: () => undefined, onDone: done },
    });
    for (const outcome of ended) outcomes.set(outcome.studied.cell, outcome);
    if (signal.aborted) throw new Cancelled();
  }
  const cells: CellComparison[] = [];
  for (const pair of pairs) {
    const sides = { before: outcomeOf(outcomes, pair.before), after: outcomeOf(outcomes, pair.after) };
    const compared = await comparedCell(sides, { ...options, entity: after.notebook.head.entity });
    if (compared !== null) cells.push(compared);
    const shown = sides.after ?? sides.before;
    if (shown !== null) done(shown);
  }
  const asOf = (plan: Plan) => offsetTime(plan.clock.asOf, plan.clock.zone);
  const errors = (plan: Plan) => plan.problems.filter(({ severity }) => severity === "error");
  return {
    asOf: { before: asOf(before), after: asOf(after) },
    cells,
    problems: { before: errors(before), after: errors(after) },
  };
}

interface CellPair {
  readonly before: Cell | null;
  readonly after: Cell | null;
}

/** As the comparison of the texts pairs them; of several cells of one id the first of each side. */
function cellPairs(before: Plan, after: Plan): CellPair[] {
  const cellOf = (plan: Plan, id: string | undefined) => (id === undefined ? null : plan.studies.names.cell(id));
  const pairs = diffNotebooks(before.notebook, after.notebook).parts.flatMap((part) => {
    if (part.type !== "cell") return [];
    const pair = {
      before: cellOf(before, part.before?.cell?.id),
      after: cellOf(after, part.after?.cell?.id),
      line: part.after?.line ?? null,
    };
    const isFirst = (cell: Cell | null, line: number | undefined) => cell === null || cell.line === line;
    return isFirst(pair.before, part.before?.line) && isFirst(pair.after, part.after?.line) ? [pair] : [];
  });
  return pairs.sort((a, b) => (a.line ?? Number.MAX_SAFE_INTEGER) - (b.line ?? Number.MAX_SAFE_INTEGER));
}

function outcomeOf(outcomes: ReadonlyMap<Cell, CellOutcome>, cell: Cell | null): CellOutcome | null {
  return cell === null ? null : (outcomes.get(cell) ?? null);
}
