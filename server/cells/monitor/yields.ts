import type { Column } from "../../language/vocabulary.ts";
import type { Yield } from "../kind.ts";
import { periodType } from "./period.ts";
import type { MonitorBody } from "./schema.ts";

/** The three relations with their columns: alerts, incidents and series. */
export function yields(period: MonitorBody["period"]): Yield[] {
  return [
    { suffix: "", columns: alertColumns(period), part: "" },
    { suffix: "_incidents", columns: incidentColumns(period), part: "" },
    { suffix: "_series", columns: seriesColumns(period), part: "" },
  ];
}

export function alertColumns(period: MonitorBody["period"]): Column[] {
  const at = periodType(period);
  return columns({
    segment: "VARCHAR",
    metric: "VARCHAR",
    tier: "VARCHAR",
    direction: "VARCHAR",
    detected_at: at,
    confirmed_at: at,
    change_at: at,
    change_from: at,
    change_to: at,
    rate_before: "DOUBLE",
    rate_after: "DOUBLE",
    relative_change: "DOUBLE",
    low: "DOUBLE",
    high: "DOUBLE",
    evidence: "DOUBLE",
    verdict: "VARCHAR",
    explanation: "VARCHAR",
  });
}

export function incidentColumns(period: MonitorBody["period"]): Column[] {
  return columns({
    opened_at: periodType(period),
    metric: "VARCHAR",
    direction: "VARCHAR",
    segments: "VARCHAR",
    explanation: "VARCHAR",
  });
}

export function seriesColumns(period: MonitorBody["period"]): Column[] {
  return columns({
    segment: "VARCHAR",
    metric: "VARCHAR",
    period: periodType(period),
    delivered: "BIGINT",
    events: "BIGINT",
    rate: "DOUBLE",
    expected: "DOUBLE",
    low: "DOUBLE",
    high: "DOUBLE",
    evidence: "DOUBLE",
    mature: "BOOLEAN",
    flag: "VARCHAR",
  });
}

function columns(types: Readonly<Record<string, string>>): Column[] {
  return Object.entries(types).map(([name, type]) => ({ name, type }));
}
