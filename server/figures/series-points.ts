import type { CellValue } from "./cell-value.ts";
import { dayTime } from "./format-time.ts";

/** One period of a watched series. */
export interface SeriesPoint {
  /** A day `YYYY-MM-DD`, the start of a week, or a send's id. */
  period: string;
  /** Null where there is no data, which is not zero. */
  value: number | null;
  expected: number | null;
  low: number | null;
  high: number | null;
  /** How many it is a rate of; null for a size. */
  delivered: number | null;
  events: number | null;
  /** How strongly it and those before it speak for a change; null where nothing is judged. */
  evidence: number | null;
  /** False while it may still grow: drawn hollow. */
  mature: boolean;
  /** `watch`, `alert`, `confirmed` where the period lies in a flagged stretch; `learning` of the baseline, `spike` alone. */
  flag: string | null;
}

/** What changed, when, and how surely. */
export interface SeriesChange {
  at: string;
  from: string | null;
  to: string | null;
  direction: "up" | "down";
}

export interface Series {
  segment: string;
  metric: string;
  points: SeriesPoint[];
}

interface Relation {
  columns: { name: string }[];
  rows: CellValue[][];
}

/** A monitor's series relation (`segment, metric, period, …`) as one series a segment and metric, in its order. */
export function seriesOf(relation: Relation): Series[] {
  const at = (name: string) => relation.columns.findIndex((column) => column.name === name);
  const [segment, metric, period, mature, flag] = ["segment", "metric", "period", "mature", "flag"].map(at);
  const numbers = { value: at("rate"), expected: at("expected"), low: at("low"), high: at("high") };
  const counts = { delivered: at("delivered"), events: at("events"), evidence: at("evidence") };
  const found = new Map<string, Series>();
  for (const row of relation.rows) {
    const cell = (place: number | undefined) => (place === undefined || place < 0 ? null : (row[place] ?? null));
    const name = { segment: String(cell(segment) ?? ""), metric: String(cell(metric) ?? "") };
    const key = JSON.stringify(name);
    const series = found.get(key) ?? { ...name, points: [] };
    found.set(key, series);
    const flagged = cell(flag);
    series.points.push({
      period: String(cell(period) ?? ""),
      value: asNumber(cell(numbers.value)),
      expected: asNumber(cell(numbers.expected)),
      low: asNumber(cell(numbers.low)),
      high: asNumber(cell(numbers.high)),
      delivered: asNumber(cell(counts.delivered)),
      events: asNumber(cell(counts.events)),
      evidence: asNumber(cell(counts.evidence)),
      mature: cell(mature) !== false && cell(mature) !== "false",
      flag: flagged === null || flagged === false || flagged === "" || flagged === "false" ? null : String(flagged),
    });
  }
  return [...found.values()];
}

/**
 * Where each period stands from 0 to 1: by the calendar where all are days, so that a gap is seen as one;
 * otherwise one after the other.
 */
export function periodPlaces(points: readonly SeriesPoint[]): number[] {
  const days = points.map((point) => dayTime(point.period.slice(0, 10)));
  const first = days[0];
  const last = days.at(-1);
  const calendar = days.every((day) => day !== null) && first != null && last != null && last > first;
  if (!calendar) return points.map((_, place) => (points.length < 2 ? 0.5 : place / (points.length - 1)));
  return days.map((day) => ((day ?? first) - first) / (last - first));
}

/** The usual step between two periods as a share of the whole; a longer one breaks the line. */
export function usualStep(places: readonly number[]): number {
  const steps = places.slice(1).map((place, index) => place - (places[index] ?? 0));
  steps.sort((a, b) => a - b);
  return steps[Math.floor(steps.length / 2)] ?? 1;
}

function asNumber(value: CellValue): number | null {
  if (value === null || typeof value === "boolean") return null;
  const number = Number(value);
  return Number.isNaN(number) ? null : number;
}
