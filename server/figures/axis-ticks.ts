import { formatDay } from "./format-time.ts";
import { periodPlaces, type SeriesPoint } from "./series-points.ts";

/** Round values from `low` to `high`, about so many. */
export function roundTicks(low: number, high: number, about: number): number[] {
  const rough = (high - low) / Math.max(1, about);
  if (!(rough > 0)) return [low];
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((each) => each * power >= rough) ?? 10);
  const ticks: number[] = [];
  for (let place = Math.ceil(low / step); place * step <= high + step * 1e-9; place++) ticks.push(place * step);
  return ticks;
}

export interface PeriodTick {
  /** From 0 to 1, as `periodPlaces` gives it. */
  readonly place: number;
  readonly words: string;
}

/** A few periods along an axis: the first of months where there are several, else evenly. */
export function periodTicks(points: readonly SeriesPoint[], about: number): PeriodTick[] {
  const places = periodPlaces(points);
  const months = points.flatMap(({ period }, index) =>
    index > 0 && period.slice(0, 7) !== points[index - 1]?.period.slice(0, 7) && /^\d{4}-\d{2}-\d{2}/.test(period)
      ? [index]
      : [],
  );
  const evenly = Array.from({ length: Math.min(about, points.length) }, (_, tick) =>
    Math.round((tick * (points.length - 1)) / Math.max(1, about - 1)),
  );
  const from = months.length >= 3 ? months : [...new Set(evenly)];
  const every = Math.ceil(from.length / about);
  return from
    .filter((_, index) => index % every === 0)
    .map((index) => ({
      place: places[index] ?? 0,
      words: formatDay(points[index]?.period ?? "", { style: "short" }),
    }));
}
