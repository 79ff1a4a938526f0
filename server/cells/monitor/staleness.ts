import { Temporal } from "temporal-polyfill";
import { type OldData, type Staleness, staleness } from "../../monitor/population/staleness.ts";
import type { RunContext } from "../kind.ts";
import type { Cohorts } from "./cohorts.ts";
import { periodOf, type Refreshed } from "./refreshes.ts";
import type { MonitorBody } from "./schema.ts";

/** Whether what is said of each segment still holds. */
export async function stalenessOf(
  body: MonitorBody,
  { cohorts, refreshes }: { cohorts: readonly Cohorts[]; refreshes: readonly Refreshed[] },
  context: RunContext,
): Promise<Staleness[]> {
  const { clock } = context;
  const counted = cohorts.flatMap(({ counts }) => counts.map(({ segment }) => segment));
  const recorded = refreshes.flatMap(({ sizes }) => [...sizes.keys()]);
  const segments = [...new Set([...counted, ...recorded])];
  const cellOf = new Map(refreshes.flatMap(({ sizes }) => [...sizes].map(([segment, { cell }]) => [segment, cell])));
  const old: OldData[] = [];
  for (const relation of new Set([body.counts ?? body.sends ?? "", ...(body.segments ?? [])])) {
    const isOfAll = body.segments === null || relation === body.sends || body.segments.length === 1;
    const own = isOfAll ? segments : segments.filter((segment) => cellOf.get(segment) === relation);
    for (const source of await context.oldSources(relation)) {
      const known = old.find((one) => one.source === source.source);
      if (known === undefined) old.push({ ...source, segments: own });
      else old[old.indexOf(known)] = { ...known, segments: [...known.segments, ...own] };
    }
  }
  return staleness({
    ...{ segments, now: clock.asOf, old },
    refreshes: refreshes.map(({ moment, sizes }) => ({
      moment,
      moved: new Map([...sizes].map(([segment, { entered, left }]) => [segment, entered + left])),
    })),
    day: (moment) => periodOf(moment, "day", clock),
  });
}

/** The cohorts with those of stale segments waiting, from the day on since which they are: nothing is judged by them, nor forgotten. */
export function waiting(cohorts: readonly Cohorts[], stale: readonly Staleness[], zone: string): Cohorts[] {
  const since = new Map(
    stale.flatMap((one) => (one.since === null ? [] : [[one.segment, dayOf(one.since, zone)] as const])),
  );
  if (since.size === 0) return [...cohorts];
  return cohorts.map(({ metric, counts }) => ({
    metric,
    counts: counts.map((count) => {
      const from = since.get(count.segment);
      return from !== undefined && count.period >= from ? { ...count, mature: false } : count;
    }),
  }));
}

export function dayOf(moment: number, zone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(moment).toZonedDateTimeISO(zone).toPlainDate().toString();
}
