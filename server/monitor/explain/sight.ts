import type { Watched } from "../detector/detect.ts";
import type { Learnt } from "../detector/series.ts";
import type { DetectOptions } from "../model.ts";
import { cohortsAWeek } from "../period.ts";
import { wordsOf } from "./alert.ts";
import { smallestSeen } from "./power.ts";

/** What could be seen of a series: how small a change to the worse, from now on. */
export interface Sight {
  readonly segment: string;
  readonly metric: string;
  /** Periods of the level that a fall would be from. */
  readonly periods: number;
  /** Of its latest periods: chances a period, and the rate; of a size, none and the size. */
  readonly delivered: number | null;
  readonly rate: number | null;
  /**
   * As a share of the rate, below 0 for a fall; found in four of five cases within four weeks (28 sends). Null where none is,
   * or it is learning.
   */
  readonly smallest_change: number | null;
  readonly words: string;
}

/** What is to come is taken to be as the latest so many periods, and as many sends are told of. */
const LATEST = 28;
const WEEKS = 4;

/** Of these a rise is the worse. */
const BETTER_LOW = ["unsubscribe_rate", "complaint_rate", "bounce_rate", "machine_open_rate", "change_rate"];

/** What can be seen of a series within four weeks, and in words what could not have been. */
export function sightOf({ one, j, course }: Watched, learnt: Learnt, options: DetectOptions): Sight {
  const { metric, period, baseline, minRelativeChange } = options;
  const { length } = one.periods;
  const from = Math.max(0, length - LATEST);
  const chances = sum(one.n, from, length);
  const events = sum(one.x, from, length);
  const isSize = metric === "size";
  const level = isSize ? events / (length - from) : events / chances;
  const told = {
    ...{ segment: one.segment, metric, rate: length === 0 ? null : level },
    delivered: isSize || length === 0 ? null : chances / (length - from),
  };
  const name = `${one.segment}, ${wordsOf(metric).words}`;
  const era = course?.progress.eras.at(-1);
  const segment = learnt.baseline.segments[j];
  const readings = learnt.readings[j];
  if (era === undefined || segment === null || segment === undefined || readings === undefined) {
    const still = baseline - length;
    const words = `${name}: learning, for ${still} more ${period}${still === 1 ? "" : "s"}.`;
    return { ...told, periods: length, smallest_change: null, words };
  }
  const span = { from: one.periods[from] ?? "", last: one.periods[length - 1] ?? "" };
  const aWeek = cohortsAWeek(span, length - 1 - from, period);
  const ahead = period === "send" ? LATEST : Math.round(WEEKS * aWeek);
  const way = BETTER_LOW.includes(metric) ? "rise" : "fall";
  const standing = {
    ...{ rate: level, scale: learnt.scale, ahead, periods: length - era.from },
    known: sum(readings.w, era.from, length),
    each: sum(readings.w, from, length) / (length - from),
    ...{ spread: segment.spread, inflation: segment.inflation },
    events: readings.tally === null ? Infinity : events / (length - from),
  };
  const seen = smallestSeen(standing, way);
  const smallest = seen === null ? null : Math.max(seen, minRelativeChange);
  const time = period === "send" ? `${LATEST} sends` : "four weeks";
  return {
    ...{ ...told, periods: length - era.from, smallest_change: signed(smallest, way) },
    words: `${name}: ${inWords(smallest, { way, least: minRelativeChange, time })}`,
  };
}

function signed(change: number | null, way: "fall" | "rise"): number | null {
  return change === null || way === "rise" ? change : -change;
}

function inWords(
  smallest: number | null,
  { way, least, time }: { way: "fall" | "rise"; least: number; time: string },
): string {
  if (smallest === null) return `at this size no ${way}, however large, is sure to be seen within ${time}.`;
  if (smallest === least)
    return `at this size a ${way} of ${percent(least)} is seen within ${time}; a smaller one gives no notice.`;
  return `at this size a ${way} of less than ${percent(smallest)} takes over ${time}.`;
}

function percent(share: number): string {
  return `${Number((100 * share).toFixed(share < 0.1 ? 1 : 0))} %`;
}

function sum(values: Float64Array, from: number, to: number): number {
  let total = 0;
  for (let i = from; i < to; i++) total += values[i] ?? 0;
  return total;
}
