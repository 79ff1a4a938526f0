import type { Column } from "../../language/vocabulary.ts";
import type { Yield } from "../kind.ts";
import { COUNTED } from "./count-counts.ts";
import { periodType } from "./period.ts";
import type { MonitorBody } from "./schema.ts";

/** The relations with their columns: alerts, incidents and series, and what was counted and what could not be. */
export function yields(body: Pick<MonitorBody, "period" | "metrics">): Yield[] {
  const { period } = body;
  return [
    { suffix: "", columns: alertColumns(period), part: "" },
    { suffix: "_incidents", columns: incidentColumns(period), part: "" },
    { suffix: "_series", columns: seriesColumns(period), part: "" },
    { suffix: "_counts", columns: countsColumns(period), part: "" },
    { suffix: "_set_aside", columns: setAsideColumns(period), part: "" },
    { suffix: "_parts", columns: partsColumns(period), part: "" },
    { suffix: "_sight", columns: sightColumns(), part: "" },
    { suffix: "_staleness", columns: stalenessColumns(), part: "" },
    { suffix: "_flows", columns: flowColumns(), part: "flows" },
    { suffix: "_make_up", columns: makeUpColumns(), part: hasMix(body) ? "" : "make_up" },
    { suffix: "_control", columns: controlColumns(), part: "control" },
  ];
}

/** Whether make-ups are watched with the rest; otherwise they are told when somebody asks. */
export function hasMix({ metrics }: Pick<MonitorBody, "metrics">): boolean {
  return metrics?.includes("mix") === true;
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

/** One row a part of each alert and column; `mix` and `rate` are what it adds to the change. */
export function partsColumns(period: MonitorBody["period"]): Column[] {
  return columns({
    segment: "VARCHAR",
    metric: "VARCHAR",
    change_at: periodType(period),
    column: "VARCHAR",
    part: "VARCHAR",
    share_before: "DOUBLE",
    share_after: "DOUBLE",
    rate_before: "DOUBLE",
    rate_after: "DOUBLE",
    mix: "DOUBLE",
    rate: "DOUBLE",
  });
}

/**
 * One row a series: the smallest change to the worse that is seen within four weeks, in words what could not have been, and
 * how surely it is not at its baseline's level any more.
 */
export function sightColumns(): Column[] {
  return columns({
    segment: "VARCHAR",
    metric: "VARCHAR",
    periods: "BIGINT",
    delivered: "DOUBLE",
    rate: "DOUBLE",
    smallest_change: "DOUBLE",
    words: "VARCHAR",
    e_value: "DOUBLE",
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

/** What the series are made of; what a relation does not tell is missing. */
export function countsColumns(period: MonitorBody["period"]): Column[] {
  const counts = [...COUNTED, "late_opens", "late_clicks", "backwards"].map((name) => [name, "BIGINT"] as const);
  return columns({
    segment: "VARCHAR",
    period: periodType(period),
    mature: "BOOLEAN",
    members_by: "VARCHAR",
    ...Object.fromEntries(counts),
  });
}

/** One row a segment of which some are held out: shares of whom converted since then, mailed less held out. */
export function controlColumns(): Column[] {
  return columns({
    segment: "VARCHAR",
    conversion: "VARCHAR",
    since: "DATE",
    mailed: "BIGINT",
    mailed_conversions: "BIGINT",
    held_out: "BIGINT",
    held_out_conversions: "BIGINT",
    difference: "DOUBLE",
    low: "DOUBLE",
    high: "DOUBLE",
    known_by: "DATE",
    told: "VARCHAR",
  });
}

export function setAsideColumns(period: MonitorBody["period"]): Column[] {
  return columns({
    segment: "VARCHAR",
    metric: "VARCHAR",
    period: periodType(period),
    code: "VARCHAR",
    message: "VARCHAR",
  });
}

/** Whether what is said of a segment still holds, and since when not. */
export function stalenessColumns(): Column[] {
  return columns({ segment: "VARCHAR", state: "VARCHAR", since: "DATE", why: "VARCHAR" });
}

/** How far the features of a segment's people are from their reference, week by week. */
export function makeUpColumns(): Column[] {
  return columns({
    segment: "VARCHAR",
    period: "DATE",
    feature: "VARCHAR",
    psi: "DOUBLE",
    threshold: "DOUBLE",
    n_reference: "BIGINT",
    n: "BIGINT",
    flag: "VARCHAR",
  });
}

/** Who went from which segment to which; missing is none of the same cell. */
export function flowColumns(): Column[] {
  return columns({
    period: "DATE",
    from_segment: "VARCHAR",
    to_segment: "VARCHAR",
    moved: "BIGINT",
    of: "BIGINT",
    flag: "VARCHAR",
  });
}

function columns(types: Readonly<Record<string, string>>): Column[] {
  return Object.entries(types).map(([name, type]) => ({ name, type }));
}
