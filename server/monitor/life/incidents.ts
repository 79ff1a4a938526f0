import type { Alert, Incident, Period } from "../model.ts";
import { apart } from "./apart.ts";
import type { Update } from "./life.ts";
import type { LivingAlert, LivingIncident } from "./model.ts";

/** Moves at most so many periods apart are one incident, as the detector joins them. */
const TOGETHER = 7;
/** What is dated anew by later data moves no further than this, and keeps most of its segments. */
const AGAIN_WITHIN = 28;

/** A monitor's incidents after an update, and those of them that are new. */
export function incidentsNow(
  before: readonly LivingIncident[],
  { report, at, newId }: Update,
): { readonly all: readonly LivingIncident[]; readonly opened: readonly LivingIncident[] } {
  const free = new Set(report.incidents);
  // What came and went is history: it stays though it is told no more.
  const kept = before.map((known) => {
    const own = [...free].filter((one) => isSame(known, one));
    const near = own.toSorted((a, b) => distance(known, a) - distance(known, b));
    const finding = near[0];
    if (finding === undefined) return known;
    free.delete(finding);
    return { ...known, finding };
  });
  const { notebook, cell, period } = report;
  const opened = [...free].map((finding) => ({ id: newId(), notebook, cell, period, finding, at }));
  return { all: [...kept, ...opened], opened };
}

/** The incident that an alert is part of: a common move of its metric while it began; null where there is none. */
export function incidentOf({ finding, period }: LivingAlert, incidents: readonly LivingIncident[]): string | null {
  return incidents.filter((incident) => holds(incident.finding, finding, period)).at(-1)?.id ?? null;
}

/** Whether a common move is of an alert's metric and direction, has its segment, and came while it began. */
export function holds(common: Incident, alert: Alert, period: Period): boolean {
  if (common.metric !== alert.metric || common.direction !== alert.direction) return false;
  if (!common.segments.includes(alert.segment)) return false;
  const after = apart(alert.change_from, common.opened_at, period);
  const before = apart(common.opened_at, alert.detected_at, period);
  if (after === null || before === null) return common.opened_at === alert.change_at;
  return after >= -TOGETHER && before >= -TOGETHER;
}

function isSame(known: LivingIncident, other: Incident): boolean {
  const { finding } = known;
  if (finding.metric !== other.metric || finding.direction !== other.direction) return false;
  const gap = distance(known, other);
  if (gap <= TOGETHER) return true;
  const both = finding.segments.filter((segment) => other.segments.includes(segment)).length;
  return gap <= AGAIN_WITHIN && 2 * both > Math.max(finding.segments.length, other.segments.length);
}

/** Periods between; Infinity for other sends without an order. */
function distance({ finding, period }: LivingIncident, { opened_at }: Incident): number {
  if (finding.opened_at === opened_at) return 0;
  const gap = apart(finding.opened_at, opened_at, period);
  return gap === null ? Infinity : Math.abs(gap);
}
