import type { ClusterDrift } from "./clustering-drift.ts";

/** From here on a movement is one to act on, in the cluster's own standard deviations: a small effect (Cohen 1988). */
const NOTABLE = 0.2;

/** What is to be said of a cluster that moved beyond noise and far enough to matter; null of any other. */
export function driftWords(drift: ClusterDrift, since: string): string | null {
  const { name, column, deviations, standardErrors, isBeyondNoise } = drift;
  if (!isBeyondNoise || Math.abs(deviations) < NOTABLE || column === null) return null;
  const way = deviations > 0 ? "up" : "down";
  const [far, errors] = [deviations, standardErrors].map((value) => tenths(Math.abs(value)));
  return `\`${name}\` moved ${since}: ${column} is ${way} by ${far} of its standard deviations, ${errors} standard errors.`;
}

function tenths(value: number): string {
  return value.toLocaleString("en", { minimumFractionDigits: 1, maximumFractionDigits: 1 });
}
