import { type FoundAlert, wordsOf } from "../explain/alert.ts";
import { commonDrifts, withDrifts } from "../explain/common-drift.ts";
import { explainIncident } from "../explain/explain.ts";
import { commonMoves, MOVED, type Move, type Together } from "../explain/incident.ts";
import type { DetectOptions, Incident } from "../model.ts";
import { comparePeriods } from "../period.ts";
import type { Series } from "./series.ts";
import type { Course } from "./watch.ts";

interface Judged {
  readonly one: Series;
  /** Null where the series is too short to be judged. */
  readonly course: Course | null;
}

/** What many segments of one metric have in common: moves on single periods, and drifts since one time. In order. */
export function incidentsOf(
  watched: readonly Judged[],
  alerts: readonly FoundAlert[],
  options: DetectOptions,
): Incident[] {
  const periods = periodsOf(watched, options);
  const drifts = commonDrifts(alerts, (period) => watched.filter((each) => isJudged(each, period, options)).length);
  const { words } = wordsOf(options.metric);
  return withDrifts(commonMoves(periods), drifts, options.period)
    .map(({ opened, direction, segments, moved, of, ...more }) => ({
      opened_at: opened,
      metric: options.metric,
      direction,
      segments,
      explanation: explainIncident(
        {
          metric: words,
          proviso: options.proviso ?? null,
          direction,
          moved,
          of,
          all: segments.length,
          opened,
          set: "from" in more ? more : null,
        },
        options.period,
      ),
    }))
    .sort((a, b) => comparePeriods(a.opened_at, b.opened_at) || (a.direction < b.direction ? -1 : 1));
}

/** Whether a period is among those by which a series is judged; it may have a hole there. */
function isJudged({ one, course }: Judged, period: string, { baseline }: DetectOptions): boolean {
  const [first, last] = [one.periods[baseline], one.periods.at(-1)];
  if (course === null || first === undefined || last === undefined) return false;
  return comparePeriods(first, period) <= 0 && comparePeriods(period, last) <= 0;
}

/** Each period that was judged, in order, with those that moved. */
function periodsOf(watched: readonly Judged[], { baseline }: DetectOptions): Together[] {
  const byPeriod = new Map<string, { present: number; moves: Move[] }>();
  for (const { one, course } of watched) {
    if (course === null) continue;
    for (let i = baseline; i < one.periods.length; i++) {
      const period = one.periods[i] ?? "";
      const together = byPeriod.get(period) ?? { present: 0, moves: [] };
      if (together.present === 0) byPeriod.set(period, together);
      together.present += 1;
      const deviations = course.deviations[i] ?? 0;
      if (Math.abs(deviations) >= MOVED) together.moves.push({ segment: one.segment, deviations });
    }
  }
  return [...byPeriod]
    .map(([period, together]) => ({ period, ...together }))
    .sort((a, b) => comparePeriods(a.period, b.period));
}
