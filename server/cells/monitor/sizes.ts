import type { Clock } from "../../language/vocabulary.ts";
import type { Count } from "../../monitor/model.ts";
import type { Cohorts } from "./cohorts.ts";
import { isOver, periodOf, type Refreshed } from "./refreshes.ts";

/** Sizes of segments as refreshes recorded them: of each period that is over the last. */
export function sizeCohorts(refreshes: readonly Refreshed[], period: "day" | "week", clock: Clock): Cohorts {
  const last = new Map<string, Count>();
  for (const { moment, sizes } of refreshes) {
    const at = periodOf(moment, period, clock);
    const mature = isOver(at, period, clock.asOf, clock);
    for (const [segment, { people }] of sizes) {
      last.set(`${segment}\n${at}`, { segment, period: at, n: 1, x: people, mature });
    }
  }
  return { metric: "size", counts: [...last.values()] };
}
