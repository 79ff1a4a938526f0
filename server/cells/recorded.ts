import type { Column } from "../language/vocabulary.ts";

/** A refresh as it was recorded. */
export interface RecordedRefresh {
  /** The moment of which it tells: milliseconds since 1970. */
  readonly asOf: number;
  readonly sizes: readonly RecordedSize[];
}

export interface RecordedSize {
  readonly cell: string;
  readonly segment: string;
  readonly people: number;
  readonly entered: number;
  readonly left: number;
}

/** A source whose newest data is older than it may be at the notebook's moment. */
export interface OldSource {
  readonly source: string;
  /** As its file has it, and as the notebook writes how old that may be. */
  readonly newest: string;
  readonly within: string;
  /** From when on it has been too old: milliseconds since 1970. */
  readonly since: number;
}

export interface PastFeaturesAsk {
  /** A segments, score or cluster cell, whose people's columns are asked for. */
  readonly cell: string;
  /** Milliseconds since 1970, the earliest first. */
  readonly moments: readonly number[];
  /** Is given, moment by moment, a table of everybody with their columns as of then, which is gone afterwards. */
  look(index: number, table: string, columns: readonly Column[]): Promise<void>;
}
