import { laneyChart, pChart } from "../monitor/charts.ts";
import type { SeriesPoint } from "./series-points.ts";

/** Other ways of watching a rate, for comparison. */
export const COMPARISONS = ["none", "p", "laney"] as const;
export type Comparison = (typeof COMPARISONS)[number];

/** Limits of a control chart, a pair a point; null where nothing was sent or not all is in yet. */
export interface ComparisonLimits {
  readonly limits: readonly ({ readonly low: number; readonly high: number } | null)[];
  readonly out: readonly boolean[];
  /** How many mature periods after the baseline are outside. */
  readonly outside: number;
  /** Laney's σ_z; 1 for a plain p-chart. */
  readonly spread: number;
}

/** A p-chart's or Laney's limits over a series, of the same baseline as the detector's; null while that is too short. */
export function comparisonLimits(
  points: readonly SeriesPoint[],
  comparison: Exclude<Comparison, "none">,
): ComparisonLimits | null {
  const at = points.flatMap(({ mature, delivered, events }, index) =>
    mature && events !== null && (delivered ?? 0) > 0 ? [index] : [],
  );
  const charted = {
    n: at.map((index) => points[index]?.delivered ?? 0),
    x: at.map((index) => points[index]?.events ?? 0),
  };
  const baseline = at.filter((index) => points[index]?.flag === "learning").length;
  if (baseline < 3 || charted.x.slice(0, baseline).every((events) => events === 0)) return null;
  const chart = comparison === "p" ? pChart(charted, baseline) : laneyChart(charted, baseline);
  const limits: ({ low: number; high: number } | null)[] = points.map(() => null);
  const out = points.map(() => false);
  at.forEach((index, place) => {
    limits[index] = chart.limits[place] ?? null;
    out[index] = place >= baseline && (chart.out[place] ?? false);
  });
  return { limits, out, outside: out.filter(Boolean).length, spread: chart.spread };
}
