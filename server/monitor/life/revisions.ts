import { wordsOf } from "../explain/alert.ts";
import { comparePeriods, periodWords } from "../period.ts";

/** The cohorts of a series that were old enough to be judged: period, n and x of each. */
export interface JudgedSeries {
  readonly segment: string;
  readonly metric: string;
  readonly cohorts: readonly (readonly [period: string, n: number, x: number])[];
}

/** A cohort that was judged with other counts than it has now. */
export interface Revision {
  readonly segment: string;
  readonly metric: string;
  readonly period: string;
  readonly message: string;
}

/**
 * Cohorts that were judged, and count otherwise now, or are gone; by series and period. Of series that are not there any
 * more, and of what is older than the first cohort now, nothing is told.
 */
export function revisions(before: readonly JudgedSeries[], now: readonly JudgedSeries[]): Revision[] {
  const keyOf = ({ segment, metric }: JudgedSeries) => JSON.stringify([segment, metric]);
  const current = new Map(now.map((series) => [keyOf(series), series.cohorts]));
  return before.flatMap((known) => {
    const cohorts = current.get(keyOf(known));
    const first = cohorts?.[0]?.[0];
    if (cohorts === undefined || first === undefined) return [];
    const counts = new Map(cohorts.map(([period, n, x]) => [period, { n, x }]));
    return known.cohorts.flatMap(([period, n, x]) => {
      if (comparePeriods(period, first) < 0) return [];
      const is = counts.get(period);
      if (is !== undefined && is.n === n && is.x === x) return [];
      const { segment, metric } = known;
      const today = is === undefined ? "is not there any more" : `is now ${is.x} of ${is.n}`;
      return [
        {
          segment,
          metric,
          period,
          message: `${segment}, ${wordsOf(metric).words}, ${when(period)}: was judged with ${x} of ${n}, and ${today}.`,
        },
      ];
    });
  });
}

/** A day as it is said; what is none is a send's id. */
function when(period: string): string {
  return periodWords(period, /^\d{4}-\d{2}-\d{2}$/.test(period) ? "day" : "send");
}
