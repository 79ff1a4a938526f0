import type { ResultPage } from "../run/view.ts";
import { asNumber, asText, columnOf } from "./columns.ts";

type Page = Pick<ResultPage, "columns" | "rows">;

/** How a column's values lie at one stage. */
export interface StageShape {
  readonly transform: string;
  readonly skewness: number;
  readonly median: number | null;
  readonly bars: readonly number[];
  readonly low: number;
  readonly high: number;
}

/** A column before and after it is made comparable, and with what is proposed for a tail that is long even then. */
export interface ScaledColumn {
  readonly column: string;
  readonly given: StageShape;
  readonly compared: StageShape;
  readonly proposed: StageShape | null;
}

/** Beyond this a tail outweighs the rest of its column. */
const SKEWED = 3;

/** Whether a stage's skewness, either way, is one that a transform should bring in. */
export function hasLongTail({ skewness }: StageShape): boolean {
  return Math.abs(skewness) > SKEWED;
}

/** What columns are compared by, in words, by the transform's name. */
export const TRANSFORM_WORDS: Readonly<Record<string, string>> = {
  none: "as it is",
  log1p: "its logarithm",
  sqrt: "its square root",
  rank: "its rank",
};

export function scaledColumns(page: Page): ScaledColumn[] {
  const text = (name: string, row: Page["rows"][number]) => asText(columnOf(page, name)(row));
  const number = (name: string, row: Page["rows"][number]) => asNumber(columnOf(page, name)(row));
  const columns = [...new Set(page.rows.map((row) => text("column", row)))];
  return columns.flatMap((column) => {
    const stage = (name: string): StageShape | null => {
      const rows = page.rows.filter((row) => text("column", row) === column && text("stage", row) === name);
      const [first] = rows;
      const last = rows.at(-1);
      if (first === undefined || last === undefined) return null;
      return {
        transform: text("transform", first),
        skewness: number("skewness", first) ?? 0,
        median: number("median", first),
        bars: rows.map((row) => number("people", row) ?? 0),
        low: number("low", first) ?? 0,
        high: number("high", last) ?? 0,
      };
    };
    const [given, compared] = [stage("given"), stage("compared")];
    return given === null || compared === null ? [] : [{ column, given, compared, proposed: stage("proposed") }];
  });
}
