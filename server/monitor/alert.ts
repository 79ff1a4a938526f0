import type { Effect } from "./effect.ts";
import { explain } from "./explain.ts";
import { metricNamed } from "./metrics.ts";
import type { Alert, DetectOptions } from "./model.ts";
import type { Series } from "./series.ts";
import { suddenChanges } from "./sudden.ts";
import { type Course, type Episode, SETTLING } from "./watch.ts";

/** An episode as the row that is shown: indexes become periods. */
export function toAlert(one: Series, episode: Episode, moved: Effect, options: DetectOptions): Alert {
  const at = (index: number) => one.periods[index] ?? "";
  const { change, alerted, opened, confirmed } = episode;
  const verdict = episode.closed === null ? "rate" : "spike";
  const detected = alerted ?? opened;
  const metric = metricNamed(options.metric);
  return {
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
    explanation: explain({
      segment: one.segment,
      words: metric?.words ?? options.metric,
      events: metric?.events ?? "members",
      kind: options.metric === "size" ? "size" : "rate",
      period: options.period,
      effect: moved,
      change: { at: at(change.at), from: at(change.from), to: at(change.to) },
      verdict,
      minRelativeChange: options.minRelativeChange,
      settling: one.periods.length - 1 - detected < SETTLING ? "settling" : "settled",
    }),
  };
}

/** Rows of the plain rule for sizes, where no alert of the detector was raised within a week. */
export function suddenAlerts(one: Series, course: Course | null, options: DetectOptions): Alert[] {
  const apart = options.period === "day" ? 7 : 1;
  const at = (index: number) => one.periods[index] ?? "";
  return suddenChanges(one.x, apart).flatMap(({ detected, at: changed, from }) => {
    const known = course?.episodes.some(
      ({ alerted, change }) => alerted !== null && Math.abs(change.at - changed) <= apart,
    );
    if (known === true) return [];
    const before = one.x[from - 1] ?? 0;
    const after = one.x[detected] ?? 0;
    const relative = before > 0 ? after / before - 1 : null;
    const change = { at: at(changed), from: at(from), to: at(detected) };
    const moved = { before, after, relative, low: null, high: null, extra: after - before };
    const alert: Alert = {
      segment: one.segment,
      metric: options.metric,
      tier: "alert",
      direction: after < before ? "down" : "up",
      detected_at: at(detected),
      confirmed_at: null,
      change_at: change.at,
      change_from: change.from,
      change_to: change.to,
      rate_before: before,
      rate_after: after,
      relative_change: relative,
      low: null,
      high: null,
      evidence: known === undefined ? 0 : Math.max(0, course?.evidence[detected] || 0),
      verdict: "rate",
      explanation: explain({
        segment: one.segment,
        words: "size",
        events: "members",
        kind: "size",
        period: options.period,
        effect: moved,
        change,
        verdict: "rate",
        minRelativeChange: options.minRelativeChange,
        settling: "settled",
      }),
    };
    return [alert];
  });
}
