import { Temporal } from "temporal-polyfill";
import { periodWords } from "../../monitor/period.ts";
import { type Ended, type OldData, type Staleness, staleness } from "../../monitor/population/staleness.ts";
import type { RunContext } from "../kind.ts";
import type { Cohorts } from "./cohorts.ts";
import { periodOf, type Refreshed } from "./refreshes.ts";
import type { MonitorBody } from "./schema.ts";
import type { SetAside } from "./set-aside.ts";

interface Known {
  readonly cohorts: readonly Cohorts[];
  readonly refreshes: readonly Refreshed[];
  /** What is odd about the cohorts. */
  readonly setAside: readonly SetAside[];
}

/** Whether what is said of each segment still holds. */
export async function stalenessOf(
  body: MonitorBody,
  { cohorts, refreshes, setAside }: Known,
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
    ...{ segments, now: clock.asOf, old: old.map((one) => ({ ...one, newest: timeWords(one.newest) })) },
    ended: endedOf(body, setAside, clock.zone),
    refreshes: refreshes.map(({ moment, sizes }) => ({
      moment,
      moved: new Map([...sizes].map(([segment, { entered, left }]) => [segment, entered + left])),
    })),
    day: (moment) => periodWords(periodOf(moment, "day", clock), "day"),
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

/** Of cohorts that come counted, segments that have none any more: of sends, that nobody was sent any is no fault of the data. */
function endedOf({ counts, period }: MonitorBody, setAside: readonly SetAside[], zone: string): Ended[] {
  if (counts === null) return [];
  return setAside.flatMap(({ code, segment, period: last, message }) => {
    if (code !== "segment-vanishes" || segment === null || last === null) return [];
    const next = period === "send" ? null : Temporal.PlainDate.from(last).add({ days: period === "day" ? 1 : 7 });
    const since = next === null ? null : next.toZonedDateTime({ timeZone: zone }).epochMilliseconds;
    return [{ segment, since, why: `Its last is of ${periodWords(last, period)}: ${message}` }];
  });
}

/** `2 Mar`, `2 Mar 09:30`: a time as the engine writes it. */
function timeWords(text: string): string {
  const [, day, time = "00:00"] = /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2}))?/.exec(text) ?? [];
  if (day === undefined) return text;
  return time === "00:00" ? periodWords(day, "day") : `${periodWords(day, "day")} ${time}`;
}

export function dayOf(moment: number, zone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(moment).toZonedDateTimeISO(zone).toPlainDate().toString();
}
