/** How the results of two versions of a notebook differ: the shapes that travel. Types only. */
import type { NotebookDiff } from "../../notebook/diff/model.ts";
import type { Problem } from "../../notebook/model.ts";
import type { ColumnView } from "../view.ts";

/** What makes one notebook another; the results only where they were asked for. */
export interface DiffView {
  diff: NotebookDiff;
  data: CompareView | null;
}

/** One line of the reply while the results are compared; the last one is no progress. */
export type DiffLine =
  | { type: "progress"; cells: number; finished: number; cell: string | null }
  | { type: "done"; diff: NotebookDiff; data: CompareView }
  | { type: "failed"; problem: Problem };

export interface CompareView {
  /** The moment after which nothing counts, of each side, ISO 8601 with offset. */
  asOf: { before: string; after: string };
  /** Those that yield relations on either side, in the order of the version after; removed ones last. */
  cells: CellComparison[];
  /** Of the files, not of a cell: errors alone. */
  problems: { before: Problem[]; after: Problem[] };
}

export interface CellComparison {
  kind: string;
  /** Its id on each side; null where it is not there. */
  before: string | null;
  after: string | null;
  /** unknown: on a side there is no result, and `problems` or `why` say the reason. */
  state: "same" | "differs" | "added" | "removed" | "unknown";
  why: string | null;
  problems: Problem[];
  /** Those that differ. */
  relations: RelationComparison[];
}

export interface RelationComparison {
  before: RelationSide | null;
  after: RelationSide | null;
  columns: {
    added: ColumnView[];
    removed: ColumnView[];
    retyped: { name: string; before: string; after: string }[];
  };
  /** Null where there is no such relation on one side, or no column that both have in one type. */
  rows: KeyedRows | CountedRows | null;
  segments: SegmentsComparison | null;
}

export interface RelationSide {
  name: string;
  rows: number;
}

/** Rows that are known by the entity, which is unique on both sides. */
export interface KeyedRows {
  by: string;
  gone: number;
  come: number;
  /** Entities on both sides with another value in at least one column of `columns`. */
  changed: number;
  /** Columns that both sides have in one type, where a value differs. */
  columns: { name: string; changed: number }[];
}

/** Rows without a key: each counts as often as it is there, by the columns that both sides have in one type. */
export interface CountedRows {
  by: null;
  gone: number;
  come: number;
}

export interface SegmentsComparison {
  /** `segment` or `band`. */
  column: string;
  /** Entities that are in a segment, and those that entered or left at least one. */
  people: { before: number; after: number; moved: number };
  /** The largest first. */
  sizes: SegmentSizes[];
  /** The most people first. */
  moves: SegmentMoves[];
  /** Kinds of moves beyond those in `moves`. */
  movesLeftOff: number;
}

export interface SegmentSizes {
  segment: string;
  before: number;
  after: number;
  entered: number;
  left: number;
}

/** Null is no segment at all. Who left two and entered one counts in both pairs. */
export interface SegmentMoves {
  from: string | null;
  to: string | null;
  people: number;
  /** The first few entities, by their keys. */
  keys: (string | number | boolean | null)[];
}
