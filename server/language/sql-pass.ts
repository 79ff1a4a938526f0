import type { Filter } from "./sql-events.ts";

/** A SELECT over events: by itself, and over what is kept of its passes. */
export interface Statement {
  readonly sql: string;
  readonly passes: readonly Pass[];
  readonly over: (kept: Kept) => string;
}

/** One pass over the rows of event relations, with a row for each key: whoever asks for columns of it may share it. */
export interface Pass {
  /** The same for passes whose columns can be computed together. */
  readonly what: string;
  /** Relations that it reads. */
  readonly reads: readonly string[];
  readonly asked: readonly Asked[];
  /** A SELECT of the key and the columns, which may be those of several passes that are the same. */
  readonly query: (asked: readonly Asked[]) => string;
}

/** One column of a pass. */
export interface Asked {
  /** What is computed, as SQL; the same text is the same column. */
  readonly computed: string;
  /** Its name in the statement. */
  readonly column: string;
  /** Rows that it counts; null where the pass as a whole says that. */
  readonly filter: Filter | null;
}

/** Tables that hold the columns of a pass, each column in one of them. */
export type Kept = (pass: Pass) => readonly KeptTable[];

export interface KeptTable {
  /** What stands after FROM; its key column is `KEY`. */
  readonly from: string;
  /** What is computed → the column in it. */
  readonly columns: ReadonlyMap<string, string>;
}
