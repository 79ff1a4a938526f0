import { driftsOf } from "../monitor/life/drifts.ts";
import { holds } from "../monitor/life/incidents.ts";
import { NOTHING_FOUND } from "../monitor/life/report.ts";
import type { Alert as Row } from "../monitor/model.ts";
import { comparePeriods } from "../monitor/period.ts";
import type { AlertView } from "../run/alerts/view.ts";
import { MEASURED } from "./alert-words.ts";
import type { Alert, Incident } from "./alerts.ts";
import { formatCount } from "./format.ts";
import { foundOf, isWaiting } from "./living-alerts.ts";
import { field } from "./segmentation.ts";
import type { PeriodKind } from "./series-period.ts";

/** A drift that lasts: as it is found now, and the alert that is recorded of it; null where none is. */
export interface StandingDrift {
  readonly found: Alert;
  readonly recorded: AlertView | null;
}

/** Of a monitor, what drifts are told by. */
export interface Watching {
  readonly period: PeriodKind;
  readonly minRelativeChange: number;
}

const MIN_RELATIVE_CHANGE = 0.05;

/** What drifts are told by where a monitor's body says nothing else. */
export function watchingOf(body: unknown, period: PeriodKind): Watching {
  const written = field(body, "min_relative_change");
  return { period, minRelativeChange: typeof written === "number" ? written : MIN_RELATIVE_CHANGE };
}

/**
 * The drifts that last, the surest first, by the rows of a monitor and by what is recorded of it (null for nothing): what has
 * passed, what is back, and what the record has closed is none. Headline, inbox and wall are all told by these.
 */
export function standingDrifts(
  rows: readonly Alert[],
  recorded: readonly AlertView[] | null,
  watching: Watching,
): StandingDrift[] {
  const lasting = lastingOf(rows, watching);
  if (recorded === null) return lasting.map((found) => ({ found, recorded: null }));
  const free = new Set(recorded);
  const found = lasting.flatMap((found) => {
    const own = [...free].filter(({ finding }) => isOf(finding, found)).reverse();
    const view = own.find((one) => overlaps(one, found)) ?? own.find(({ state }) => state !== "closed") ?? null;
    if (view !== null) free.delete(view);
    return view?.state === "closed" ? [] : [{ found, recorded: view }];
  });
  // A result that tells no more of what is open: it stays until the record is brought up to date.
  const open = [...free]
    .filter(({ state }) => state !== "closed")
    .map((view) => ({ found: foundOf(view), recorded: view }));
  return [...found, ...open];
}

/** Whether nobody has decided on it yet. */
export function isUndecided({ recorded }: StandingDrift): boolean {
  return recorded === null || isWaiting(recorded);
}

/** Of what nobody has decided on: how many drifts are beyond watch, which the navigation counts, and how many are watched. */
export function waitingOf(drifts: readonly StandingDrift[]): { pressing: number; watched: number } {
  const waiting = drifts.filter(isUndecided);
  const watched = waiting.filter(({ found }) => found.tier === "watch").length;
  return { pressing: waiting.length - watched, watched };
}

/** `17 alerts wait, 3 more are watched.`; empty where there is none. */
export function waitingWords({ pressing, watched }: { pressing: number; watched: number }): string {
  const more = pressing === 0 ? "" : " more";
  const told = [
    pressing === 0 ? "" : `${formatCount(pressing)} ${pressing === 1 ? "alert waits" : "alerts wait"}`,
    watched === 0 ? "" : `${formatCount(watched)}${more} ${watched === 1 ? "is" : "are"} watched`,
  ].filter((words) => words !== "");
  return told.length === 0 ? "" : `${told.join(", ")}.`;
}

/** Alerts in the order in which they are told: what people do otherwise before what is measured otherwise. */
export function peopleFirst<One>(alerts: readonly One[], metric: (alert: One) => string): One[] {
  const isMeasured = (alert: One) => metric(alert) === MEASURED;
  return [...alerts.filter((alert) => !isMeasured(alert)), ...alerts.filter(isMeasured)];
}

/** The alerts that belong to an incident. */
export function insideOf<One extends Alert>(
  { openedAt, metric, direction, segments, explanation }: Incident,
  alerts: readonly One[],
  period: PeriodKind,
): One[] {
  return alerts.filter((alert) => {
    if (!`, ${segments}, `.includes(`, ${alert.segment}, `)) return false;
    const way = direction === "up" ? ("up" as const) : ("down" as const);
    const common = { opened_at: openedAt, metric, direction: way, segments: [alert.segment], explanation };
    return holds(common, rowOf(alert), period);
  });
}

function lastingOf(rows: readonly Alert[], { period, minRelativeChange }: Watching): Alert[] {
  const told = new Map(rows.map((alert) => [rowOf(alert), alert]));
  const report = { ...NOTHING_FOUND, period, minRelativeChange, alerts: [...told.keys()] };
  const last = new Set(driftsOf(report).flatMap(({ rows, ended }) => (ended === null ? rows.slice(-1) : [])));
  return [...told].flatMap(([row, alert]) => (last.has(row) ? [alert] : []));
}

function rowOf(alert: Alert): Row {
  const at = alert.changeAt ?? alert.detectedAt;
  return {
    ...{ segment: alert.segment, metric: alert.metric, tier: alert.tier, direction: alert.direction },
    ...{ detected_at: alert.detectedAt, confirmed_at: null },
    ...{ change_at: at, change_from: alert.changeFrom ?? at, change_to: alert.changeTo ?? at },
    ...{ rate_before: alert.before ?? 0, rate_after: alert.after ?? 0 },
    ...{ relative_change: alert.change, low: alert.low, high: alert.high, evidence: 0 },
    ...{ verdict: alert.verdict as Row["verdict"], explanation: alert.explanation },
  };
}

function isOf(finding: AlertView["finding"], { segment, metric, direction }: Alert): boolean {
  return finding.segment === segment && finding.metric === metric && finding.direction === direction;
}

function overlaps({ finding }: AlertView, found: Alert): boolean {
  const { change_from, detected_at } = rowOf(found);
  return comparePeriods(finding.change_from, detected_at) <= 0 && comparePeriods(change_from, finding.detected_at) <= 0;
}
