import type { ColumnView, ResultPage } from "./view.ts";

/** What periods of a series are made of. */
export interface CohortView {
  /** The relation of the sends, or that was counted. */
  relation: string;
  /** How many rows there are, of sends one a send, and what the metric counts of them. */
  rows: number;
  chances: number;
  events: number;
  /** How it is known that the receivers were in the segment, and of how many sends; empty of a relation that was counted. */
  membersBy: { by: string; rows: number }[];
  /** The rows by the columns that alerts are split by, the parts with the most chances first. */
  groups: { column: string; parts: CohortPart[] }[];
  page: { columns: ColumnView[]; rows: ResultPage["rows"]; offset: number };
}

export interface CohortPart {
  part: string;
  rows: number;
  chances: number;
  events: number;
}
