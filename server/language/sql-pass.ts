import type { Filter } from "./sql-events.ts";
import type { EventWord } from "./vocabulary.ts";

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
  /** What it reads and by which key, where its columns are aggregates of one relation's rows; null of any other. */
  readonly rows: { readonly event: EventWord; readonly key: string } | null;
  /** Where it says who has a chain of events: all chains there are; null of any other. */
  readonly chains: (() => Chains) | null;
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
  /** How it is made of parts of those rows; null where that can't be. */
  readonly combining: Combining | null;
}

/** The chains of a sequence before `as_of`, whatever its window. */
export interface Chains {
  /** The same for the same sequence as of another moment. */
  readonly mark: string;
  /** A SELECT of the key, `CHAIN.start` and `CHAIN.end`: for each end the latest start. */
  readonly sql: string;
  /** No start before it counts, and no end at it or later; null where there is no such bound. Microseconds since 1970. */
  readonly from: bigint | null;
  readonly until: bigint;
}

export const CHAIN = { start: '"segbook start"', end: '"segbook end"' } as const;

/** An aggregate as a value over others, each of which over some rows is made of its values over parts of them. */
export interface Combining {
  readonly parts: readonly Part[];
  readonly whole: (parts: readonly string[]) => string;
}

export interface Part {
  readonly of: AggregateSql;
  readonly how: "count" | "sum" | "min" | "max" | "list";
}

/** An aggregate of the rows that meet a condition; of all rows where it is null. */
export type AggregateSql = (condition: string | null) => string;

/** Tables that hold the columns of a pass, each column in one of them. */
export type Kept = (pass: Pass) => readonly KeptTable[];

export interface KeptTable {
  /** What stands after FROM; its key column is `KEY`. */
  readonly from: string;
  /** What is computed → the column in it. */
  readonly columns: ReadonlyMap<string, string>;
}
