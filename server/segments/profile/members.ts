import { literal, name as quoted } from "../../language/quote.ts";
import type { SegmentRef } from "./view.ts";

/** A cell whose relation says who is in which segment. */
export interface SegmentCell {
  readonly cell: string;
  /** Absolute path of the relation's Parquet file. */
  readonly file: string;
  /** Its column of segments' names. */
  readonly column: string;
  readonly entity: string;
}

export const KEY = quoted("segbook key");

/** The column that says whether a person is in the asked segment of that number. */
export function flag(index: number): string {
  return quoted(`segbook in ${index}`);
}

/** One row for each person of any asked segment: the key as text, and a flag for each. */
export function flagsSql(asked: readonly SegmentRef[], cells: readonly SegmentCell[]): string {
  const parts = asked.map(({ cell, name }, index) => {
    const from = cells.find((one) => one.cell === cell);
    if (from === undefined) throw new RangeError(`${cell} has no segments`);
    const key = `${quoted(from.entity)}::VARCHAR`;
    return `SELECT ${key} AS ${KEY}, ${index} AS n FROM read_parquet(${literal(from.file)}) WHERE ${quoted(from.column)}::VARCHAR = ${literal(name)}`;
  });
  const flags = asked.map((_, index) => `bool_or(n = ${index}) AS ${flag(index)}`);
  return `SELECT ${KEY}, ${flags.join(", ")}\nFROM (${parts.join("\nUNION ALL\n")})\nWHERE ${KEY} IS NOT NULL GROUP BY 1`;
}
