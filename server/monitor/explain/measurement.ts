import { apart } from "../life/apart.ts";
import type { Incident } from "../model.ts";
import { type FoundAlert, retold } from "./alert.ts";
import { MEASUREMENT, SHARED } from "./explain.ts";

/** The metric that measures the measuring, and the one that it spoils. */
const MEASURE = "machine_open_rate";
const SPOILT = "open_rate";

/** Changes whose sets are so many periods apart are of one time. */
const NEAR = 3;

export interface Reported {
  readonly alerts: readonly FoundAlert[];
  readonly incidents: readonly Incident[];
}

/** Open rates that moved while opens by machines did are told as what they may well be: a change of what is measured. */
export function withMeasurement({ alerts, incidents }: Reported): Reported {
  const jumps = alerts.filter(({ metric }) => metric === MEASURE);
  const common = incidents.filter(({ metric }) => metric === MEASURE);
  return {
    alerts: alerts.map((alert) => {
      if (alert.metric !== SPOILT) return alert;
      const { period, causes } = alert.finding;
      const own = jumps.find((jump) => jump.segment === alert.segment && meet(jump, alert, period));
      const shared = common.some(
        ({ opened_at, segments }) =>
          segments.includes(alert.segment) && meet({ change_from: opened_at, change_to: opened_at }, alert, period),
      );
      if (own === undefined && !shared) return alert;
      const from = own === undefined ? "" : ` from ${percent(own.rate_before)} to ${percent(own.rate_after)}`;
      const verb = own?.direction === "down" ? "fell" : "rose";
      return retold(alert, {
        causes: [`opens by machines ${verb}${from} at the same time: ${MEASUREMENT}, as far as it goes`, ...causes],
      });
    }),
    incidents: incidents.map((incident) => {
      if (incident.metric !== SPOILT) return incident;
      const period = alerts[0]?.finding.period ?? "day";
      const near = common.some(({ opened_at }) => close(opened_at, incident.opened_at, period));
      if (!near) return incident;
      return {
        ...incident,
        explanation: incident.explanation.replace(SHARED, `opens by machines moved with them: ${MEASUREMENT}.`),
      };
    }),
  };
}

type ChangeSet = Pick<FoundAlert, "change_from" | "change_to">;

function meet(a: ChangeSet, b: ChangeSet, period: FoundAlert["finding"]["period"]): boolean {
  const gaps = [apart(a.change_to, b.change_from, period), apart(b.change_to, a.change_from, period)];
  return gaps.every((gap) => gap === null || gap <= NEAR);
}

function close(a: string, b: string, period: FoundAlert["finding"]["period"]): boolean {
  const gap = apart(a, b, period);
  return gap !== null && Math.abs(gap) <= NEAR;
}

function percent(rate: number): string {
  return `${(100 * rate).toFixed(1)} %`;
}
