import type { DataFile } from "../kind.ts";
import type { DecimalMark } from "./convert.ts";

/** A column as a file has it. */
export interface RawColumn {
  /** The file's own name. */
  readonly name: string;
  /** SQL for its value, over the group's `from`. */
  readonly value: string;
  /** The engine's type; null for text whose type is found by looking at the values. */
  readonly type: string | null;
  /** Which types text may turn out to have. */
  readonly candidates: readonly string[];
}

/** Files of one form that follow each other: one scan of the engine. */
export interface RawGroup {
  /** Empty where the rows come from a query. */
  readonly files: readonly DataFile[];
  readonly columns: readonly RawColumn[];
  /** Names of the columns that each file has; of the query, where there is no file. */
  readonly namesOf: readonly (readonly string[])[];
  /** What stands behind FROM. */
  readonly from: string;
  /** SQL for the index of a row's file in `files`, from 0, and for its number in the group, from 1. */
  readonly fileIndex: string;
  readonly rowNumber: string;
  readonly mark: DecimalMark;
  /** Rows of each file, where they are known before the engine has read them. */
  readonly rows: readonly (number | null)[];
  /** Whether reading is so cheap that rows need not be kept: columns can be read one by one, without parsing. */
  readonly columnar: boolean;
  /** Line of a row of a file, both from 1; null where the file has no lines. */
  lineOf(file: number, row: number): Promise<number | null>;
}

export const ROW = "__segbook_row";

/** Rows of different groups are told apart, and kept in order, by one number. */
export const GROUP_STEP = 1_000_000_000_000;

/** The raw rows of a group: `__segbook_row`, and each column as r0, r1, … */
export function rawRows(group: RawGroup, index: number): string {
  const values = group.columns.map((column, at) => `${column.value} AS r${at}`);
  const row = `${group.rowNumber} + ${index * GROUP_STEP} AS ${ROW}`;
  return `(SELECT ${[row, ...values].join(", ")} FROM ${group.from})`;
}
