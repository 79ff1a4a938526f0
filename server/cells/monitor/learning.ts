import type { Fault } from "../kind.ts";
import type { Cohorts } from "./cohorts.ts";
import type { MonitorBody } from "./schema.ts";

/** How many series have no baseline yet, and for how long still; null where all have. */
export function learningFault(
  cohorts: readonly Cohorts[],
  { baseline, period }: Pick<MonitorBody, "baseline" | "period">,
): (Fault & { severity: "note" }) | null {
  const series = cohorts.flatMap(({ counts }) => {
    const judged = new Map(counts.map(({ segment }) => [segment, 0]));
    for (const { segment, n, mature } of counts)
      if (mature && n > 0) judged.set(segment, (judged.get(segment) ?? 0) + 1);
    return [...judged.values()];
  });
  const lacking = series.map((judged) => baseline - judged).filter((still) => still > 0);
  if (lacking.length === 0) return null;
  const [least, most] = [Math.min(...lacking), Math.max(...lacking)];
  const still = least === most ? `${most}` : `${least} to ${most}`;
  const who = lacking.length === series.length ? "Every series is" : `${lacking.length} of ${series.length} series are`;
  return {
    code: "monitor-learning",
    severity: "note",
    message: `${who} learning: for ${still} more ${period}${most === 1 ? "" : "s"} with data, of a baseline of ${baseline}.`,
    hint: "Nothing is judged before that. A shorter `baseline` is sooner, and less sure.",
  };
}
