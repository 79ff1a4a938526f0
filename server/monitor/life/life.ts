import type { Tier } from "../model.ts";
import { comparePeriods } from "../period.ts";
import { concerns, type Drift, driftsOf, stretchOf } from "./drifts.ts";
import { incidentOf, incidentsNow } from "./incidents.ts";
import { matched } from "./matching.ts";
import type {
  AlertChange,
  Closing,
  Decision,
  Event,
  Happening,
  LifeChange,
  LivingAlert,
  LivingIncident,
  MonitorLife,
  Report,
} from "./model.ts";

export interface Update {
  readonly report: Report;
  /** When it is recorded, milliseconds since 1970. */
  readonly at: number;
  /** The day of that, `YYYY-MM-DD`: what is snoozed until then wakes. */
  readonly today: string;
  /** Another name each time. */
  readonly newId: () => string;
}

export interface Lived {
  readonly life: MonitorLife;
  readonly changes: readonly LifeChange[];
}

type Told = AlertChange["what"];

/**
 * What a monitor's alerts become by what a run of it found: opened once, raised in place, settled, closed, reopened, woken.
 * Which are open depends on the report alone, in whatever steps the days before it were told.
 */
export function liveOn(before: MonitorLife, update: Update): Lived {
  const { report } = update;
  const drifts = driftsOf(report);
  const known = matched(before.alerts, drifts);
  const incidents = incidentsNow(before.incidents, update);
  const changes: AlertChange[] = [];
  const kept = before.alerts.map((alert) => {
    const drift = known.get(alert);
    const went = drift === undefined ? vanished(alert, update) : wentOn(alert, drift, update);
    changes.push(...went.events.map((what) => ({ what, alert: went.alert, before: alert.finding.tier })));
    return went.alert;
  });
  const taken = new Set(known.values());
  const opened = drifts.filter((drift) => !taken.has(drift)).flatMap((drift) => first(drift, update));
  for (const alert of opened) changes.push({ what: alert.closed === null ? "opened" : "closed", alert, before: null });
  const inside = (alert: LivingAlert) => ({ ...alert, incident: incidentOf(alert, incidents.all) ?? alert.incident });
  const alerts = [...kept, ...opened].map(inside);
  const told = changes.map((change) => ({ ...change, alert: inside(change.alert) }));
  const common = incidents.opened.map(
    (incident) => ({ what: "incident", incident, alerts: countIn(incident, alerts) }) as const,
  );
  return { life: { alerts, incidents: incidents.all }, changes: [...common, ...told] };
}

const ORDER: readonly Tier[] = ["watch", "alert", "confirmed"];

/** How high a tier is. */
export function rank(tier: Tier): number {
  return ORDER.indexOf(tier);
}

function countIn({ id }: LivingIncident, alerts: readonly LivingAlert[]): number {
  return alerts.filter(({ incident }) => incident === id).length;
}

interface Went {
  readonly alert: LivingAlert;
  readonly events: readonly Told[];
}

/** An alert whose drift is told again. */
function wentOn(alert: LivingAlert, { rows, ended, settled }: Drift, update: Update): Went {
  const finding = rows.at(-1) ?? rows[0];
  const isAgain = alert.closed !== null && ended === null;
  const isOver = alert.closed === null && ended !== null;
  const step = rank(finding.tier) - rank(alert.finding.tier);
  const decision = decisionNow(alert, { tier: finding.tier, isAgain }, update.today);
  const isWoken = alert.decision?.kind === "snoozed" && decision === null && !isAgain && !isOver;
  const events: Told[] = [
    ...(isAgain ? (["reopened"] as const) : []),
    ...(step > 0 && ended === null ? (["raised"] as const) : []),
    ...(step < 0 && ended === null && !isAgain ? (["lowered"] as const) : []),
    ...(settled && !alert.settled && ended === null ? (["settled"] as const) : []),
    ...(isWoken ? (["woken"] as const) : []),
    ...(isOver ? (["closed"] as const) : []),
  ];
  const closed = ended === null ? null : (alert.closed ?? { ...ended, at: update.at });
  const next = { ...alert, finding, settled, closed, decision };
  return happened(next, events, { update, why: ended?.why ?? "" });
}

/** An alert that the detector tells nothing of any more. */
function vanished(alert: LivingAlert, update: Update): Went {
  if (alert.closed !== null) return { alert, events: [] };
  const { change_from } = alert.finding;
  const anew = update.report.rebaselines.some(
    (one) => concerns(one, alert.finding, alert.cell) && comparePeriods(one.period, change_from) >= 0,
  );
  const why: Closing = anew ? "new_baseline" : "gone";
  const closed = { why, at: update.at, period: stretchOf(alert.finding).to };
  return happened({ ...alert, closed }, ["closed"], { update, why });
}

/** A drift that nobody has seen before; one at watch that has passed already is nothing to keep. */
function first({ rows, ended, settled }: Drift, update: Update): LivingAlert[] {
  const finding = rows.at(-1) ?? rows[0];
  if (ended !== null && rows.every(({ tier }) => tier === "watch")) return [];
  const { notebook, cell, period } = update.report;
  const alert: LivingAlert = {
    ...{ id: update.newId(), notebook, cell, period, finding, settled },
    closed: ended === null ? null : { ...ended, at: update.at },
    decision: null,
    incident: null,
    history: [],
  };
  const events: Told[] = ended === null ? ["opened"] : ["opened", "closed"];
  return [happened(alert, events, { update, why: ended?.why ?? "" }).alert];
}

/** What was decided of an alert, as far as it holds still. */
function decisionNow(
  { decision }: LivingAlert,
  now: { readonly tier: Tier; readonly isAgain: boolean },
  today: string,
): Decision | null {
  // A monitor that tells of it is there again.
  if (decision === null || decision.kind === "ended") return null;
  if (decision.kind === "snoozed") return today >= decision.until ? null : decision;
  // What it stands for in the detector must not end because the alert does.
  if (decision.reason === "new_baseline") return decision;
  if (now.isAgain) return null;
  const isPast = decision.reason === "false_alarm" && rank(now.tier) > rank(decision.tier);
  return isPast ? null : decision;
}

function happened(
  alert: LivingAlert,
  events: readonly Told[],
  { update, why }: { readonly update: Update; readonly why: string },
): Went {
  const added = events.map((what: Event): Happening => {
    const { at, report } = update;
    return { what, at, asOf: report.asOf, tier: alert.finding.tier, why: what === "closed" ? why : "" };
  });
  return { alert: { ...alert, history: [...alert.history, ...added] }, events };
}
