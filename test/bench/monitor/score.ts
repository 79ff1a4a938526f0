import { eDetector } from "../../../server/cells/monitor/kernels.ts";
import { detect } from "../../../server/monitor/detector/detect.ts";
import type { Alert, Count } from "../../../server/monitor/model.ts";
import { indexOf, type Truth } from "./simulate.ts";
import { CALM } from "./worlds.ts";

/** A method for watching opens: which alarms does it raise, by segment and day index, each with the day it dates the change to. */
export type Method = (counts: readonly Count[]) => readonly Alarm[];

export interface Alarm {
  readonly segment: string;
  readonly day: number;
  readonly change: number | null;
  readonly from: number | null;
  readonly to: number | null;
}

/** What became of one run. */
export interface Score {
  /** Alarms, those of one segment less than seven days apart counted once. */
  readonly episodes: number;
  /** Days until each true change was found, 1 being its first; Infinity where it never was. */
  readonly delays: readonly number[];
  /** Segments with an alarm, and those of them where nothing changed. */
  readonly flagged: number;
  readonly wrong: number;
  /** Of the changes that were found and dated: days that the date is off, and whether the set holds the truth. */
  readonly errors: readonly number[];
  readonly held: readonly boolean[];
}

const APART = 7;

/** The detector, at or above a tier. */
export function detector(
  tier: "alert" | "confirmed",
  alertsOf: (counts: readonly Count[]) => readonly Alert[],
): Method {
  const when = (alert: Alert) =>
    tier === "confirmed" ? alert.confirmed_at : alert.tier === "watch" ? null : alert.detected_at;
  return (counts) =>
    alertsOf(counts).flatMap((alert) => {
      const at = when(alert);
      if (at === null) return [];
      const [change, from, to] = [alert.change_at, alert.change_from, alert.change_to].map(indexOf);
      return [{ segment: alert.segment, day: indexOf(at), change: change ?? null, from: from ?? null, to: to ?? null }];
    });
}

/** Alerts of a world, found once for all tiers. */
export function found(grid: "full" | "thinned"): (counts: readonly Count[]) => readonly Alert[] {
  const options = {
    metric: "open_rate",
    period: "day",
    baseline: CALM.baseline,
    minRelativeChange: 0.05,
    grid,
    eDetector: eDetector(),
  } as const;
  return once((counts) => detect(counts, options).alerts);
}

/** What is worked out of a world's cohorts, kept while they are. */
export function once<Result>(work: (counts: readonly Count[]) => Result): (counts: readonly Count[]) => Result {
  const known = new WeakMap<readonly Count[], { readonly result: Result }>();
  return (counts) => {
    const made = known.get(counts) ?? { result: work(counts) };
    known.set(counts, made);
    return made.result;
  };
}

export function score(alarms: readonly Alarm[], truths: readonly Truth[]): Score {
  const changed = new Set(truths.map(({ segment }) => segment));
  const segments = new Set(alarms.map(({ segment }) => segment));
  const first = truths.map((truth) => ({ truth, alarm: firstAfter(alarms, truth) }));
  const dated = first.flatMap(({ truth, alarm }) =>
    alarm === null || alarm.change === null ? [] : [{ at: truth.at, ...alarm, change: alarm.change }],
  );
  return {
    episodes: episodes(alarms),
    delays: first.map(({ truth, alarm }) => (alarm === null ? Infinity : alarm.day - truth.at + 1)),
    flagged: segments.size,
    wrong: [...segments].filter((segment) => !changed.has(segment)).length,
    errors: dated.map(({ at, change }) => Math.abs(change - at)),
    held: dated.map(({ at, from, to }) => (from ?? Infinity) <= at && at <= (to ?? -Infinity)),
  };
}

function firstAfter(alarms: readonly Alarm[], truth: Truth): Alarm | null {
  const own = alarms.filter(({ segment, day }) => segment === truth.segment && day >= truth.at);
  return own.sort((a, b) => a.day - b.day)[0] ?? null;
}

function episodes(alarms: readonly Alarm[]): number {
  const sorted = [...alarms].sort((a, b) => (a.segment < b.segment ? -1 : a.segment > b.segment ? 1 : a.day - b.day));
  return sorted.filter((alarm, i) => {
    const before = sorted[i - 1];
    return before === undefined || before.segment !== alarm.segment || alarm.day - before.day >= APART;
  }).length;
}
