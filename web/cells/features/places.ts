import { formatCell } from "../../../server/figures/cell-value.ts";
import { formatNumber } from "../../../server/figures/format.ts";
import type { ColumnSummary } from "../../../server/run/view.ts";
import { stretchOf } from "../../state/stretch.ts";

/** Whether people are gone through from the greatest value down: where values have a size. */
export function isDescending({ histogram }: ColumnSummary): boolean {
  return histogram.length > 0;
}

/** The place of the first person of a bar, among people from the greatest value down. */
export function placeOfBar(histogram: readonly number[], bar: number): number {
  return histogram.slice(bar + 1).reduce((sum, count) => sum + count, 0);
}

/** The bar in which the person at a place is; null behind the last. */
export function barOfPlace(histogram: readonly number[], place: number): number | null {
  const bar = histogram.findLastIndex((count, index) => count > 0 && placeOfBar(histogram, index) + count > place);
  return bar < 0 ? null : bar;
}

/** Of a column of texts, the place of the first person with a value, in the order of the texts. */
export function placeOfValue(top: ColumnSummary["top"], value: string): number {
  return stretchOf(
    value,
    top.map((one) => ({ name: one.value, people: one.rows })),
  ).start;
}

/** Whom to begin with: the middle one of those above the lowest bar, who is neither at an end nor among those with nothing. */
export function firstPlace({ histogram }: ColumnSummary): number {
  const above = histogram.slice(1).reduce((sum, count) => sum + count, 0);
  return Math.floor(above / 2);
}

/** What each bar spans, in words. */
export function spansOf(column: ColumnSummary): string[] {
  const { histogram, min, max } = column;
  if (typeof min === "number" && typeof max === "number") {
    const width = (max - min) / histogram.length;
    const said = (bar: number) => formatNumber(min + bar * width, { atMost: width >= 10 ? 0 : 2 });
    return histogram.map((_, bar) => `${said(bar)} to ${said(bar + 1)}`);
  }
  const [from, to] = [Date.parse(`${min}Z`), Date.parse(`${max}Z`)];
  if (Number.isNaN(from) || Number.isNaN(to)) return histogram.map(() => "");
  const width = (to - from) / histogram.length;
  const said = (bar: number) => day(from + bar * width);
  return histogram.map((_, bar) => `${said(bar)} to ${said(bar + 1)}`);
}

/** What stands under the bars. */
export function endsOf(column: ColumnSummary): string[] {
  const { min, max, mean } = column;
  if (min === null || max === null) return [];
  const words = (value: string | number) =>
    typeof value === "number" ? formatNumber(value, { atMost: 2 }) : formatCell(value, column, 0);
  return [words(min), ...(mean === null ? [] : [`mean ${formatNumber(mean, { atMost: 2 })}`]), words(max)];
}

function day(time: number): string {
  return formatCell(new Date(time).toISOString().slice(0, 10), { name: "", type: "DATE" }, 0);
}
