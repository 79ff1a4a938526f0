import { dayTime } from "./format-time.ts";
import type { PeriodKind } from "./series-period.ts";
import type { Series, SeriesPoint } from "./series-points.ts";

/** One week of a series, or one period where those are no days. */
export interface WeekRow {
  /** The week's Monday, the period as it is otherwise. */
  readonly week: string;
  /** The last day of the week, the period as it is otherwise. */
  readonly last: string;
  readonly delivered: number | null;
  readonly events: number | null;
  /** Of the week as a whole; of a size, its last. */
  readonly rate: number | null;
  readonly expected: number | null;
  /** `steady`, `learning`, `watch`, `alert`, `confirmed`; `not mature yet`, `no data`. */
  readonly state: string;
}

const DAY = 86_400_000;
const WORST = ["confirmed", "alert", "watch"] as const;

/** A series week by week, the newest first. */
export function weeksOf({ points }: Pick<Series, "points">, period: PeriodKind): WeekRow[] {
  const weeks = new Map<string, SeriesPoint[]>();
  for (const point of points) {
    const week = period === "day" ? mondayOf(point.period) : point.period;
    weeks.set(week, [...(weeks.get(week) ?? []), point]);
  }
  return [...weeks]
    .map(([week, days]) => ({ week, last: period === "day" ? sundayOf(week) : week, ...rowOf(days) }))
    .reverse();
}

function rowOf(days: readonly SeriesPoint[]): Omit<WeekRow, "week" | "last"> {
  const isRate = days.some(({ delivered }) => delivered !== null);
  const sum = (of: (day: SeriesPoint) => number | null) =>
    days.reduce<number | null>((total, day) => (of(day) === null ? total : (total ?? 0) + (of(day) ?? 0)), null);
  if (!isRate) {
    const last = days.findLast(({ value }) => value !== null);
    return {
      ...{ delivered: null, events: sum(() => null), rate: last?.value ?? null },
      ...{ expected: last?.expected ?? null, state: stateOf(days) },
    };
  }
  const delivered = sum((day) => day.delivered);
  const events = sum((day) => day.events);
  const judged = days.filter((day) => day.expected !== null && (day.delivered ?? 0) > 0);
  const weight = judged.reduce((total, day) => total + (day.delivered ?? 0), 0);
  const expected = judged.reduce((total, day) => total + (day.expected ?? 0) * (day.delivered ?? 0), 0);
  return {
    ...{ delivered, events },
    rate: delivered === null || delivered === 0 || events === null ? null : events / delivered,
    expected: weight === 0 ? null : expected / weight,
    state: stateOf(days),
  };
}

function stateOf(days: readonly SeriesPoint[]): string {
  const worst = WORST.find((tier) => days.some(({ flag }) => flag === tier));
  if (worst !== undefined) return worst;
  if (days.every(({ value }) => value === null)) return "no data";
  if (days.some(({ mature }) => !mature)) return "not mature yet";
  if (days.some(({ flag }) => flag === "spike")) return "steady, with a spike";
  return days.every(({ expected }) => expected === null) || days.some(({ flag }) => flag === "learning")
    ? "learning"
    : "steady";
}

function sundayOf(monday: string): string {
  const time = dayTime(monday);
  return time === null ? monday : new Date(time + 6 * DAY).toISOString().slice(0, 10);
}

function mondayOf(day: string): string {
  const time = dayTime(day);
  if (time === null) return day;
  const weekday = (new Date(time).getUTCDay() + 6) % 7;
  return new Date(time - weekday * DAY).toISOString().slice(0, 10);
}
