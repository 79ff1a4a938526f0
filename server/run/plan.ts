import type { Engine } from "../engine/engine.ts";
import type { Clock, InputValue } from "../language/vocabulary.ts";
import type { Rebaseline } from "../monitor/life/model.ts";
import type { Cell, Notebook, Problem } from "../notebook/model.ts";
import type { ResultCache } from "./cache.ts";
import type { Cut } from "./cut.ts";
import type { DataFiles } from "./files.ts";
import { type InputSet, type Inputs, readInputs, unknownInputs } from "./inputs.ts";
import type { Lock } from "./lock/model.ts";
import type { LockFault } from "./lock/read.ts";
import { momentOf } from "./moment.ts";
import { isFaulty, type StudiedCell } from "./studied.ts";
import { Studies } from "./study.ts";
import type { StudyMemory } from "./study-memory.ts";
import type { InputView } from "./view.ts";
import { wallTime } from "./wall-time.ts";

export interface PlanOptions {
  readonly notebook: Notebook;
  readonly engine: Engine;
  readonly cache: ResultCache;
  readonly files: DataFiles;
  readonly memory: StudyMemory;
  readonly set: InputSet;
  readonly asOf: string | null;
  /** Where the evidence of its monitors starts anew, or why that can't be known. */
  readonly rebaselines: readonly Rebaseline[] | Problem;
  readonly now: number;
  /** Which rows of sources are as if they were not there; null where all are there. */
  readonly until: Cut | null;
  /** Whether what comes of it is to be recorded. */
  readonly isRefresh: boolean;
  /** Folder of what is recorded of its segments, by the entity. */
  historyFolder(entity: string): string;
  /** Whether clusters go on with the lock's numbers, whatever was recorded since. */
  readonly isLocked: boolean;
  /** The lock beside the notebook; null where there is none. */
  readLock(): Promise<Lock | LockFault | null>;
  readonly signal: AbortSignal;
}

/** What a notebook means today: its inputs, its moment, and each cell with what it reads and the key of its result. */
export interface Plan {
  readonly notebook: Notebook;
  readonly studies: Studies;
  /** In the file's order. */
  readonly cells: readonly StudiedCell[];
  readonly inputs: readonly InputView[];
  readonly clock: Clock;
  /** Whether the moment is the time of the run. */
  readonly isNow: boolean;
  /** Those that are not a cell's. */
  readonly problems: readonly Problem[];
}

export async function planNotebook(options: PlanOptions): Promise<Plan> {
  const { notebook, engine, cache, files, memory, set, until, isRefresh, signal } = options;
  const { head } = notebook;
  const inputs = readInputs(notebook, set);
  const moment = momentOf({ notebook, inputs, given: options.asOf, now: options.now });
  const clock: Clock = {
    asOf: moment.asOf,
    zone: head.timezone,
    weekStarts: head.week_starts,
    ...(until && { eventsUntil: until.moment }),
  };
  const asOf: InputValue = { name: "as_of", type: "timestamp", value: wallTime(moment.asOf, clock.zone) };
  const ofFile = notebook.problems.filter((problem) => problem.cell === null);
  const studies = new Studies({
    ...{ notebook, clock, engine, cache, files, memory, until, isRefresh, signal },
    historyFolder: options.historyFolder(head.entity),
    isLocked: options.isLocked,
    rebaselines: options.rebaselines,
    readLock: () => options.readLock(),
    inputs: [...valuesOrNone(notebook, inputs).filter((value) => value.name !== "as_of"), asOf],
    cellProblems: problemsByCell(notebook, inputs.problems),
    held: notebook.readOnly ? "the notebook's newer format" : isFaulty(ofFile) ? "the head" : null,
    momentHeld: moment.held,
  });
  const cells = await studies.all();
  const problems = [
    ...ofFile,
    ...(moment.problem === null ? [] : [moment.problem]),
    ...unknownInputs(set, inputs.views),
  ];
  return { notebook, studies, cells, inputs: inputs.views, clock, isNow: moment.isNow, problems };
}

/** Those that are not well are there without a value: whoever reads them is blocked, not wrong. */
function valuesOrNone({ cells }: Notebook, { values, views }: Inputs): InputValue[] {
  const ids = new Set(cells.filter(({ kind }) => kind === "input").map(({ id }) => id));
  return [...ids].map((name) => {
    const type = views.find((view) => view.id === name)?.type ?? "text";
    return values.find((value) => value.name === name) ?? { name, type, value: null };
  });
}

/** The parser names the cell of a problem by its id; of two cells of one id it means the one that the line is in. */
function problemsByCell(notebook: Notebook, inputs: ReadonlyMap<Cell, Problem>): Map<Cell, Problem[]> {
  const found = new Map<Cell, Problem[]>();
  for (const problem of notebook.problems) {
    const cell = notebook.cells.findLast((one) => one.id === problem.cell && one.line <= (problem.line ?? one.line));
    if (cell !== undefined) found.set(cell, [...(found.get(cell) ?? []), problem]);
  }
  for (const [cell, problem] of inputs) found.set(cell, [...(found.get(cell) ?? []), problem]);
  return found;
}
