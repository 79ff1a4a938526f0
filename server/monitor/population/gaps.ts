import type { Period } from "../model.ts";
import { comparePeriods, periodRange, periodWords, weekdayOf } from "../period.ts";

/** What is odd about which periods a segment has. */
export interface Gap {
  /** Null for all of them. */
  readonly segment: string | null;
  /** The first missing period; the first or the last that it has where it appears or vanishes. */
  readonly period: string;
  readonly code: "cohort-missing" | "segment-appears" | "segment-vanishes";
  readonly message: string;
}

/** In so many periods others must be there for somebody to be late, or gone. */
const LATE: Readonly<Record<Period, number>> = { day: 7, week: 2, send: 10 };

/**
 * Periods without data where there should be some: a day or week is due where at least half of those of its weekday, from
 * the first to the last, have data. Of counted rows `each` segment has periods of its own; of sends they are those of
 * `all`, for not each goes to everybody. Sends as periods are never due.
 */
export function gapsOf(
  periods: ReadonlyMap<string, readonly string[]>,
  { period, due }: { period: Period; due: "each" | "all" },
): Gap[] {
  const all = [...new Set([...periods.values()].flat())].sort(comparePeriods);
  const lacking = due === "all" ? missing(null, all, period) : [];
  const own = [...periods].flatMap(([segment, list]) => {
    const sorted = [...list].sort(comparePeriods);
    return [...(due === "each" ? missing(segment, sorted, period) : []), ...edges(segment, sorted, { all, period })];
  });
  return [...lacking, ...own];
}

function edges(
  segment: string,
  sorted: readonly string[],
  { all, period }: { all: readonly string[]; period: Period },
): Gap[] {
  const [first] = sorted;
  const last = sorted.at(-1);
  if (first === undefined || last === undefined) return [];
  const before = all.filter((one) => comparePeriods(one, first) < 0).length;
  const after = all.filter((one) => comparePeriods(one, last) > 0).length;
  const appears = `${segment} appears ${before} ${period}s after the first of others.`;
  const vanishes = `${segment} has nothing in the last ${after} ${period}s in which others have something.`;
  return [
    ...(before < LATE[period] ? [] : [{ segment, period: first, code: "segment-appears" as const, message: appears }]),
    ...(after < LATE[period] ? [] : [{ segment, period: last, code: "segment-vanishes" as const, message: vanishes }]),
  ];
}

/** Runs of due days or weeks without data, each as one; days on which nothing is due do not end a run. */
function missing(segment: string | null, sorted: readonly string[], period: Period): Gap[] {
  if (period === "send") return [];
  const calendar = calendarOf(sorted, period === "day" ? 1 : 7);
  const has = new Set(sorted);
  const slotOf = (date: string) => (period === "day" ? weekdayOf(date) : 0);
  const due = (date: string) => {
    const alike = calendar.filter((one) => slotOf(one) === slotOf(date));
    return 2 * alike.filter((one) => has.has(one)).length >= alike.length;
  };
  const dueOn = new Map(calendar.slice(0, 7).map((date) => [slotOf(date), due(date)]));
  const runs: string[][] = [];
  let goesOn = false;
  for (const date of calendar) {
    if (has.has(date)) goesOn = false;
    else if (dueOn.get(slotOf(date)) === true) {
      if (goesOn) runs.at(-1)?.push(date);
      else runs.push([date]);
      goesOn = true;
    }
  }
  return runs.map((run) => {
    const [from = ""] = run;
    const what =
      run.length === 1
        ? periodWords(from, period)
        : `${run.length} ${period}s, ${periodRange(from, run.at(-1) ?? from, period)}`;
    return {
      segment,
      period: from,
      code: "cohort-missing",
      message: `${segment === null ? "No segment has" : `${segment} has no`} data for ${what}.`,
    };
  });
}

const DAY = 86_400_000;

/** Every date from the first to the last, so many days apart. */
function calendarOf(sorted: readonly string[], step: number): string[] {
  const [first, last] = [sorted[0], sorted.at(-1)].map((date) => Date.parse(`${date}T00:00:00Z`) / DAY);
  if (first === undefined || last === undefined || !(last >= first)) return [];
  return Array.from({ length: Math.floor((last - first) / step) + 1 }, (_, i) =>
    new Date((first + i * step) * DAY).toISOString().slice(0, 10),
  );
}
