import { TIERS, type Tier } from "../model.ts";
import { type ChangePoint, changePoint } from "./change-point.ts";
import type { EDetector, Grid } from "./e-detector.ts";
import { type Era, firstEra, grownEra, type Level, nextEra } from "./era.ts";
import { judgeInformed } from "./informed.ts";
import { longer } from "./longer.ts";
import type { Readings } from "./readings.ts";
import type { Candidates } from "./splits.ts";

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
  /** What it takes to go on when more periods have come. */
  readonly progress: Progress;
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
  readonly eDetector: EDetector;
  /** Indexes of periods, in order: all before them says nothing of what comes then. */
  readonly anew: readonly number[];
  /** Whether a change is large enough for notice. */
  readonly matters: (era: Era, change: ChangePoint, last: number) => boolean;
}

/** An alert that was not confirmed ends where its evidence falls below this. */
const FADED = 100;
/** Periods of a new level that are learnt from before it is judged. */
export const SETTLING = 14;

/** The periods that a level which was said to be new is learnt from: `from` to before `until`. */
export interface Learning {
  readonly from: number;
  readonly until: number;
}

/** Where a course started anew because it was said to. */
export function learningOf({ progress }: Course): Learning[] {
  // A level that was found lies before the period that confirmed it.
  return progress.eras
    .filter(({ from, since }) => since > 0 && from === since)
    .map(({ from, judged }) => ({ from, until: judged }));
}

interface Open {
  readonly tier: Tier;
  readonly opened: number;
  readonly alerted: number | null;
  readonly peak: number;
  readonly peakAt: number;
  readonly first: number;
}

/** An era by what it starts from: its level and sums are worked out from the readings. */
interface Start {
  readonly from: number;
  readonly judged: number;
  /** The first period that it is the era in force of. */
  readonly since: number;
}

/** An episode whose change is still to be estimated, from candidates `first` on and periods up to `until`. */
interface Ended extends Omit<Episode, "change" | "last" | "era"> {
  /** Index of its era. */
  readonly era: number;
  readonly first: number;
  /** Null for up to the end. */
  readonly until: number | null;
}

/** Where a course stands after `next` periods; a later one goes on from there, if none of them has changed. */
export interface Progress {
  readonly next: number;
  readonly eras: readonly Start[];
  /** Those eras, as far as they went. */
  readonly grown: readonly Era[];
  readonly first: number;
  readonly open: Open | null;
  readonly ended: readonly Ended[];
  readonly evidence: Float64Array;
}

function begun(baseline: number): Progress {
  const eras = [{ from: 0, judged: baseline, since: 0 }];
  return { next: 0, eras, grown: [], first: baseline, open: null, ended: [], evidence: new Float64Array(0) };
}

/**
 * Lives through a series period by period, from `before` on where it is given. The same periods give the same course, however
 * they came in; a period more costs as much as the series is long.
 */
export function watch(options: WatchOptions, before: Progress = begun(options.baseline)): Course {
  const { level, baseline, grid, anew, eDetector } = options;
  const length = level.readings.y.length;
  const evidenceOf = longer(before.evidence, length);
  evidenceOf.fill(Number.NaN, before.evidence.length);
  const starts = [...before.eras];
  const eras = starts.map((start, i) => eraFrom(start, level, { baseline, before: before.grown[i] }));
  const ended = [...before.ended];
  let { first, open } = before;
  /** Evidence is known of the periods before. */
  let judged = before.next;
  for (let t = before.next; t < length; t++) {
    if (anew.includes(t)) {
      if (open !== null) ended.push({ ...open, confirmed: null, closed: null, era: eras.length - 1, until: t - 1 });
      const start = { from: t, judged: Math.max(baseline, t + Math.min(SETTLING, baseline)), since: t };
      starts.push(start);
      eras.push(eraFrom(start, level, { baseline }));
      first = start.judged;
      open = null;
    }
    const era = eras.at(-1);
    if (t < first || era === undefined) continue;
    if (t >= judged) {
      // While nothing is open, on to where something is.
      const until = open === null ? (anew.find((index) => index > t) ?? length) : t + 1;
      const span = { first, from: t, until, stop: TIERS.watch, grid };
      judged = Math.min(until, eDetector({ stage: era, readings: level.readings }, span, evidenceOf) + 1);
    }
    const sum = evidenceOf[t] ?? Number.NaN;
    if (open === null && sum < TIERS.watch) continue;
    const was: Open = open ?? { tier: "watch", opened: t, alerted: null, peak: sum, peakAt: t, first };
    open = sum > was.peak ? { ...was, peak: sum, peakAt: t } : was;
    const change = sum >= TIERS.alert ? dated(era, level.readings, { first, last: t, end: t }) : null;
    if (change !== null && options.matters(era, change, t)) {
      open = { ...open, tier: "alert", alerted: open.alerted ?? t };
      if (sum >= TIERS.confirmed) {
        ended.push({ ...open, tier: "confirmed", confirmed: t, closed: null, era: eras.length - 1, until: null });
        const judged = Math.max(t + 1, change.at + Math.min(SETTLING, baseline));
        const start = { from: change.at, judged, since: t + 1 };
        starts.push(start);
        eras.push(eraFrom(start, level, { baseline }));
        first = judged;
        open = null;
        continue;
      }
    }
    if (sum < FADED) {
      ended.push({ ...open, confirmed: null, closed: t, era: eras.length - 1, until: open.peakAt });
      first = t + 1;
      open = null;
    }
  }
  const last: Ended[] =
    open === null ? [] : [{ ...open, confirmed: null, closed: null, era: eras.length - 1, until: null }];
  return {
    progress: { next: length, eras: starts, grown: eras, first, open, ended, evidence: evidenceOf },
    evidence: evidenceOf,
    deviations: deviationsOf(length, eras, starts),
    episodes: estimated([...ended, ...last], { eras, anew }, level.readings),
  };
}

function eraFrom(
  { from, judged, since }: Start,
  level: Level,
  { baseline, before }: { readonly baseline: number; readonly before?: Era | undefined },
): Era {
  // Until a level is learnt, each period changes it.
  if (before !== undefined && from + before.z.length >= judged) return grownEra(level, before);
  return since === 0 ? firstEra(level, baseline) : nextEra(level, from, judged);
}

/** Of each period from the level that was in force. */
function deviationsOf(length: number, eras: readonly Era[], starts: readonly Start[]): Float64Array {
  const [only] = eras;
  if (only !== undefined && eras.length === 1) return only.z;
  const found = new Float64Array(length);
  eras.forEach((era, i) => {
    const end = starts[i + 1]?.since ?? found.length;
    for (let t = starts[i]?.since ?? 0; t < end; t++) found[t] = era.z[t - era.from] ?? 0;
  });
  return found;
}

/** The likeliest change, of all candidates whatever the grid. */
function dated(era: Era, readings: Readings, candidates: Candidates): ChangePoint | null {
  return changePoint(judgeInformed(era, readings, candidates));
}

/** Estimates each change once more from all that is known of it: up to the next one, to a new start, or to the end. */
function estimated(
  ended: readonly Ended[],
  { eras, anew }: { readonly eras: readonly Era[]; readonly anew: readonly number[] },
  readings: Readings,
): Episode[] {
  const episodes: Episode[] = [];
  let limit = readings.y.length - 1;
  for (const { first, until, era: index, ...one } of [...ended].reverse()) {
    const era = eras[index];
    const start = anew.find((index) => index > one.opened) ?? Infinity;
    const end = Math.min(until ?? Infinity, limit, start - 1);
    if (era === undefined) continue;
    const change = dated(era, readings, { first, last: Math.min(one.confirmed ?? end, end), end });
    if (change === null) continue;
    episodes.unshift({ ...one, era, change, last: end });
    limit = change.at - 1;
  }
  return episodes;
}
