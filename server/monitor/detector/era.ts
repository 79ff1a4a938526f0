import type { Baseline, SegmentBaseline } from "./baseline.ts";
import { CLIP } from "./baseline.ts";
import { longer } from "./longer.ts";
import { type Readings, weightedMean } from "./readings.ts";
import { runningSums, type Sums } from "./sums.ts";
import { slotWeights, WEEKDAYS } from "./weekday.ts";

/** A stretch of a series that starts at one level; a confirmed change starts the next. Indexes count the series' periods. */
export interface Era {
  readonly from: number;
  /** The first period that can be judged: all before it in the era are baseline. */
  readonly judged: number;
  readonly centre: number;
  /** Variance of what is known of the level, a weekday, in units of the variance of a reading of weight 1. */
  readonly error: Float64Array;
  readonly sums: Sums;
  /** How many standard deviations each period from `from` on is from the level. */
  readonly z: Float64Array;
}

export interface Level {
  readonly readings: Readings;
  readonly baseline: Baseline;
  readonly segment: SegmentBaseline;
}

/** The era that the first `length` periods are the baseline of. */
export function firstEra(level: Level, length: number): Era {
  const { centre } = level.segment;
  const error = levelError(weightOf(level, 0, length), known(level, length));
  const { kappa } = level.segment;
  return { from: 0, judged: length, centre, error, ...eraSums(level, { from: 0, centre, error }, kappa) };
}

/** The era after a change at `from`, whose level is learnt from the periods before `judged`. */
export function nextEra(level: Level, from: number, judged: number): Era {
  const { readings } = level;
  const end = Math.min(judged, readings.y.length);
  const flat = Float64Array.from(
    { length: end - from },
    (_, i) => (readings.y[from + i] ?? 0) - shape(level, from + i),
  );
  const w = readings.w.slice(from, end);
  const rough = weightedMean(flat, w, flat.length);
  const limit = (i: number) => (CLIP * level.segment.spread) / Math.sqrt(w[i] ?? 1);
  const drawnIn = flat.map((value, i) => rough + Math.min(limit(i), Math.max(-limit(i), value - rough)));
  const centre = weightedMean(drawnIn, w, flat.length);
  const kappa = known(level, from);
  const error = levelError(weightOf(level, from, end), kappa);
  return { from, judged, centre, error, ...eraSums(level, { from, centre, error }, kappa) };
}

/** An era whose level is learnt, with the periods that came since. */
export function grownEra(level: Level, era: Era): Era {
  return { ...era, ...eraSums(level, era, era.sums.kappa, era) };
}

/** What weekday i adds to the level, on the readings' scale. */
export function shape({ readings, baseline, segment }: Level, i: number): number {
  const slot = readings.slot[i] ?? 0;
  return (baseline.offsets[slot] ?? 0) + (segment.deviation[slot] ?? 0);
}

/** What a period is compared with: an era, or one in the making. */
type Standing = Pick<Era, "centre" | "error">;

/**
 * Standard deviation of period i about the era's level, both errors counted: where cohorts have grown, one of them can weigh
 * more than all that the level was learnt from.
 */
function deviation({ readings, segment }: Level, error: Float64Array, i: number): number {
  return segment.spread * Math.sqrt(1 / (readings.w[i] ?? 1) + (error[readings.slot[i] ?? 0] ?? 0));
}

function levelError(weight: number, weekdays: Float64Array): Float64Array {
  return weekdays.map((precision) => 1 / weight + 1 / precision);
}

function weightOf({ readings }: Level, from: number, to: number): number {
  return readings.w.subarray(from, to).reduce((a, b) => a + b, 0);
}

function eraSums(
  level: Level,
  standing: Standing & Pick<Era, "from">,
  kappa: Float64Array,
  before?: Pick<Era, "sums" | "z">,
): Pick<Era, "sums" | "z"> {
  const { readings, segment } = level;
  const { from, centre, error } = standing;
  const length = readings.y.length - from;
  const known = before?.z.length ?? 0;
  const y = new Float64Array(length - known);
  const z = longer(before?.z, length);
  for (let i = known; i < length; i++) {
    const usual = deviation(level, error, from + i);
    const away = ((readings.y[from + i] ?? 0) - shape(level, from + i) - centre) / usual;
    z[i] = away;
    const clipped = Math.min(CLIP, Math.max(-CLIP, away)) * usual;
    // The first era fits the segment's weekdays anew with every period; a later one starts from what the first knew.
    y[i - known] = from === 0 ? clipped + (segment.deviation[readings.slot[from + i] ?? 0] ?? 0) : clipped;
  }
  const stretch = {
    y,
    w: readings.w.subarray(from + known),
    floor: readings.floor.subarray(from + known),
    slot: readings.slot.subarray(from),
  };
  return { sums: runningSums(stretch, kappa, segment.inflation, before?.sums), z };
}

/** κ after the periods before `from` have been seen: what is known of a weekday weighs as much as its periods did. */
function known({ readings, segment }: Level, from: number): Float64Array {
  const weight = slotWeights(readings, from);
  return Float64Array.from({ length: WEEKDAYS }, (_, slot) => (segment.kappa[slot] ?? Infinity) + (weight[slot] ?? 0));
}
