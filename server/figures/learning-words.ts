import { field } from "./segmentation.ts";
import type { Series } from "./series-points.ts";

/** Of how many series nothing is expected yet: they can't be said to drift, nor to be steady. */
export type Learning = "none" | "some" | "all";

/** Whether a series has no period yet of which anything was expected. */
export function isLearning({ points }: Pick<Series, "points">): boolean {
  return points.length > 0 && points.every((point) => point.expected === null);
}

export function learningOf(series: readonly Series[]): Learning {
  const count = series.filter(isLearning).length;
  if (count === 0) return "none";
  return count === series.length ? "all" : "some";
}

/** A monitor without a drift, in a sentence. */
export function quietWords(series: readonly Series[]): string {
  const learning = learningOf(series);
  if (learning === "all") return "Whether anything drifts can't be told yet: every series is learning its baseline.";
  if (learning === "some") return "Nothing drifts, as far as it can be told: some series are learning their baseline.";
  return "Nothing drifts: every series is within what was expected.";
}

/** `learning, 12 days more`: periods with data that are still wanting. */
export function learningWords(
  { points }: Pick<Series, "points">,
  { baseline, period }: { readonly baseline: number | null; readonly period: string },
): string {
  if (baseline === null) return "learning its baseline";
  const learnt = points.filter(({ mature, value }) => mature && value !== null).length;
  const still = Math.max(1, baseline - learnt);
  return `learning, ${still} ${period}${still === 1 ? "" : "s"} more`;
}

/** How long a baseline is where a monitor does not say it, in periods. */
const BASELINE = 42;

/** How long a monitor's baseline is, by its body. */
export function baselineOf(body: unknown): number {
  const written = field(body, "baseline");
  return typeof written === "number" ? written : BASELINE;
}
