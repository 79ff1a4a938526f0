import { countDistinct } from "./distinct.ts";
import { type Fault, type Finding, fault, good, type Outcome } from "./outcome.ts";
import type { Shape } from "./points.ts";
import { matrixSource } from "./row-source.ts";

/**
 * The k among those asked for that the points can have: no more than there are different rows. Those left out are a finding;
 * where none is left, a fault: `k-not-whole`, `k-above-rows`, `k-above-distinct-rows`.
 */
export function possibleCounts(
  points: Float64Array,
  { rows, columns }: Shape,
  asked: readonly number[],
): Outcome<{ readonly ks: readonly number[]; readonly findings: readonly Finding[] }> {
  const distinct = countDistinct(matrixSource(points, { rows, columns }), Math.max(...asked));
  const refusals = asked.map((k) => checkClusterCount(k, rows, distinct));
  const ks = asked.filter((_, at) => refusals[at] === null);
  const first = refusals.find((refusal) => refusal !== null) ?? null;
  if (first === null) return good({ ks, findings: [] });
  if (ks.length === 0) return first;
  const { code, message, hint } = first;
  return good({
    ks,
    findings: [{ code, column: null, message: `${message} It is left out, with any above it.`, hint }],
  });
}

/** Says what makes k impossible for so many rows, of which `distinct` differ in the scaled columns. Null where k is possible. */
export function checkClusterCount(k: number, rows: number, distinct: number): Fault | null {
  if (!Number.isInteger(k) || k < 1) return fault("k-not-whole", `k is ${k}.`, "Give a whole number from 1.");
  if (k > rows) {
    return fault(
      "k-above-rows",
      `k is ${k}, but there ${rows === 1 ? "is only 1 row" : `are only ${rows.toLocaleString("en")} rows`}.`,
      `Set k to at most ${rows}, or check why there are so few rows.`,
    );
  }
  if (k > distinct) {
    return fault(
      "k-above-distinct-rows",
      `k is ${k}, but the columns tell only ${distinct.toLocaleString("en")} of the ${rows.toLocaleString("en")} rows apart.`,
      `Set k to at most ${distinct}, or add columns that differ.`,
    );
  }
  return null;
}
