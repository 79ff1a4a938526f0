import type { Candidates } from "../../../server/monitor/detector/splits.ts";

/** All candidates from `first` on, seen from the last of them. */
export function all(first: number, last: number): Candidates {
  return { first, last, end: last };
}
