import { type Fault, fault } from "./outcome.ts";

/** Says what makes k impossible for so many rows, of which `distinct` differ in the scaled columns. Null where k is possible. */
export function checkClusterCount(k: number, rows: number, distinct: number): Fault | null {
  if (!Number.isInteger(k) || k < 1) return fault("k-not-whole", `k is ${k}.`, "Give a whole number from 1.");
  if (k > rows) {
    return fault(
      "k-above-rows",
      `k is ${k}, but there are only ${rows} rows.`,
      `Set k to at most ${rows}, or check why there are so few rows.`,
    );
  }
  if (k > distinct) {
    return fault(
      "k-above-distinct-rows",
      `k is ${k}, but the columns tell only ${distinct} of the ${rows} rows apart.`,
      `Set k to at most ${distinct}, or add columns that differ.`,
    );
  }
  return null;
}
