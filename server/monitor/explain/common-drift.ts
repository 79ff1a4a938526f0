import { apart, laterOf } from "../life/apart.ts";
import type { Direction, Period } from "../model.ts";
import { comparePeriods } from "../period.ts";
import type { FoundAlert } from "./alert.ts";
import { type Common, SHARE } from "./incident.ts";

/** What of an alert says when its segment moved. */
export type Drifted = Pick<
  FoundAlert,
  "segment" | "direction" | "change_at" | "change_from" | "change_to" | "confirmed_at" | "last" | "tier" | "verdict"
>;

/** Segments that drift the same way since one time: `from` to `to` is in the sets of all their changes. */
export interface CommonDrift extends Common {
  readonly from: string;
  readonly to: string;
  /** The last period that one of them stood off its level before. */
  readonly until: string;
}

/**
 * Alerts of that many segments whose sets have a period in common are none by chance: a healthy segment has a given period in
 * the set of a false alert about once in 500 periods, so that three of ten do once in a million.
 */
const FEWEST = 3;
/** A day on which many moved belongs to their drift up to so many periods before and after it. */
const NEAR = 7;

/**
 * Drifts that 30 % of the segments have in common: alerts in one direction whose sets of possible changes share a period. It
 * finds what no single period shows, where each has few events. `judged` is how many segments were judged in a period.
 */
export function commonDrifts(alerts: readonly Drifted[], judged: (period: string) => number): CommonDrift[] {
  const beyond = alerts.filter(({ tier, verdict }) => tier !== "watch" && verdict !== "spike");
  return (["down", "up"] as const).flatMap((direction) => {
    const found: CommonDrift[] = [];
    let left = beyond.filter((one) => one.direction === direction);
    while (left.length > 0) {
      const most = deepest(left);
      const drift = driftOf(most, direction, judged);
      if (drift !== null) found.push(drift);
      left = left.filter((one) => !most.includes(one));
    }
    return found;
  });
}

/** The moves of single periods and the drifts, each of which has taken in the moves that belong to it. */
export function withDrifts(
  moves: readonly Common[],
  drifts: readonly CommonDrift[],
  period: Period,
): (Common | CommonDrift)[] {
  const taken = new Set<Common>();
  const grown = drifts.map((drift) => {
    const own = moves.filter((move) => !taken.has(move) && belongs(move, drift, period));
    for (const move of own) taken.add(move);
    const dated = own.find(
      ({ opened }) => comparePeriods(drift.from, opened) <= 0 && comparePeriods(opened, drift.to) <= 0,
    );
    if (dated === undefined) return { ...drift, segments: names(drift, ...own) };
    const larger = own.reduce((a, b) => (b.moved * a.of > a.moved * b.of ? b : a), dated);
    // A period on which so many moved at once dates it better than what each shows by itself.
    const { opened } = dated;
    return { ...dated, opened, moved: larger.moved, of: larger.of, segments: names(drift, ...own) };
  });
  return [...moves.filter((move) => !taken.has(move)), ...grown];
}

/** Those alerts whose sets hold the period that most sets hold; of several such, the earliest. */
function deepest(alerts: readonly Drifted[]): Drifted[] {
  let best: Drifted[] = [];
  const starts = [...new Set(alerts.map((one) => one.change_from))].sort(comparePeriods);
  for (const start of starts) {
    const holding = alerts.filter(
      (one) => comparePeriods(one.change_from, start) <= 0 && comparePeriods(start, one.change_to) <= 0,
    );
    if (segmentsOf(holding).length > segmentsOf(best).length) best = holding;
  }
  return best;
}

function driftOf(
  alerts: readonly Drifted[],
  direction: Direction,
  judged: (period: string) => number,
): CommonDrift | null {
  const from =
    alerts
      .map((one) => one.change_from)
      .sort(comparePeriods)
      .at(-1) ?? "";
  const to = alerts.map((one) => one.change_to).sort(comparePeriods)[0] ?? "";
  const dates = alerts.map((one) => one.change_at).sort(comparePeriods);
  const middle = dates[Math.floor((dates.length - 1) / 2)] ?? from;
  const opened = comparePeriods(middle, from) < 0 ? from : comparePeriods(middle, to) > 0 ? to : middle;
  const segments = segmentsOf(alerts);
  const of = judged(opened);
  if (segments.length < FEWEST || segments.length < SHARE * of) return null;
  const until = alerts.map((one) => one.confirmed_at ?? one.last).reduce(laterOf, to);
  return { opened, direction, segments, moved: segments.length, of, from, to, until };
}

function segmentsOf(alerts: readonly Drifted[]): string[] {
  return [...new Set(alerts.map(({ segment }) => segment))].sort();
}

function names(...of: readonly Common[]): string[] {
  return [...new Set(of.flatMap(({ segments }) => segments))].sort();
}

function belongs({ opened, direction }: Common, drift: CommonDrift, period: Period): boolean {
  if (direction !== drift.direction) return false;
  const [after, before] = [apart(drift.from, opened, period), apart(opened, drift.until, period)];
  if (after === null || before === null) return opened === drift.opened;
  return after >= -NEAR && before >= -NEAR;
}
