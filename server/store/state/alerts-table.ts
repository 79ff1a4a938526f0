import type { Happening, LivingAlert, LivingIncident, MonitorLife } from "../../monitor/life/model.ts";
import type { Connection } from "./open.ts";
import {
  alertShape,
  closedShape,
  decisionShape,
  happeningShape,
  incidentShape,
  livingIncidentShape,
  periodShape,
  read,
  readJson,
} from "./shapes.ts";

/** Whose alerts: all where both are null. */
export interface Whose {
  readonly notebook: string | null;
  readonly cell: string | null;
}

type Row = Readonly<Record<string, string | number | null>>;

const OF = "(?1 IS NULL OR notebook = ?1) AND (?2 IS NULL OR cell = ?2)";

export function readLife(state: Connection, whose: Whose): MonitorLife {
  const given = [whose.notebook, whose.cell];
  const happenings = happeningsOf(state, given);
  const alerts = state.prepare(`SELECT * FROM alerts WHERE ${OF} ORDER BY number`).all(...given) as Row[];
  const incidents = state.prepare(`SELECT * FROM incidents WHERE ${OF} ORDER BY number`).all(...given) as Row[];
  return {
    alerts: alerts.map((row) => toAlert(row, happenings.get(String(row.id)) ?? [])),
    incidents: incidents.map((row) =>
      read(livingIncidentShape, { ...row, finding: readJson(incidentShape, row.finding) }),
    ),
  };
}

/** Those of a notebook's alerts of which something was decided, without their histories. */
export function readDecided(state: Connection, notebook: string): LivingAlert[] {
  const sql = "SELECT * FROM alerts WHERE notebook = ? AND decision IS NOT NULL ORDER BY number";
  return (state.prepare(sql).all(notebook) as Row[]).map((row) => toAlert(row, []));
}

/** Null where there is no such alert. */
export function readAlert(state: Connection, id: string): LivingAlert | null {
  const row = state.prepare("SELECT * FROM alerts WHERE id = ?").get(id) as Row | undefined;
  if (row === undefined) return null;
  const rows = state.prepare("SELECT * FROM happenings WHERE alert = ? ORDER BY number").all(id) as Row[];
  return toAlert(row, rows.map(toHappening));
}

/** Writes what became another of a monitor's life. */
export function writeLife(state: Connection, before: MonitorLife, after: MonitorLife): void {
  const incidents = new Map(before.incidents.map((one) => [one.id, JSON.stringify(one)]));
  const putIncident = incidentWriter(state);
  for (const incident of after.incidents) {
    if (incidents.get(incident.id) !== JSON.stringify(incident)) putIncident(incident);
  }
  const alerts = new Map(before.alerts.map((one) => [one.id, one]));
  const putAlert = alertWriter(state);
  for (const alert of after.alerts) {
    const was = alerts.get(alert.id);
    if (was === undefined || JSON.stringify(was) !== JSON.stringify(alert)) putAlert(alert, was?.history.length ?? 0);
  }
}

/** Writes alerts, and of each what happened after so many happenings, which stand already. */
export function alertWriter(state: Connection): (alert: LivingAlert, standing: number) => void {
  const put = state.prepare(`
    INSERT INTO alerts (id, notebook, cell, period, finding, settled, closed, decision, incident)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET finding = excluded.finding, settled = excluded.settled, closed = excluded.closed,
      decision = excluded.decision, incident = excluded.incident`);
  const add = state.prepare(
    "INSERT INTO happenings (alert, number, what, at, as_of, tier, why) VALUES (?, ?, ?, ?, ?, ?, ?)",
  );
  return ({ id, notebook, cell, period, finding, settled, closed, decision, incident, history }, standing) => {
    const kept = [id, notebook, cell, period, JSON.stringify(finding), settled ? 1 : 0];
    put.run(...kept, json(closed), json(decision), incident);
    for (const [index, { what, at, asOf, tier, why }] of history.slice(standing).entries())
      add.run(id, standing + index, what, at, asOf, tier, why);
  };
}

function incidentWriter(state: Connection): (incident: LivingIncident) => void {
  const put = state.prepare(`
    INSERT INTO incidents (id, notebook, cell, period, finding, at) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET finding = excluded.finding`);
  return ({ id, notebook, cell, period, finding, at }) =>
    void put.run(id, notebook, cell, period, JSON.stringify(finding), at);
}

function happeningsOf(state: Connection, given: readonly (string | null)[]): Map<string, Happening[]> {
  const rows = state
    .prepare(
      `SELECT h.* FROM happenings AS h JOIN alerts ON alerts.id = h.alert WHERE ${OF} ORDER BY h.alert, h.number`,
    )
    .all(...given) as Row[];
  const found = new Map<string, Happening[]>();
  for (const row of rows) {
    const own = found.get(String(row.alert)) ?? [];
    own.push(toHappening(row));
    found.set(String(row.alert), own);
  }
  return found;
}

function toHappening({ what, at, as_of: asOf, tier, why }: Row): Happening {
  return read(happeningShape, { what, at, asOf, tier, why });
}

function toAlert(row: Row, history: readonly Happening[]): LivingAlert {
  return {
    ...{ id: String(row.id), notebook: String(row.notebook), cell: String(row.cell) },
    period: read(periodShape, row.period),
    finding: readJson(alertShape, row.finding),
    settled: row.settled === 1,
    closed: readJson(closedShape, row.closed),
    decision: readJson(decisionShape, row.decision),
    incident: row.incident === null || row.incident === undefined ? null : String(row.incident),
    history,
  };
}

function json(value: object | null): string | null {
  return value === null ? null : JSON.stringify(value);
}
