import type { Goal } from "./goals.ts";
import { type Measure, measured } from "./measures.ts";
import type { Score } from "./score.ts";

/** A figure with its standard error. */
export function figure(measure: Measure, shown: Goal["shown"], scores: readonly Score[]): string {
  const { value, error } = measured(measure, scores);
  if (Number.isNaN(value)) return "–";
  return value === Infinity ? "never" : `${written(value, shown)} ± ${written(error, shown)}`;
}

export function demand({ most, least, shown }: Goal): string {
  if (most !== undefined) return `≤ ${written(most, shown)}`;
  return least === undefined ? "" : `≥ ${written(least, shown)}`;
}

export function verdict({ most, least }: Goal, value: number): string {
  if (most === undefined && least === undefined) return "";
  return (most === undefined || value <= most) && (least === undefined || value >= least) ? "met" : "NOT MET";
}

function written(value: number, shown: Goal["shown"]): string {
  if (Number.isNaN(value)) return "–";
  if (shown === "percent") return `${(100 * value).toFixed(1)} %`;
  if (shown === "days") return value.toFixed(value % 1 === 0 ? 0 : 1);
  return value.toFixed(shown === "share" ? 3 : 2);
}
