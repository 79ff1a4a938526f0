/** What the server tells a page or a command line about a notebook: the shapes that travel. Types only. */
import type { Standing } from "../language/sql-evidence.ts";
import type { LifeChange } from "../monitor/life/model.ts";
import type { Block, Head, Problem } from "../notebook/model.ts";
import type { RefreshView } from "../segments/membership/view.ts";

export interface ColumnView {
  name: string;
  /** DuckDB's name of the type. */
  type: string;
}

export interface RelationView {
  name: string;
  /** Of the result that holds it; null until it has been computed. */
  key: string | null;
  /** Null until it has been computed. */
  rows: number | null;
  columns: ColumnView[];
}

/**
 * fresh: a result for today's key is in the cache. stale: there is none, or it is of another key.
 * waiting: queued in this run. blocked: something that it reads is at fault.
 */
export type CellState = "fresh" | "stale" | "waiting" | "running" | "failed" | "blocked" | "cancelled" | "unknown";

export interface CellView {
  id: string;
  kind: string;
  state: CellState;
  /** Why it is stale or blocked, or in a run why it is computed, in a sentence; null where there is nothing to say. */
  reason: string | null;
  /** Every part in which its key is another than that of the last result; `reason` is the first. */
  reasons: string[];
  /** Ids of the cells that it reads, inputs among them. */
  reads: string[];
  /** `<id>`, then `<id>_audit` and the like. */
  relations: RelationView[];
  problems: Problem[];
  rows: number | null;
  /** How long the last computation took, in milliseconds; null where none is known. */
  ms: number | null;
  /** Whether the result was computed in this run or found in the cache. */
  origin: "computed" | "found" | null;
  /** When the last run computed it, in milliseconds since that run's start, `to` null while it does; null where it did not. */
  span: { from: number; to: number | null } | null;
  key: string | null;
  /** For rules: name of the segment, score rule or `exclude` → its reading in plain words. */
  words: Record<string, string>;
  /** Of a clustering: numbers of clusters at the last refresh or in the lock, which it goes on with; empty where it has none. */
  numbers: number[];
  /** The cell's body as the format reads it, defaults filled in; null where it can't be read or is SQL. */
  body: unknown;
}

export interface InputView {
  id: string;
  type: "date" | "timestamp" | "number" | "text" | "boolean" | "choice";
  label: string;
  value: string | number | boolean | null;
  fallback: string | number | boolean | null;
  min: string | number | null;
  max: string | number | null;
  step: number | null;
  options: string[];
}

export interface PlanView {
  /** The moment after which nothing counts, ISO 8601 with offset. */
  asOf: string;
  inputs: InputView[];
  cells: CellView[];
  /** The file's own problems, not a cell's. */
  problems: Problem[];
}

export interface FindingView extends Problem {
  /** Whether `check --fix` mends it. */
  fixable: boolean;
  /** What of a segmentation it is about, by which it can be accepted; null where it can't be. */
  guard: { segment: string | null; about: string | null } | null;
  /** Why it is meant to be so, as the cell's `accept` says, and which entry of that; null where it stands. */
  accepted: { reason: string; index: number } | null;
}

/** How many people the segments of a cell hold and share, by its last result. */
export interface SegmentationView {
  cell: string;
  names: string[];
  people: number[];
  /** shared[i][j] of segments i and j; on the diagonal the people themselves. */
  shared: number[][];
  /** People who were looked at; null where that is not known. */
  all: number | null;
}

/** What there is to say of a notebook without running it, by place; what planning finds is among it. */
export interface CheckView {
  findings: FindingView[];
  /** False where the keys of the sources have not been compared yet. */
  silosKnown: boolean;
  /** Of segments and score cells with a result of today. */
  segmentations: SegmentationView[];
}

export interface NotebookView {
  /** Relative to the workspace, with forward slashes: `notebooks/first-segments.md`. */
  path: string;
  title: string;
  text: string;
  /** Names the content; sent back as If-Match with an edit. */
  etag: string;
  readOnly: boolean;
  head: Head;
  blocks: Block[];
}

export interface NotebookListing {
  path: string;
  title: string;
  modified: string;
  cells: { id: string; kind: string }[];
}

export interface WorkspaceView {
  name: string;
  version: string;
  notebooks: NotebookListing[];
  /** Files under data/, paths relative to it. */
  data: { path: string; bytes: number; modified: string }[];
}

/** One page of a relation. Values as the command line's JSON gives them: BIGINT beyond a double's reach as text, dates as `YYYY-MM-DD`, timestamps ISO 8601, missing as null. */
export interface ResultPage {
  relation: string;
  columns: ColumnView[];
  rows: (string | number | boolean | null)[][];
  offset: number;
  total: number;
  key: string;
}

export interface ColumnSummary {
  name: string;
  type: string;
  missing: number;
  distinct: number;
  /** Whether `distinct` is an estimate: counting is dear in a long relation. */
  approximate: boolean;
  /** For numbers and times; as text for times. */
  min: string | number | null;
  max: string | number | null;
  mean: number | null;
  /** For numbers and times: up to 20 bars of equal width from min to max. */
  histogram: number[];
  /** For text and booleans: the commonest values. */
  top: { value: string; rows: number }[];
}

export interface SummaryView {
  relation: string;
  rows: number;
  columns: ColumnSummary[];
}

/** A person's events of one kind, WHERE and window, the latest first; those that do not count are among them. */
export interface EvidencePart {
  /** Which events count, in plain words. */
  words: string;
  relation: string;
  /** The column with the event's time; the first of `columns`. */
  at: string;
  /** Columns that the feature speaks of. */
  spoken: string[];
  /** Some of the event's columns. */
  columns: ColumnView[];
  events: { standing: Standing; values: (string | number | boolean | null)[] }[];
  counted: number;
  /** Events of that kind of the person, counted or not. */
  total: number;
  offset: number;
}

/** What stands behind a person's value of a feature. */
export interface EvidenceView {
  cell: string;
  feature: string;
  /** The person's key, as text. */
  person: string;
  value: string | number | boolean | null;
  /** One for each kind of event that the feature speaks of; none where it speaks of none. */
  parts: EvidencePart[];
}

/** How many people of a cell have none of the events that count for a feature; null where it speaks of none. */
export interface WithoutView {
  cell: string;
  feature: string;
  people: number;
  without: number | null;
}

/** How a cell, or one of its rules or features, is computed. */
export interface ExplainView {
  cell: string;
  /** Null for the whole cell. */
  rule: string | null;
  /** One SELECT over the notebook's relations. */
  sql: string;
  /** The engine's plan for it, as the engine draws it; null where a relation is missing, or where it can't make one. */
  plan: string | null;
  /** Relations that have not been computed yet. */
  missing: string[];
  /** What is asked of events, and how many of those columns are kept from before, so that no event is read for them. */
  passes: { reads: string[]; columns: number; kept: number }[];
}

/** What the event stream carries; `type` is also the SSE event's name. */
export type StreamEvent =
  | {
      type: "run";
      path: string;
      run: string;
      state: "started" | "done" | "failed" | "cancelled";
      cells: number;
      finished: number;
      /** What was recorded, once a run that was to record has ended. */
      refresh?: RefreshView | null;
      /** What is wrong that is no cell's, once the run has ended. */
      problems?: readonly Problem[];
      /** What became of alerts, once a run that was to record has ended. */
      alerts?: readonly LifeChange[];
    }
  | { type: "cell"; path: string; run: string; cell: CellView; progress: number | null }
  | { type: "file"; path: string; etag: string | null }
  /** Some file below data/ is another than before. */
  | { type: "data" }
  /** Alerts, annotations or the audit log are others than before. */
  | { type: "alerts" }
  | { type: "kernel"; path: string; state: "started" | "lost"; message: string };

export interface RunRequest {
  path: string;
  /** Run what these need and them; absent: every cell that is stale. */
  cells?: string[];
  /** Input values by id. */
  set?: Record<string, string | number | boolean>;
  asOf?: string;
  /** Recompute everything that runs even where a result is found. */
  noCache?: boolean;
  /** Cells that are recomputed even where a result is found; what they read is not. */
  recompute?: string[];
  /** The cell whose result is wanted soonest, such as the one at hand. */
  first?: string | null;
  /** Record who is in which segment after the run, which is then of the whole notebook. */
  refresh?: boolean;
}

export interface PlanRequest {
  path: string;
  /** Unsaved text to plan instead of the file's. */
  text?: string;
  set?: Record<string, string | number | boolean>;
  asOf?: string;
}

export interface ExplainRequest extends PlanRequest {
  cell: string;
  /** One of the cell's rules or features; the whole cell where absent. */
  rule?: string | null;
}

export interface RenameRequest {
  path: string;
  /** Unsaved text to change instead of the file's. */
  text?: string;
  from: string;
  to: string;
}

/** A notebook's text after a cell got another id. */
export interface RenameView {
  text: string;
  /** Ids of the cells whose text reads it and was changed. */
  readers: string[];
  /** Cells in which the old name may still stand, and why. */
  left: { cell: string; why: string }[];
  /** The text with the names that prose gives as code changed too, and how many those are; null where there are none. */
  prose: { text: string; places: number } | null;
}

export interface CheckRequest extends PlanRequest {
  /** Whether keys are compared where that means reading files (the default), or told only where it has been done. */
  silos?: "measure" | "known";
}
