import type { EDetector, Grid } from "./detector/e-detector.ts";

/** What the monitor takes and gives. Rates are shares from 0 to 1; a period is `YYYY-MM-DD`, its first day, or for sends an id. */

export type Period = "day" | "week" | "send";
export type Tier = "watch" | "alert" | "confirmed";
export type Direction = "up" | "down";
export type Verdict = "rate" | "mix" | "both" | "gradual" | "spike";

/** One cohort of one segment: x events of n chances; for a size, x members and n = 1. */
export interface Count {
  readonly segment: string;
  readonly period: string;
  readonly n: number;
  readonly x: number;
  /** Old enough to be judged; younger cohorts are shown and wait. */
  readonly mature: boolean;
}

export interface SeriesPoint {
  readonly segment: string;
  readonly metric: string;
  readonly period: string;
  /** n and x of the cohort. */
  readonly delivered: number;
  readonly events: number;
  /** Null where nothing was delivered. */
  readonly rate: number | null;
  /** What the baseline leads to expect, and where 19 of 20 healthy periods fall; null while it is being learnt. */
  readonly expected: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** M of Shiryaev and Roberts; null in the baseline and for cohorts that wait. */
  readonly evidence: number | null;
  readonly mature: boolean;
  readonly flag: Flag | null;
}

/** `learning`: part of the baseline. `spike`: one period beyond three deviations. A tier: part of the stretch that an alert is about. */
export type Flag = "learning" | "spike" | Tier;

export interface Alert {
  readonly segment: string;
  readonly metric: string;
  readonly tier: Tier;
  readonly direction: Direction;
  /** The period whose cohort took it to alert; for a watch, to watch. */
  readonly detected_at: string;
  readonly confirmed_at: string | null;
  /** The first changed period, and the set that holds it nine times in ten. */
  readonly change_at: string;
  readonly change_from: string;
  readonly change_to: string;
  readonly rate_before: number;
  readonly rate_after: number;
  /** rate_after / rate_before − 1, with its 95 % interval; null where nothing happened before. */
  readonly relative_change: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** The highest M while it was open. */
  readonly evidence: number;
  readonly verdict: Verdict;
  readonly explanation: string;
}

export interface Incident {
  readonly opened_at: string;
  readonly metric: string;
  readonly direction: Direction;
  readonly segments: readonly string[];
  readonly explanation: string;
}

/** At the first period that is not before this one, evidence starts anew: of one segment, or of all where that is null. */
export interface Restart {
  readonly segment: string | null;
  readonly period: string;
}

export interface DetectOptions {
  readonly metric: string;
  readonly period: Period;
  /** Periods that are learnt from before any is judged. */
  readonly baseline: number;
  /** Smaller relative changes stay at watch. */
  readonly minRelativeChange: number;
  /** What each sentence must say of the rate, as `may include machine opens`. */
  readonly proviso?: string | null;
  /** `thinned` judges fewer of the older candidates for a change: several times quicker, and hardly less sure. */
  readonly grid?: Grid;
  /** Who adds the evidence up; the plain twin of the kernel where nobody is named. */
  readonly eDetector?: EDetector;
  /** Candidates and their baseline start there; weekdays and overdispersion stay as the first baseline taught them. */
  readonly rebaselines?: readonly Restart[];
}

export interface Detection {
  readonly series: readonly SeriesPoint[];
  readonly alerts: readonly Alert[];
  readonly incidents: readonly Incident[];
}

/** Mean periods to a false one, a series: evidence at or above which an alert has the tier. */
export const TIERS: Readonly<Record<Tier, number>> = { watch: 1_000, alert: 2_500, confirmed: 9_000 };
