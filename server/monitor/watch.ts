import { type ChangePoint, changePoint } from "./change-point.ts";
import { deviations, type Era, firstEra, type Level, nextEra } from "./era.ts";
import { evidence } from "./evidence.ts";
import { TIERS, type Tier } from "./model.ts";
import { judgeSplits, type Splits } from "./splits.ts";

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

/** Lives through a series period by period. The same periods give the same course, however they came in. */
export function watch({ level, baseline, matters }: WatchOptions): Course {
  const length = level.readings.y.length;
  const course = { evidence: new Float64Array(length).fill(Number.NaN), deviations: new Float64Array(length) };
  const ended: (Omit<Episode, "change" | "last"> & { first: number; until: number })[] = [];
  let era = firstEra(level, baseline);
  let first = era.judged;
  let open: Open | null = null;
  let splits: Splits | null = null;
  const end = (one: Open, tier: Tier, confirmed: number | null, closed: number | null, until: number) =>
    ended.push({ ...one, tier, confirmed, closed, era, until });

  for (let t = 0; t < length; t++) {
    course.deviations[t] = deviations(level, era.centre, t);
    if (t < first) continue;
    splits = judgeSplits(era.sums, first - era.from, t - era.from, splits);
    const sum = evidence(splits);
    course.evidence[t] = sum;
    if (open === null && sum >= TIERS.watch)
      open = { tier: "watch", opened: t, alerted: null, peak: sum, peakAt: t, first };
    if (open === null) continue;
    if (sum > open.peak) Object.assign(open, { peak: sum, peakAt: t });
    const change = sum >= TIERS.alert ? shifted(changePoint(splits), era.from) : null;
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
  return { ...course, episodes: estimated(ended) };
}

/** Estimates each change once more from all that is known of it: up to the next one, or to the end. */
function estimated(ended: readonly (Omit<Episode, "change" | "last"> & { first: number; until: number })[]): Episode[] {
  const episodes: Episode[] = [];
  let limit = Infinity;
  for (const { first, until, ...one } of [...ended].reverse()) {
    const last = Math.min(until, limit);
    const latest = one.confirmed ?? last;
    const splits = judgeSplits(one.era.sums, first - one.era.from, last - one.era.from);
    const candidates = { ...splits, count: Math.min(splits.count, latest - first + 1) };
    const change = shifted(changePoint(candidates), one.era.from);
    if (change === null) continue;
    episodes.unshift({ ...one, change, last });
    limit = change.at - 1;
  }
  return episodes;
}

function shifted(change: ChangePoint | null, by: number): ChangePoint | null {
  if (change === null) return null;
  return { ...change, at: change.at + by, from: change.from + by, to: change.to + by };
}
