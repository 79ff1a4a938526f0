import type { Stored } from "../cache.ts";
import { CellCancels } from "../cell-cancels.ts";
import { type CellOutcome, execute } from "../execute.ts";
import type { Limits } from "../limits.ts";
import { orderSteps } from "../order.ts";
import type { Plan } from "../plan.ts";
import type { KeptScans } from "../scans/kept-scans.ts";
import { mainPart, type StudiedCell } from "../studied.ts";

/** A cell's result under some circumstances, or why it has none. */
export type InWorld = There | { readonly why: string };

export interface There {
  readonly studied: StudiedCell;
  readonly stored: Stored;
}

/** Runs some cells of a plan and tells nobody: what they would have come to under its circumstances. */
export async function inWorld(
  plan: Plan,
  cells: readonly string[],
  { limits, scans, signal }: { limits: Limits; scans: KeptScans; signal: AbortSignal },
): Promise<Map<string, InWorld>> {
  const outcomes = await execute({
    ...{ plan, steps: await orderSteps(plan, cells), cache: plan.studies.request.cache, scans, limits },
    ...{ cancels: new CellCancels(signal), isAnew: () => false, first: null, clock: () => performance.now() },
    ...{ onStart: () => undefined, onProgress: () => undefined, onDone: () => undefined },
  });
  signal.throwIfAborted();
  const found = new Map<string, InWorld>();
  for (const id of cells) {
    const outcome = outcomes.find(({ studied }) => studied.cell.id === id);
    const stored = outcome === undefined ? null : mainPart(outcome.studied)?.stored;
    const isThere = outcome?.state === "computed" || outcome?.state === "found";
    if (outcome !== undefined && isThere && stored) found.set(id, { studied: outcome.studied, stored });
    else found.set(id, { why: errorIn(outcome?.problems ?? plan.problems) ?? upstreamError(outcomes) });
  }
  return found;
}

function errorIn(problems: Plan["problems"]): string | null {
  return problems.find(({ severity }) => severity === "error")?.message ?? null;
}

/** Of the first cell that failed, where one that has nothing wrong with it waits for it. */
function upstreamError(outcomes: readonly CellOutcome[]): string {
  for (const { studied, problems } of outcomes) {
    const message = errorIn(problems);
    if (message !== null) return `\`${studied.cell.id}\` could not be computed: ${message}`;
  }
  return "It could not be computed.";
}
