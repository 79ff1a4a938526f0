import { type ChangePoint, changePoint } from "./change-point.ts";
import { deviations, type Era, firstEra, type Level, nextEra } from "./era.ts";
import { evidence } from "./evidence.ts";
import { judgeInformed } from "./informed.ts";
import { TIERS, type Tier } from "./model.ts";
import type { Readings } from "./readings.ts";
import type { Grid, Splits } from "./splits.ts";

/** One alert's life, in indexes of the series' periods. */
export interface Episode {
  readonly tier: Tier;
  readonly opened: number;
  /** When it reached alert; null for a watch. */
  readonly alerted: number | null;
  readonly confirmed: number | null;
  /** When its evidence faded, unconfirmed. */
  readonly closed: number | null;
  readonly peak: number;
  readonly era: Era;
  readonly change: ChangePoint;
  /** The last period that its change is estimated from. */
  readonly last: number;
}

export interface Course {
  /** M a period; NaN where nothing is judged. */
  readonly evidence: Float64Array;
  /** Standard deviations from the level in force, a period. */
  readonly deviations: Float64Array;
  readonly episodes: readonly Episode[];
}

export interface WatchOptions {
  readonly level: Level;
  readonly baseline: number;
  readonly grid: Grid;
  /** Whether a change is large enough for notice. */
  readonly matters: (era: Era, change: ChangePoint, last: number) => boolean;
}

/** An alert that was not confirmed ends where its evidence falls below this. */
const FADED = 100;
/** Periods of a new level that are learnt from before it is judged. */
export const SETTLING = 14;

interface Open {
  tier: Tier;
  opened: number;
  alerted: number | null;
  peak: number;
  peakAt: number;
  first: number;
}

/** An episode whose change is still to be estimated, from candidates `first` on and periods up to `until`. */
type Ended = Omit<Episode, "change" | "last"> & { readonly first: number; readonly until: number };

/** Lives through a series period by period. The same periods give the same course, however they came in. */
export function watch({ level, baseline, matters, grid }: WatchOptions): Course {
  const length = level.readings.y.length;
  const course = { evidence: new Float64Array(length).fill(Number.NaN), deviations: new Float64Array(length) };
  const ended: Ended[] = [];
  let era = firstEra(level, baseline);
  let first = era.judged;
  let open: Open | null = null;
  let splits: Splits | null = null;
  const end = (one: Open, tier: Tier, confirmed: number | null, closed: number | null, until: number) =>
    ended.push({ ...one, tier, confirmed, closed, era, until });

  for (let t = 0; t < length; t++) {
    course.deviations[t] = deviations(level, era, t);
    if (t < first) continue;
    splits = judgeInformed(era, level.readings, { first, last: t, end: t, grid }, splits);
    const sum = evidence(splits);
    course.evidence[t] = sum;
    if (open === null && sum >= TIERS.watch)
      open = { tier: "watch", opened: t, alerted: null, peak: sum, peakAt: t, first };
    if (open === null) continue;
    if (sum > open.peak) Object.assign(open, { peak: sum, peakAt: t });
    const change = sum >= TIERS.alert ? dated(era, level.readings, first, t) : null;
    if (change !== null && matters(era, change, t)) {
      open.tier = "alert";
      open.alerted ??= t;
      if (sum >= TIERS.confirmed) {
        end(open, "confirmed", t, null, length - 1);
        era = nextEra(level, change.at, Math.max(t + 1, change.at + Math.min(SETTLING, baseline)));
        first = era.judged;
        open = null;
        continue;
      }
    }
    if (sum < FADED) {
      end(open, open.tier, null, t, open.peakAt);
      first = t + 1;
      open = null;
    }
  }
  if (open !== null) end(open, open.tier, null, null, length - 1);
  return { ...course, episodes: estimated(ended, level.readings) };
}

/** The likeliest change of the periods up to `end`, of all candidates from `first` to `last`, whatever the grid. */
function dated(era: Era, readings: Readings, first: number, end: number, last: number = end): ChangePoint | null {
  return changePoint(judgeInformed(era, readings, { first, last, end, grid: "full" }));
}

/** Estimates each change once more from all that is known of it: up to the next one, or to the end. */
function estimated(ended: readonly Ended[], readings: Readings): Episode[] {
  const episodes: Episode[] = [];
  let limit = Infinity;
  for (const { first, until, ...one } of [...ended].reverse()) {
    const last = Math.min(until, limit);
    const latest = one.confirmed ?? last;
    const change = dated(one.era, readings, first, last, latest);
    if (change === null) continue;
    episodes.unshift({ ...one, change, last });
    limit = change.at - 1;
  }
  return episodes;
}
