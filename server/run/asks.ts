import type { Rebaseline } from "../monitor/life/model.ts";
import type { Problem } from "../notebook/model.ts";
import type { RefreshView } from "../segments/membership/view.ts";
import type { Gathered } from "./alerts/gathered.ts";
import type { InputSet } from "./inputs.ts";
import type { MadeLock } from "./lock/model.ts";
import type { CellView } from "./view.ts";

/** A notebook's text and what it is to be read with. */
export interface Ask {
  /** Where the notebook lies; names what is remembered of its last run. */
  readonly path: string;
  readonly text: string;
  readonly set: InputSet;
  readonly asOf: string | null;
  /** Where the evidence of its monitors starts anew, or why that can't be known; absent where it is nowhere. */
  readonly rebaselines?: readonly Rebaseline[] | Problem;
}

export interface RunAsk extends Ask {
  /** Cells or relations that are wanted, with what they need; null is every cell. */
  readonly cells: readonly string[] | null;
  /** Whether everything that runs is computed though its result is there. */
  readonly noCache: boolean;
  /** Cells that are computed though their results are there; what they read is not. */
  readonly recompute: readonly string[];
  /** The cell or relation that is wanted soonest. */
  readonly first: string | null;
  /** Names the run, so that one of its cells can be cancelled. */
  readonly run: string | null;
  /** `new` takes the present for `now`, `last` the last run's, a number that moment in milliseconds since 1970. */
  readonly now: "new" | "last" | number;
  /** Whether the answer holds what the lock tells of the run. */
  readonly lock: boolean;
  /** Whether it is held against the lock: clusters go on with its numbers, whatever was recorded since. */
  readonly locked: boolean;
  /** Whether it is recorded who is in which segment after the run. */
  readonly refresh: boolean;
}

export interface RunListener {
  started(cells: number): void;
  /** Each cell is told at most once in a state that is an outcome. */
  cell(view: CellView, progress: number | null, finished: number): void;
}

export interface RunResult {
  readonly state: "done" | "failed" | "cancelled";
  /** Each after those that it reads, whenever it ended. */
  readonly cells: readonly CellView[];
  /** Those that are not a cell's. */
  readonly problems: readonly Problem[];
  /** Where it was asked for, and the run was not cancelled. */
  readonly lock: MadeLock | null;
  /** What was recorded, where that was asked for and could be done; why it could not is among the problems. */
  readonly refresh: RefreshView | null;
  /** What its monitors found, for whoever keeps their alerts; null where nothing was to be recorded. */
  readonly monitors: Gathered | null;
}

export interface RelationAsk extends Ask {
  readonly relation: string;
  /** The result that is meant, whatever the notebook comes to now; null for that of the notebook as it stands. */
  readonly key: string | null;
}

export interface PageAsk extends RelationAsk {
  readonly offset: number;
  readonly limit: number;
  readonly sort: string | null;
  readonly descending: boolean;
  /** Only rows that have these values, as text, in these columns; absent for all. */
  readonly where?: Readonly<Record<string, string>>;
}

export interface RelationFile {
  readonly file: string;
  readonly columns: readonly { name: string; type: string }[];
  readonly rows: number;
}
