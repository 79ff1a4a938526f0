import { startsAnew } from "../detector/anew.ts";
import type { Series } from "../detector/series.ts";
import { type Course, type Episode, SETTLING } from "../detector/watch.ts";
import { metricNamed } from "../metrics.ts";
import type { Alert, DetectOptions } from "../model.ts";
import { cohortsAWeek } from "../period.ts";
import { type Sudden, suddenChanges } from "../population/sudden.ts";
import type { Effect } from "./effect.ts";
import { explain, type Finding, MACHINES } from "./explain.ts";

/** An alert with what its sentence is made of, and the periods that it was found by. */
export interface FoundAlert extends Alert {
  readonly finding: Finding;
  /** The first period of the level before, and the last that the change is estimated from. */
  readonly from: string;
  readonly last: string;
}

/** An alert of which more is known. */
export function retold(alert: FoundAlert, known: Partial<Finding>): FoundAlert {
  const finding = { ...alert.finding, ...known };
  return { ...alert, verdict: finding.verdict, finding, explanation: explain(finding) };
}

/** What a metric is called in a sentence, and what it counts. */
export function wordsOf(name: string): { words: string; events: string } {
  const metric = metricNamed(name);
  const words = name === "machine_open_rate" ? MACHINES : (metric?.words ?? name);
  return { words, events: metric?.events ?? "members" };
}

/** An episode as the row that is shown: indexes become periods. */
export function toAlert(
  one: Series,
  episode: Episode,
  { moved, pace }: { moved: Effect; pace: Finding["pace"] },
  options: DetectOptions,
): FoundAlert {
  const at = (index: number) => one.periods[index] ?? "";
  const { change, alerted, opened, confirmed } = episode;
  const verdict = episode.closed !== null ? "spike" : pace === "gradual" ? "gradual" : "rate";
  const detected = alerted ?? opened;
  const span = { from: at(episode.era.from), last: at(episode.last) };
  const finding: Finding = {
    ...{
      segment: one.segment,
      ...wordsOf(options.metric),
      proviso: options.proviso ?? null,
      kind: options.metric === "size" ? "size" : "rate",
    },
    ...{ period: options.period, effect: moved, verdict, pace, minRelativeChange: options.minRelativeChange },
    change: { at: at(change.at), from: at(change.from), to: at(change.to) },
    settling: one.periods.length - 1 - detected < SETTLING ? "settling" : "settled",
    cohortsAWeek: cohortsAWeek(span, episode.last - episode.era.from, options.period),
    causes: [],
  };
  return {
    ...span,
    finding,
    segment: one.segment,
    metric: options.metric,
    tier: episode.tier,
    direction: moved.after < moved.before ? "down" : "up",
    detected_at: at(detected),
    confirmed_at: confirmed === null ? null : at(confirmed),
    change_at: at(change.at),
    change_from: at(change.from),
    change_to: at(change.to),
    rate_before: moved.before,
    rate_after: moved.after,
    relative_change: moved.relative,
    low: moved.low,
    high: moved.high,
    evidence: episode.peak,
    verdict,
    explanation: explain(finding),
  };
}

/**
 * Adds what the plain rule for sizes sees: it raises the detector's watch of the same change, and is a row of its own where
 * the detector has none. `alerts` has one row an episode of the course.
 */
export function withSudden(
  alerts: readonly FoundAlert[],
  one: Series,
  course: Course | null,
  options: DetectOptions,
): FoundAlert[] {
  const apart = options.period === "day" ? 7 : 1;
  const rows = [...alerts];
  const anew = startsAnew(one, options.rebaselines ?? []);
  const added = suddenChanges(one.x, { apart, at: placesOf(one.periods, options.period), anew }).flatMap((sudden) => {
    const same = course?.episodes.findIndex(({ change }) => Math.abs(change.at - sudden.at) <= apart) ?? -1;
    const known = rows[same];
    if (known === undefined) return [suddenAlert(sudden, one, course, options)];
    if (known.tier === "watch") {
      rows[same] = { ...known, tier: "alert", detected_at: one.periods[sudden.detected] ?? "" };
    }
    return [];
  });
  return [...rows, ...added];
}

const DAY = 86_400_000;

/** Days, weeks or, of sends, places: a period without a size takes up its room. */
function placesOf(periods: readonly string[], period: DetectOptions["period"]): number[] {
  if (period === "send") return periods.map((_, index) => index);
  return periods.map((one) => Math.round(Date.parse(`${one}T00:00:00Z`) / (period === "day" ? DAY : 7 * DAY)));
}

function suddenAlert(sudden: Sudden, one: Series, course: Course | null, options: DetectOptions): FoundAlert {
  const at = (index: number) => one.periods[index] ?? "";
  const before = one.x[sudden.from - 1] ?? 0;
  const after = one.x[sudden.detected] ?? 0;
  const relative = before > 0 ? after / before - 1 : null;
  const change = { at: at(sudden.at), from: at(sudden.from), to: at(sudden.detected) };
  const sum = course?.evidence[sudden.detected] ?? Number.NaN;
  const finding: Finding = {
    ...{ segment: one.segment, ...wordsOf("size"), proviso: null, kind: "size", period: options.period, change },
    effect: { before, after, relative, low: null, high: null, extra: after - before, error: 0 },
    ...{ verdict: "rate", pace: "at once", minRelativeChange: options.minRelativeChange, settling: "settled" },
    ...{ cohortsAWeek: 0, causes: [] },
  };
  return {
    ...{ from: at(0), last: change.to, finding },
    ...{ segment: one.segment, metric: options.metric, tier: "alert", direction: after < before ? "down" : "up" },
    ...{ detected_at: change.to, confirmed_at: null, change_at: change.at },
    ...{ change_from: change.from, change_to: change.to },
    ...{ rate_before: before, rate_after: after, relative_change: relative, low: null, high: null },
    evidence: Number.isNaN(sum) ? 0 : sum,
    verdict: finding.verdict,
    explanation: explain(finding),
  };
}
