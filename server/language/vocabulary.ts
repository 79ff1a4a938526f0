/** The names a rule or a feature expression may use. Built by the caller from the notebook's cells. */

export interface Column {
  readonly name: string;
  /** DuckDB's name of the type, such as `BIGINT`, `DECIMAL(18,2)`, `TIMESTAMP`, `TIMESTAMP WITH TIME ZONE`. */
  readonly type: string;
}

/** An event that rules may speak of: a row of a source, in words such as `placed order`. */
export interface EventWord {
  readonly words: string;
  /** The relation whose rows are the events. */
  readonly relation: string;
  /** Its time column. */
  readonly at: string;
  /** Its key column of the thing that is segmented. */
  readonly entity: string;
  /** Where one file holds several kinds of event: which rows are of this one. */
  readonly where: { readonly column: string; readonly value: string } | null;
  readonly columns: readonly Column[];
}

export interface InputValue {
  readonly name: string;
  readonly type: "date" | "timestamp" | "number" | "text" | "boolean" | "choice";
  readonly value: string | number | boolean | null;
}

export interface Vocabulary {
  readonly attributes: readonly Column[];
  readonly events: readonly EventWord[];
  /** Segments that `IN SEGMENT` may name, the present cell's own among them. */
  readonly segments: readonly { readonly cell: string; readonly name: string }[];
  /** What `$name` may stand for, `as_of` among them. */
  readonly inputs: readonly InputValue[];
  /** The relation of who was in which segment when; absent where nothing is recorded yet. */
  readonly history?: { readonly relation: string; readonly columns: readonly Column[] } | null;
  /** True where the columns' types come from a sample and may yet change: types are then not judged. */
  readonly provisional: boolean;
}

/** A slip in a rule or an expression; offsets into its text. */
export interface LanguageProblem {
  readonly code: string;
  readonly from: number;
  readonly to: number;
  readonly message: string;
  readonly hint: string;
}

/** When and where: what relative time is relative to. */
export interface Clock {
  /** Milliseconds since 1970-01-01 UTC; only what happened before counts. */
  readonly asOf: number;
  /** Only events from before count, where that is earlier than `asOf`: what would be if nothing had happened since. */
  readonly eventsUntil?: number;
  /** IANA name. */
  readonly zone: string;
  readonly weekStarts: "monday" | "sunday";
}
