import type { RecordedRefresh } from "../../cells/recorded.ts";
import type { History } from "./read.ts";

/** The refreshes of a history with the sizes of the segments that each recorded, in their order. */
export function recordedRefreshes({ manifest }: History): RecordedRefresh[] {
  return manifest.refreshes.map(({ asOf, sizes }) => ({
    asOf,
    sizes: sizes.flatMap(([number, people, entered, left]) => {
      const slot = manifest.slots[number];
      return slot === undefined ? [] : [{ ...slot, people, entered, left }];
    }),
  }));
}
