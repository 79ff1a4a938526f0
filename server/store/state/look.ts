import { rank } from "../../monitor/life/life.ts";
import type { LifeChange, LivingAlert } from "../../monitor/life/model.ts";
import { stateOf } from "../../monitor/life/state.ts";
import type { AlertView, AuditView, RecordedAlerts, RecordedMonitor } from "../../run/alerts/view.ts";
import { readLife, type Whose } from "./alerts-table.ts";
import { readAnnotations } from "./annotations-table.ts";
import { lastUndoable, readEntries } from "./audit-table.ts";
import type { Connection } from "./open.ts";

export const NO_ALERTS: RecordedAlerts = { alerts: [], incidents: [], annotations: [], recorded: [], undoable: null };

/** All that is recorded of monitors, and what was said of them. */
export function alertsView(state: Connection, whose: Whose, today: string): RecordedAlerts {
  const { alerts, incidents } = readLife(state, whose);
  const annotations = readAnnotations(state).filter(({ scope }) => {
    const isOfNotebook = whose.notebook === null || scope.notebook === null || scope.notebook === whose.notebook;
    return isOfNotebook && (whose.cell === null || scope.cell === null || scope.cell === whose.cell);
  });
  return {
    alerts: alerts.map((alert) => alertView(alert, today)).sort(worstFirst),
    ...{ incidents, annotations, recorded: recordedOf(state, whose), undoable: lastUndoable(state) },
  };
}

export function alertView(alert: LivingAlert, today: string): AlertView {
  return { ...alert, state: stateOf(alert, today) };
}

/** A page of the audit log, newest first. */
export function auditView(state: Connection, { before, limit }: { before: number; limit: number }): AuditView {
  const entries = readEntries(state, before, limit + 1);
  const shown = entries.slice(0, limit);
  return { entries: shown, next: entries.length > limit ? (shown.at(-1)?.id ?? null) : null };
}

/** What changed, and when that was recorded. */
export interface Dated {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly change: LifeChange;
}

/** What changed at a moment or since, in milliseconds since 1970, in the order in which it happened. */
export function changesSince(state: Connection, whose: Whose, since: number): Dated[] {
  const { alerts, incidents } = readLife(state, whose);
  const found = alerts.flatMap((alert) =>
    alert.history.flatMap(({ what, at, tier }, index) => {
      if (at < since || what === "acknowledged" || what === "snoozed" || what === "undone") return [];
      const before = alert.history[index - 1]?.tier ?? null;
      return [{ at, change: { what, alert: { ...alert, finding: { ...alert.finding, tier } }, before } as LifeChange }];
    }),
  );
  const common = incidents.flatMap((incident) => {
    if (incident.at < since) return [];
    const inside = alerts.filter((alert) => alert.incident === incident.id).length;
    return [{ at: incident.at, change: { what: "incident", incident, alerts: inside } as LifeChange }];
  });
  return [...common, ...found].sort((a, b) => a.at - b.at);
}

function recordedOf(state: Connection, { notebook, cell }: Whose): RecordedMonitor[] {
  const sql = `
    SELECT notebook, cell, as_of AS asOf, at FROM monitors
    WHERE (?1 IS NULL OR notebook = ?1) AND (?2 IS NULL OR cell = ?2) ORDER BY notebook, cell`;
  const rows = state.prepare(sql).all(notebook, cell) as RecordedMonitor[];
  return rows.map(({ notebook, cell, asOf, at }) => ({ notebook, cell, asOf, at }));
}

const STATES = ["settling", "open", "snoozed", "acknowledged", "closed"];

function worstFirst(a: AlertView, b: AlertView): number {
  const group = ({ state }: AlertView) => Math.max(1, STATES.indexOf(state));
  return (
    group(a) - group(b) ||
    rank(b.finding.tier) - rank(a.finding.tier) ||
    b.finding.evidence - a.finding.evidence ||
    (a.id < b.id ? -1 : 1)
  );
}
