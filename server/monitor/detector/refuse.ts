import type { Count, DetectOptions } from "../model.ts";
import { periodWords } from "../period.ts";

/** A cohort that was not taken, and why. */
export interface Refusal {
  readonly segment: string;
  readonly period: string;
  readonly code: "cohort-revised" | "cohort-not-counts" | "cohort-more-events";
  readonly message: string;
  readonly hint: string;
}

/** Why a cohort can't be taken, `known` being the one of its segment and period that was taken before; null where it can. */
export function refusalOf(
  count: Count,
  known: Count | undefined,
  { metric, period: kind }: Pick<DetectOptions, "metric" | "period">,
): Refusal | null {
  const { segment, period, n, x } = count;
  const what = `${segment}, ${periodWords(period, kind)}`;
  const refused = (code: Refusal["code"], message: string, hint: string) => ({ segment, period, code, message, hint });
  if (!(Number.isFinite(n) && Number.isFinite(x) && n >= 0 && x >= 0)) {
    const hint = "Count with count(*), or leave the cohort out until it is known.";
    return refused("cohort-not-counts", `${what}: ${x} of ${n} are no counts.`, hint);
  }
  if (metric !== "size" && x > n) {
    const hint = "Count people, each once, not their events; those who opened must have been delivered to.";
    return refused("cohort-more-events", `${what}: ${x} events of ${n} who could have had one.`, hint);
  }
  if (known?.mature !== true || (count.mature && known.n === n && known.x === x)) return null;
  const was = `${known.x} of ${known.n}`;
  const now = count.mature ? `${x} of ${n}` : `${x} of ${n} and not old enough any more`;
  return refused(
    "cohort-revised",
    `${what}: was judged with ${was}, and is now ${now}. The first figure stays.`,
    "Let cohorts mature for longer, or judge the series anew from its beginning.",
  );
}
