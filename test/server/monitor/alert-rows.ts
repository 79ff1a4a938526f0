import { type Lived, liveOn } from "../../../server/monitor/life/life.ts";
import type { LivingAlert, MonitorLife, Report } from "../../../server/monitor/life/model.ts";
import type { Alert } from "../../../server/monitor/model.ts";
import { dayOf } from "../../bench/monitor/simulate.ts";

/** A row of the detector: a click rate that fell from 4 % to 3 % on a day, unless it is said otherwise. */
export function row(day: number, other: Partial<Alert> = {}): Alert {
  return {
    ...{ segment: "VIP", metric: "click_rate", tier: "alert", direction: "down" },
    ...{ detected_at: dayOf(day + 5), confirmed_at: null },
    ...{ change_at: dayOf(day), change_from: dayOf(day - 2), change_to: dayOf(day + 2) },
    ...{ rate_before: 0.04, rate_after: 0.03, relative_change: -0.25, low: -0.3, high: -0.2 },
    ...{ evidence: 3_000, verdict: "rate", explanation: "VIP: click rate fell." },
    ...other,
  };
}

/** What brings it back. */
export function back(day: number, other: Partial<Alert> = {}): Alert {
  return row(day, { direction: "up", rate_before: 0.03, rate_after: 0.04, relative_change: 0.33, ...other });
}

export const NOTHING: MonitorLife = { alerts: [], incidents: [] };

/** A report of a cell's whole course up to a day. */
export function report(day: number, alerts: readonly Alert[], other: Partial<Report> = {}): Report {
  const periods = Array.from({ length: day + 1 }, (_, i) => dayOf(i));
  const series = alerts.map(({ segment, metric }) => ({ segment, metric, periods }));
  return {
    ...{ notebook: "notebooks/a.md", cell: "watch", period: "day", metrics: null, minRelativeChange: 0.05 },
    ...{
      asOf: Date.parse(dayOf(day)),
      alerts,
      incidents: [],
      series,
      rebaselines: [],
      definition: "",
      judged: [],
      written: "",
      standings: [],
    },
    ...other,
  };
}

/** Lives on by a report, on its own day. */
export function lived(before: MonitorLife, found: Report): Lived {
  let named = before.alerts.length + before.incidents.length;
  const newId = () => `n${++named}`;
  return liveOn(before, {
    report: found,
    at: found.asOf,
    today: new Date(found.asOf).toISOString().slice(0, 10),
    newId,
  });
}

export function openOnes({ alerts }: MonitorLife): LivingAlert[] {
  return alerts.filter(({ closed }) => closed === null);
}
