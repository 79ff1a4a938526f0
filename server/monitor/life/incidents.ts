import type { Incident } from "../model.ts";
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
  const own = incidents.filter(({ finding: common }) => {
    if (common.metric !== finding.metric || common.direction !== finding.direction) return false;
    if (!common.segments.includes(finding.segment)) return false;
    const after = apart(finding.change_from, common.opened_at, period);
    const before = apart(common.opened_at, finding.detected_at, period);
    if (after === null || before === null) return common.opened_at === finding.change_at;
    return after >= -TOGETHER && before >= -TOGETHER;
  });
  return own.at(-1)?.id ?? null;
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
