import { printDuration } from "../../language/print-operand.ts";
import type { EventCondition } from "../../language/tree.ts";
import type { JsonObject } from "../json.ts";
import { atom, type Formula, type Sense } from "../logic.ts";
import { countOf, idOf, type Platform, unsaid } from "../platform.ts";
import { timeframeOf } from "./dates.ts";
import { metricFilters } from "./metric-filters.ts";

/** How long a funnel may take, as Klaviyo lets one choose. */
export const COMPLETION: Readonly<Record<string, string>> = {
  "1 hour": "HOURS_1",
  "1 day": "DAYS_1",
  "3 days": "DAYS_3",
  "5 days": "DAYS_5",
  "1 week": "WEEKS_1",
  "30 days": "DAYS_30",
  "90 days": "DAYS_90",
  "180 days": "DAYS_180",
  "1 year": "YEARS_1",
};

/** A sequence as a funnel: within one of a few lengths, in a time frame, and never negated. */
export function writeFunnel(
  rule: EventCondition & { kind: "sequence" },
  sense: Sense,
  platform: Platform,
): Formula<JsonObject> | null {
  if (sense === "fails")
    return unsaid(
      platform,
      rule,
      "NOT of a sequence",
      "Make the sequence a segment of its own, and ask NOT IN SEGMENT.",
    );
  const hours = rule.within.unit === "hour" ? countOf(rule.within) : 0;
  const days = rule.within.unit === "week" ? 7 * countOf(rule.within) : hours % 24 === 0 ? hours / 24 : 0;
  const same = days === 7 ? "1 week" : days > 0 ? `${days} day${days === 1 ? "" : "s"}` : "";
  const written = printDuration(rule.within).replace(/^7 days$/, "1 week");
  const completion = COMPLETION[written] ?? COMPLETION[same];
  if (completion === undefined)
    return unsaid(platform, rule, `a sequence within ${written}`, `It may take ${Object.keys(COMPLETION).join(", ")}.`);
  if (
    rule.window === null ||
    rule.window.kind === "before" ||
    rule.window.kind === "after" ||
    rule.window.kind === "ago"
  )
    return unsaid(
      platform,
      rule,
      "a sequence without a stretch of time that it lies in",
      "Add `in last 90 days`, or BETWEEN two dates.",
    );
  const timeframe = timeframeOf(rule.window, { platform, rule });
  const steps = rule.steps.map((step) => {
    const filters = step.where === null ? [] : metricFilters(step.where, rule, { step, platform });
    if (filters === null) return null;
    const id = idOf(platform, "event", step.words);
    return { metric_exists: true, metric_id: id, ...(filters.length > 0 ? { metric_filters: filters } : {}) };
  });
  const whole = steps.filter((step) => step !== null);
  if (timeframe === null || whole.length < steps.length) return null;
  return atom({
    type: "profile-metric-funnel",
    timeframe_filter: timeframe,
    completion_window_seconds: completion,
    steps: whole,
  });
}
