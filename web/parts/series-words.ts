import { formatCount, formatPercent, MISSING } from "./format.ts";
import { formatDay } from "./format-time.ts";
import type { SeriesPoint } from "./series-points.ts";

/** What a value of a series is. */
export type SeriesUnit = "share" | "count";

export function writeValue(value: number | null, unit: SeriesUnit): string {
  if (value === null) return MISSING;
  return unit === "share" ? formatPercent(value) : formatCount(value);
}

/** The last value that will not change any more. */
export function lastValue(points: readonly SeriesPoint[]): number | null {
  return points.findLast((point) => point.mature && point.value !== null)?.value ?? null;
}

/** One period in words: what came, of how many, what was expected. */
export function pointWords(point: SeriesPoint | undefined, unit: SeriesUnit): string {
  if (point === undefined) return "";
  const day = formatDay(point.period, { style: "short" });
  if (point.value === null) return `${day}: no data`;
  const of = point.delivered === null ? "" : ` of ${formatCount(point.delivered)}`;
  const band =
    point.low === null || point.high === null
      ? ""
      : `, expected ${writeValue(point.low, unit)} to ${writeValue(point.high, unit)}`;
  return `${day}: ${writeValue(point.value, unit)}${of}${band}${point.mature ? "" : ", not mature yet"}`;
}

/** From when to when. */
export function spanWords(points: readonly SeriesPoint[]): string {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) return "";
  return `${formatDay(first.period, { style: "short" })} to ${formatDay(last.period)}`;
}

export interface SeriesSaid {
  now: number | null;
  status: string;
  unit: SeriesUnit;
}

/** The whole series in words, for whoever does not see it. */
export function seriesWords(points: readonly SeriesPoint[], said: SeriesSaid): string {
  const outside = points.filter(
    ({ value, low, high }) => value !== null && (value < (low ?? value) || value > (high ?? value)),
  );
  const young = points.filter((point) => !point.mature).length;
  return [
    `${points.length} periods, ${spanWords(points)}`,
    `now ${writeValue(said.now ?? lastValue(points), said.unit)}`,
    said.status,
    `${outside.length} outside what was expected`,
    young > 0 ? `${young} not mature yet` : "",
  ]
    .filter(Boolean)
    .join("; ");
}
