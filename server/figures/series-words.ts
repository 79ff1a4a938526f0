import { formatCount, formatPercent, MISSING } from "./format.ts";
import { formatDay } from "./format-time.ts";
import type { SeriesChange, SeriesPoint } from "./series-points.ts";

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

/** When a period was, and how many it is a rate of. */
export function whenWords(point: SeriesPoint): string {
  const day = formatDay(point.period, { style: "short" });
  if (point.value === null) return `${day}, no data`;
  return point.delivered === null ? day : `${day}, of ${formatCount(point.delivered)}`;
}

/** What was expected of a period, and whether it may still grow. */
export function bandWords(point: SeriesPoint, unit: SeriesUnit): string {
  const { low, high } = point;
  const band =
    low === null || high === null
      ? "nothing to expect yet"
      : `expected ${writeValue(low, unit)} to ${writeValue(high, unit)}`;
  return point.mature ? band : `${band}, not mature yet`;
}

/** One period in words: what came, of how many, what was expected. */
export function pointWords(point: SeriesPoint | undefined, unit: SeriesUnit): string {
  if (point === undefined) return "";
  const came = point.value === null ? "" : `${writeValue(point.value, unit)}, `;
  return `${whenWords(point)}: ${came}${bandWords(point, unit)}`;
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

/** `changed about 22 Aug (20 Aug to 25 Aug)`. */
export function changeWords({ at, from, to }: SeriesChange): string {
  const day = (period: string) => formatDay(period, { style: "short" });
  const range = from === null || to === null || from === to ? "" : ` (${day(from)} to ${day(to)})`;
  return `changed about ${day(at)}${range}`;
}
