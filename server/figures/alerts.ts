import type { ResultPage } from "../run/view.ts";
import { asNumber, asText, columnOf } from "./columns.ts";

export type Tier = "watch" | "alert" | "confirmed";

/** One drift as a monitor tells it. */
export interface Alert {
  readonly segment: string;
  readonly metric: string;
  readonly tier: Tier;
  readonly direction: "up" | "down";
  readonly detectedAt: string;
  readonly changeAt: string | null;
  readonly changeFrom: string | null;
  readonly changeTo: string | null;
  readonly before: number | null;
  readonly after: number | null;
  readonly change: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly verdict: string;
  readonly explanation: string;
}

const ORDER: readonly Tier[] = ["confirmed", "alert", "watch"];

/** A monitor's relation as alerts, the surest first, then the latest. */
export function alertsOf(page: Pick<ResultPage, "columns" | "rows">): Alert[] {
  const read = (name: string) => columnOf(page, name);
  const [segment, metric, tier, direction] = [read("segment"), read("metric"), read("tier"), read("direction")];
  const [detected, at, from, to] = [read("detected_at"), read("change_at"), read("change_from"), read("change_to")];
  const [before, after, change] = [read("rate_before"), read("rate_after"), read("relative_change")];
  const [low, high, verdict, explanation] = [read("low"), read("high"), read("verdict"), read("explanation")];
  const day = (value: ReturnType<typeof at>) => (value === null ? null : asText(value));
  const alerts = page.rows.map((row) => ({
    segment: asText(segment(row)),
    metric: asText(metric(row)),
    tier: tierOf(asText(tier(row))),
    direction: asText(direction(row)) === "up" ? ("up" as const) : ("down" as const),
    detectedAt: asText(detected(row)),
    changeAt: day(at(row)),
    changeFrom: day(from(row)),
    changeTo: day(to(row)),
    before: asNumber(before(row)),
    after: asNumber(after(row)),
    change: asNumber(change(row)),
    low: asNumber(low(row)),
    high: asNumber(high(row)),
    verdict: asText(verdict(row)),
    explanation: asText(explanation(row)),
  }));
  return alerts.sort(
    (a, b) => ORDER.indexOf(a.tier) - ORDER.indexOf(b.tier) || b.detectedAt.localeCompare(a.detectedAt),
  );
}

function tierOf(text: string): Tier {
  return text === "alert" || text === "confirmed" ? text : "watch";
}

/** Several segments that moved together, as one incident. */
export interface Incident {
  readonly openedAt: string;
  readonly metric: string;
  readonly direction: string;
  readonly segments: string;
  readonly explanation: string;
}

export function incidentsOf(page: Pick<ResultPage, "columns" | "rows">): Incident[] {
  const read = (name: string) => columnOf(page, name);
  const [opened, metric, direction, segments, explanation] = [
    read("opened_at"),
    read("metric"),
    read("direction"),
    read("segments"),
    read("explanation"),
  ];
  return page.rows.map((row) => ({
    openedAt: asText(opened(row)),
    metric: asText(metric(row)),
    direction: asText(direction(row)),
    segments: asText(segments(row)),
    explanation: asText(explanation(row)),
  }));
}
