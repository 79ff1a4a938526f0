import type { Cell } from "../../notebook/model.ts";
import type { CellOutcome } from "../execute.ts";
import { orderSteps, type Step } from "../order.ts";
import type { Plan } from "../plan.ts";
import type { StudiedCell, StudiedPart } from "../studied.ts";
import { Studies } from "../study.ts";
import { isOfRecord, readersOfRecord } from "./readers.ts";

/** The steps of a run that records, as they stand around the recording. */
export interface AroundRecord {
  readonly before: readonly Step[];
  /** Cells that are run after it alone. */
  readonly readers: ReadonlySet<Cell>;
  /** Cells that are run before it, with a part that tells of what is recorded, and is made after it. */
  readonly split: ReadonlySet<Cell>;
}

/** Nothing waits for a run that records nothing. */
export function unrecorded(steps: readonly Step[]): AroundRecord {
  return { before: steps, readers: new Set(), split: new Set() };
}

export async function aroundRecord(plan: Plan, steps: readonly Step[]): Promise<AroundRecord> {
  const readers = await readersOfRecord(plan);
  const split = new Set<Cell>();
  const before: Step[] = [];
  const first = steps.filter(({ studied }) => !readers.has(studied.cell));
  const read = new Set(first.flatMap(({ studied }) => studied.relations));
  // What is recorded may itself come of what was recorded before.
  const isNeeded = ({ cell }: StudiedCell, { suffixes }: StudiedPart) =>
    suffixes.some((suffix) => read.has(`${cell.id}${suffix}`));
  for (const { studied, parts } of first) {
    const own = parts.filter((part) => !isOfRecord(studied, part) || isNeeded(studied, part));
    if (own.length < parts.length) split.add(studied.cell);
    before.push({ studied, parts: own });
  }
  return { before, readers, split };
}

/** The same notebook at the same moment once the record is another: what came before it stays as it was found. */
export async function planAfter(plan: Plan, outcomes: readonly CellOutcome[], around: AroundRecord): Promise<Plan> {
  const found = outcomes.filter(({ studied }) => !around.split.has(studied.cell));
  const settled = new Map(found.map(({ studied }) => [studied.cell, studied]));
  const studies = new Studies({ ...plan.studies.request, settled });
  return { ...plan, studies, cells: await studies.all() };
}

/** What is left to run by such a plan. */
export async function stepsAfter(
  plan: Plan,
  outcomes: readonly CellOutcome[],
  { readers, split }: AroundRecord,
): Promise<Step[]> {
  const there = new Set(outcomes.filter(isThere).map(({ studied }) => studied.cell));
  const steps = await orderSteps(
    plan,
    [...readers].map(({ id }) => id),
  );
  return steps.flatMap(({ studied, parts }) => {
    if (readers.has(studied.cell)) return [{ studied, parts }];
    const isLeft = split.has(studied.cell) && there.has(studied.cell);
    return isLeft ? [{ studied, parts: parts.filter((part) => isOfRecord(studied, part)) }] : [];
  });
}

/** One outcome a cell, in the order of the steps. */
export function together(
  steps: readonly Step[],
  before: readonly CellOutcome[],
  after: readonly CellOutcome[],
): CellOutcome[] {
  return steps.flatMap(({ studied: { cell } }) => {
    const of = ({ studied }: CellOutcome) => studied.cell === cell;
    const [first, second] = [before.find(of), after.find(of)];
    return first === undefined ? (second ?? []) : second === undefined ? first : ofBoth(first, second);
  });
}

export function ofBoth(first: CellOutcome, second: CellOutcome): CellOutcome {
  const isComputed = first.state === "computed" && second.state === "found";
  const own = second.studied.problems.length;
  return {
    ...second,
    state: isComputed ? "computed" : second.state,
    ms: first.ms === null && second.ms === null ? null : (first.ms ?? 0) + (second.ms ?? 0),
    problems: [...first.problems, ...second.problems.slice(own)],
    span: first.span ?? second.span,
  };
}

export function isThere({ state }: CellOutcome): boolean {
  return state === "computed" || state === "found";
}
