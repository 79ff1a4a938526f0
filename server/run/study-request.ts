import type { Engine } from "../engine/engine.ts";
import type { Clock, InputValue } from "../language/vocabulary.ts";
import type { Rebaseline } from "../monitor/life/model.ts";
import type { Cell, Notebook, Problem } from "../notebook/model.ts";
import type { ResultCache } from "./cache.ts";
import type { Cut } from "./cut.ts";
import type { DataFiles } from "./files.ts";
import type { Lock } from "./lock/model.ts";
import type { LockFault } from "./lock/read.ts";
import type { StudiedCell } from "./studied.ts";
import type { StudyMemory } from "./study-memory.ts";

/** What a notebook's cells are studied by. */
export interface StudyRequest {
  readonly notebook: Notebook;
  readonly inputs: readonly InputValue[];
  /** Problems of cells that the notebook's text and the inputs' values show. */
  readonly cellProblems: ReadonlyMap<Cell, readonly Problem[]>;
  /** What keeps every cell from running, as it is named in a sentence: the head that can't be read, a newer format. */
  readonly held: string | null;
  /** What keeps those cells from running that need the moment. */
  readonly momentHeld: string | null;
  readonly clock: Clock;
  readonly engine: Engine;
  readonly cache: ResultCache;
  readonly files: DataFiles;
  readonly memory: StudyMemory;
  /** Which rows of sources are as if they were not there; null where all are there. */
  readonly until: Cut | null;
  /** Whether what comes of it is to be recorded. */
  readonly isRefresh: boolean;
  /** Folder of what is recorded of its segments. */
  readonly historyFolder: string;
  /** Whether clusters go on with the lock's numbers, whatever was recorded since. */
  readonly isLocked: boolean;
  /** Where the evidence of its monitors starts anew, or why that can't be known. */
  readonly rebaselines: readonly Rebaseline[] | Problem;
  /** The lock beside the notebook; null where there is none. */
  readLock(): Promise<Lock | LockFault | null>;
  /** Cells that are taken as they are known, and are not studied; absent where there are none. */
  readonly settled?: ReadonlyMap<Cell, StudiedCell>;
  readonly signal: AbortSignal;
}
