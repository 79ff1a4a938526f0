import type { Alert, Incident, Period, Tier } from "../model.ts";
import type { JudgedSeries } from "./revisions.ts";

/** What lasts of a monitor: alerts with what was decided of them, incidents, annotations, and what was done by whom. */

/** `settling`: open for so short that the estimate still moves. */
export type AlertState = "open" | "settling" | "acknowledged" | "snoozed" | "closed";
export type Reason = "known_cause" | "new_baseline" | "false_alarm";

/** `back`: the rate is where it was. `passed`: the evidence faded. `gone`: the detector finds it no more, as data or cell changed. */
export type Closing = "back" | "passed" | "gone" | "new_baseline";

/** What a person said of an alert. */
export type Decision =
  | {
      readonly kind: "acknowledged";
      readonly reason: Reason;
      readonly note: string;
      /** Milliseconds since 1970. */
      readonly at: number;
      /** The tier that it had then: a false alarm is quiet up to this one. */
      readonly tier: Tier;
      /** Of a new baseline: the first period that it is made of; else null. */
      readonly period: string | null;
    }
  | {
      readonly kind: "snoozed";
      /** The day on which it wakes, `YYYY-MM-DD`. */
      readonly until: string;
      readonly note: string;
      readonly at: number;
    }
  | {
      /** Closed by hand, for its monitor is gone: no run would close it. */
      readonly kind: "ended";
      readonly note: string;
      readonly at: number;
    };

export type Event =
  | "opened"
  | "raised"
  | "lowered"
  | "settled"
  | "closed"
  | "reopened"
  | "acknowledged"
  | "snoozed"
  | "woken"
  | "undone";

/** One moment of an alert's life. */
export interface Happening {
  readonly what: Event;
  /** When it was recorded, milliseconds since 1970. */
  readonly at: number;
  /** The notebook's moment, milliseconds since 1970; null for what a person did. */
  readonly asOf: number | null;
  readonly tier: Tier;
  /** Why, in a word or a sentence; "" where the event says it all. */
  readonly why: string;
}

/** A drift of one series, from its first notice to its end. */
export interface LivingAlert {
  readonly id: string;
  /** Path of the notebook: `notebooks/x.md`. */
  readonly notebook: string;
  readonly cell: string;
  readonly period: Period;
  /** The detector's row, as it was recorded last. */
  readonly finding: Alert;
  readonly settled: boolean;
  /** Null while it lasts. `period` is the last one that it was seen in. */
  readonly closed: { readonly why: Closing; readonly at: number; readonly period: string } | null;
  readonly decision: Decision | null;
  /** Id of the incident that it is part of. */
  readonly incident: string | null;
  /** Oldest first. */
  readonly history: readonly Happening[];
}

/** A common move of many segments, with its alerts inside: those whose `incident` is its id. */
export interface LivingIncident {
  readonly id: string;
  readonly notebook: string;
  readonly cell: string;
  readonly period: Period;
  readonly finding: Incident;
  /** When it was recorded first, milliseconds since 1970. */
  readonly at: number;
}

/** Null is any: all nulls is everywhere; a monitor is its notebook and cell. */
export interface Scope {
  readonly notebook: string | null;
  readonly cell: string | null;
  readonly segment: string | null;
  readonly metric: string | null;
}

/** Something that happened outside the data: "new sender domain". */
export interface Annotation {
  readonly id: string;
  readonly scope: Scope;
  /** First and last period that it is about; `to` is null where it goes on, or is of one moment. */
  readonly from: string;
  readonly to: string | null;
  readonly text: string;
  /** Whether evidence starts anew at `from`, and after `to`. */
  readonly rebaseline: boolean;
  readonly at: number;
}

/** At the first period at or after this one the evidence of a series starts anew. */
export interface Rebaseline {
  readonly cell: string | null;
  readonly segment: string | null;
  readonly metric: string | null;
  readonly period: string;
}

export type Act = "acknowledge" | "snooze" | "close" | "reopen" | "annotate" | "change" | "remove" | "undo" | "record";

/** What was done, when and by whom, with what was there before and after it. */
export interface AuditEntry {
  /** 1, 2, 3 … in the order in which they were done. */
  readonly id: number;
  readonly at: number;
  readonly who: string;
  readonly act: Act;
  /** The alert or annotation that was changed; null for a recording. */
  readonly subject: { readonly kind: "alert" | "annotation"; readonly id: string } | null;
  /** As a sentence: what was done to what. */
  readonly text: string;
  readonly before: Decision | Annotation | null;
  readonly after: Decision | Annotation | null;
  /** The entry that an undo took back. */
  readonly undoes: number | null;
  /** The entry by which it was taken back. */
  readonly undoneBy: number | null;
}

/** What a run of a monitor cell found. */
export interface Report {
  readonly notebook: string;
  readonly cell: string;
  readonly period: Period;
  /** Null where the cell watches whatever there is. */
  readonly metrics: readonly string[] | null;
  readonly minRelativeChange: number;
  /** The notebook's moment, milliseconds since 1970. */
  readonly asOf: number;
  readonly alerts: readonly Alert[];
  readonly incidents: readonly Incident[];
  /** Judged periods of each series that has alerts, in order. */
  readonly series: readonly {
    readonly segment: string;
    readonly metric: string;
    readonly periods: readonly string[];
  }[];
  /** What the run was told to start anew at. */
  readonly rebaselines: readonly Rebaseline[];
  /** What stands for how the cell is written: where it is another, its counts may be others. */
  readonly definition: string;
  /** What was judged, which is held against what is judged later. */
  readonly judged: readonly JudgedSeries[];
  /** What stands for the cell's text, by which it is known again under another name. */
  readonly written: string;
  /** Of each series that is judged. */
  readonly standings: readonly SeriesStanding[];
}

/** How surely a series is not at its baseline's level any more. */
export interface SeriesStanding {
  readonly segment: string;
  readonly metric: string;
  readonly eValue: number;
}

/** What is recorded of one monitor. */
export interface MonitorLife {
  readonly alerts: readonly LivingAlert[];
  readonly incidents: readonly LivingIncident[];
}

/** What an update changed of an alert. */
export interface AlertChange {
  readonly what: Exclude<Event, "acknowledged" | "snoozed" | "undone">;
  readonly alert: LivingAlert;
  /** The tier before it; null for a new one. */
  readonly before: Tier | null;
}

/** What an update changed: one of an alert's events, or a new incident. */
export type LifeChange =
  | AlertChange
  | { readonly what: "incident"; readonly incident: LivingIncident; readonly alerts: number };
