import type { Problem } from "./model.ts";

/** Whether what came back is a problem and not the thing asked for. */
export function isProblem<T extends object | string | number | null>(outcome: T | Problem): outcome is Problem {
  return typeof outcome === "object" && outcome !== null && "severity" in outcome && "hint" in outcome;
}
