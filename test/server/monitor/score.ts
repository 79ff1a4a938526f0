import { detect } from "../../../server/monitor/detect.ts";
import type { Alert, Count } from "../../../server/monitor/model.ts";
import { CALM, indexOf, simulate, type Truth, type World } from "./simulation.ts";

/** A method for watching opens: which alarms does it raise, by segment and day index, each with the day it dates the change to. */
export type Method = (counts: readonly Count[], baseline: number) => readonly Alarm[];

export interface Alarm {
  readonly segment: string;
  readonly day: number;
  readonly change: number | null;
  readonly from: number | null;
  readonly to: number | null;
}

/** Alarms of one segment less than this many days apart are one episode. */
const APART = 7;

/** The detector, at or above a tier. */
export function detector(tier: "alert" | "confirmed"): Method {
  return (counts, baseline) => {
    const options = { metric: "open_rate", period: "day", baseline, minRelativeChange: 0.05 } as const;
    const when = (alert: Alert) =>
      tier === "confirmed" ? alert.confirmed_at : alert.tier === "watch" ? null : alert.detected_at;
    return detect(counts, options).alerts.flatMap((alert) => {
      const at = when(alert);
      if (at === null) return [];
      const [change, from, to] = [alert.change_at, alert.change_from, alert.change_to].map(indexOf);
      return [{ segment: alert.segment, day: indexOf(at), change: change ?? null, from: from ?? null, to: to ?? null }];
    });
  };
}

/** Episodes a run in worlds without drift. */
export function falseEpisodes(method: Method, world: Partial<World>, seeds: readonly number[]): number {
  let total = 0;
  for (const seed of seeds) {
    const { counts } = simulate({ ...CALM, ...world, seed });
    total += episodes(method(counts, CALM.baseline)).length;
  }
  return total / seeds.length;
}

export interface Found {
  /** Shares of the drops found within 14 and 28 days and at all; the median day of finding (1 is the day itself). */
  readonly within14: number;
  readonly within28: number;
  readonly ever: number;
  readonly medianDay: number;
  /** Of flagged segments, the share where nothing had dropped. */
  readonly falseShare: number;
  /** Median error of the change point in days, and the share of sets that hold the truth; NaN where a method dates nothing. */
  readonly medianError: number;
  readonly held: number;
}

/** How a method finds drops of a share in ten of fifty segments. */
export function findDrops(method: Method, fall: number, seeds: readonly number[]): Found {
  const days: number[] = [];
  const errors: number[] = [];
  let held = 0;
  let flagged = 0;
  let wrong = 0;
  for (const seed of seeds) {
    const { counts, truths } = simulate({ ...CALM, drops: 10, fall, seed });
    const alarms = method(counts, CALM.baseline);
    const dropped = new Set(truths.map(({ segment }) => segment));
    const segments = new Set(alarms.map(({ segment }) => segment));
    flagged += segments.size;
    wrong += [...segments].filter((segment) => !dropped.has(segment)).length;
    for (const truth of truths) {
      const first = firstAfter(alarms, truth);
      days.push(first === null ? Infinity : first.day - truth.at + 1);
      if (first?.change == null) continue;
      errors.push(Math.abs(first.change - truth.at));
      if ((first.from ?? Infinity) <= truth.at && truth.at <= (first.to ?? -Infinity)) held += 1;
    }
  }
  const share = (limit: number) => days.filter((day) => day <= limit).length / days.length;
  return {
    within14: share(14),
    within28: share(28),
    ever: share(1e6),
    medianDay: median(days),
    falseShare: flagged === 0 ? 0 : wrong / flagged,
    medianError: median(errors),
    held: held / errors.length,
  };
}

function firstAfter(alarms: readonly Alarm[], truth: Truth): Alarm | null {
  const own = alarms.filter(({ segment, day }) => segment === truth.segment && day >= truth.at);
  return own.sort((a, b) => a.day - b.day)[0] ?? null;
}

function episodes(alarms: readonly Alarm[]): Alarm[] {
  const sorted = [...alarms].sort((a, b) => (a.segment < b.segment ? -1 : a.segment > b.segment ? 1 : a.day - b.day));
  return sorted.filter((alarm, i) => {
    const before = sorted[i - 1];
    return before === undefined || before.segment !== alarm.segment || alarm.day - before.day >= APART;
  });
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
