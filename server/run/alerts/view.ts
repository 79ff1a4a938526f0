/** What the server tells of alerts, and what it is asked to do: the shapes that travel. Types only. */
import type {
  AlertState,
  Annotation,
  AuditEntry,
  LifeChange,
  LivingAlert,
  LivingIncident,
  Reason,
  Scope,
  SeriesStanding,
} from "../../monitor/life/model.ts";
import type { Problem } from "../../notebook/model.ts";

/** An alert with its state of today. */
export interface AlertView extends LivingAlert {
  readonly state: AlertState;
}

/** When a monitor was recorded last, as of which moment; milliseconds since 1970. */
export interface RecordedMonitor {
  readonly notebook: string;
  readonly cell: string;
  readonly asOf: number;
  readonly at: number;
}

/** A monitor, by its notebook's path and its cell's id. */
export interface GoneMonitor {
  readonly notebook: string;
  readonly cell: string;
}

export interface AlertsView extends RecordedAlerts {
  /** Of the alerts that are not closed, monitors that are in no notebook any more. */
  readonly gone: readonly GoneMonitor[];
  readonly list: TodaysList;
}

/** Of all series as they were recorded last, those on a list by e-BH. */
export interface TodaysList {
  /** At most this share of a list is expected to be false. */
  readonly share: number;
  /** How many series there are, of every monitor of the workspace. */
  readonly of: number;
  /** Surest first. */
  readonly series: readonly ListedSeries[];
}

export interface ListedSeries extends SeriesStanding {
  readonly notebook: string;
  readonly cell: string;
}

/** What the state itself tells. */
export interface RecordedAlerts {
  /** Worst first: open before acknowledged before closed, then by tier and by evidence. */
  readonly alerts: readonly AlertView[];
  readonly incidents: readonly LivingIncident[];
  readonly annotations: readonly Annotation[];
  readonly recorded: readonly RecordedMonitor[];
  /** What `undo` would take back; null where there is nothing. */
  readonly undoable: AuditEntry | null;
}

/** Absent keys leave nothing out. */
export interface AlertsRequest {
  readonly path?: string;
  readonly cell?: string;
}

/** `reopen` takes an acknowledgement, a snooze or a closing by hand away; `close` is for alerts whose monitor is gone. */
export type AlertAction =
  | { readonly do: "acknowledge"; readonly reason: Reason; readonly note?: string }
  | { readonly do: "snooze"; readonly until: string; readonly note?: string }
  | { readonly do: "close"; readonly note?: string }
  | { readonly do: "reopen" };

export interface AnnotationText {
  readonly scope: Scope;
  readonly from: string;
  readonly to: string | null;
  readonly text: string;
  readonly rebaseline: boolean;
}

export type AnnotationAction =
  | { readonly do: "add"; readonly annotation: AnnotationText }
  | { readonly do: "change"; readonly id: string; readonly annotation: AnnotationText }
  | { readonly do: "remove"; readonly id: string };

export interface UndoRequest {
  /** An audit entry; absent for the last that can be taken back. */
  readonly entry?: number;
}

export interface AuditRequest {
  /** Entries before this one; absent for the newest. */
  readonly before?: number;
  readonly limit?: number;
}

export interface AuditView {
  /** Newest first. */
  readonly entries: readonly AuditEntry[];
  /** `before` of the next page; null where there is none. */
  readonly next: number | null;
}

export interface MonitorRequest {
  /** Absent for every notebook that has a monitor. */
  readonly paths?: readonly string[];
}

/** What bringing monitors up to date tells on its way. */
export type MonitorNews =
  /** A notebook is begun: the how manieth of how many. */
  | { readonly what: "notebook"; readonly path: string; readonly index: number; readonly of: number }
  | { readonly what: "changes"; readonly path: string; readonly changes: readonly LifeChange[] }
  /** What is wrong with a notebook or one of its monitors; the others go on. */
  | { readonly what: "problem"; readonly path: string; readonly problem: Problem };

/** Its reply, a line each: the news, and at last how many notebooks there were and how many of them failed. */
export type MonitorLine =
  | { readonly type: "progress"; readonly news: MonitorNews }
  | { readonly type: "done"; readonly notebooks: number; readonly failed: number }
  | { readonly type: "failed"; readonly problem: Problem };
