import { SETTLING } from "../detector/watch.ts";
import type { Alert } from "../model.ts";
import { comparePeriods } from "../period.ts";
import { apart, laterOf, overlap, type Stretch } from "./apart.ts";
import type { Closing, Rebaseline, Report } from "./model.ts";

/** One drift of a series as a report tells it: the detector's rows that are about it, oldest first; the last is how it stands. */
export interface Drift {
  readonly rows: readonly [Alert, ...Alert[]];
  /** What ended it; null while it lasts. */
  readonly ended: { readonly why: Closing; readonly period: string } | null;
  readonly settled: boolean;
}

/** A drift that comes again after at most so many periods is the same. */
const AGAIN_WITHIN = 28;
/** A rate is back where at most this share of its change is left. */
const LEFT = 0.25;

interface Growing {
  readonly rows: [Alert, ...Alert[]];
  ended: { readonly why: Closing; readonly period: string } | null;
}

/**
 * The drifts that a report's rows are about. A row in the other direction that brings the rate back is the end of a drift
 * and none of its own. The same rows give the same drifts, whatever was told before.
 */
export function driftsOf(report: Report): Drift[] {
  const series = new Map<string, Alert[]>();
  for (const row of report.alerts) {
    const key = JSON.stringify([row.segment, row.metric]);
    series.set(key, [...(series.get(key) ?? []), row]);
  }
  return [...series.values()].flatMap((rows) => ofSeries(rows.sort(inTime), report));
}

/** What of the periods a row is about. */
export function stretchOf({ change_from, detected_at, confirmed_at }: Alert): Stretch {
  return { from: change_from, to: confirmed_at === null ? detected_at : laterOf(detected_at, confirmed_at) };
}

/** Whether a rebaseline is of the series. */
export function concerns({ cell, segment, metric }: Rebaseline, of: Alert, ownCell: string): boolean {
  return (
    (cell === null || cell === ownCell) &&
    (segment === null || segment === of.segment) &&
    (metric === null || metric === of.metric)
  );
}

function inTime(a: Alert, b: Alert): number {
  return comparePeriods(a.detected_at, b.detected_at) || comparePeriods(a.change_at, b.change_at);
}

function ofSeries(rows: readonly Alert[], report: Report): Drift[] {
  const found: Growing[] = [];
  for (const row of rows) {
    const others = found.filter((one) => one.ended === null && last(one).direction !== row.direction);
    const undone = others.filter((one) => isBack(last(one), row, report));
    // One that fades again has brought nothing back, and one at watch may.
    if (row.verdict !== "spike" && row.tier !== "watch") {
      for (const one of undone) one.ended = { why: "back", period: row.detected_at };
    }
    if (undone.some((one) => !isBeyond(last(one), row, report))) continue;
    const same = found.findLast((one) => last(one).direction === row.direction);
    if (same !== undefined && (isAgain(same, row, report) || isStill(same, row))) {
      same.rows.push(row);
      same.ended = endOf(row, report);
    } else found.push({ rows: [row], ended: endOf(row, report) });
  }
  return found.map((one) => ({ ...one, settled: isSettled(last(one), report) }));
}

function last({ rows }: Pick<Drift, "rows">): Alert {
  return rows.at(-1) ?? rows[0];
}

/** What ends a row by itself: its evidence faded, or all that came after it starts anew. */
function endOf(row: Alert, report: Report): Growing["ended"] {
  const anew = report.rebaselines
    .filter((one) => concerns(one, row, report.cell) && comparePeriods(row.detected_at, one.period) < 0)
    .map(({ period }) => period)
    .sort(comparePeriods)[0];
  if (anew !== undefined) return { why: "new_baseline", period: anew };
  return row.verdict === "spike" ? { why: "passed", period: row.detected_at } : null;
}

/** How much of a drift's change may be left, in its rate's units. */
function tolerance({ rate_before, rate_after }: Alert, { minRelativeChange }: Report): number {
  return Math.max(LEFT * Math.abs(rate_after - rate_before), minRelativeChange * Math.abs(rate_before));
}

function isBack(drift: Alert, row: Alert, report: Report): boolean {
  const left = drift.direction === "down" ? drift.rate_before - row.rate_after : row.rate_after - drift.rate_before;
  return left <= tolerance(drift, report);
}

/** Whether a row takes the rate past where it was before the drift. */
function isBeyond(drift: Alert, row: Alert, report: Report): boolean {
  const past = drift.direction === "down" ? row.rate_after - drift.rate_before : drift.rate_before - row.rate_after;
  return past > tolerance(drift, report);
}

/** Whether a row is a drift that had ended, come again. */
function isAgain({ rows, ended }: Growing, row: Alert, { period }: Report): boolean {
  if (ended === null || ended.why === "new_baseline") return false;
  const gap = apart(laterOf(ended.period, rows[0].detected_at), row.change_at, period);
  return gap !== null && gap <= AGAIN_WITHIN;
}

/** Whether a row is of the very stretch of a drift that lasts, as two rules may see one change. */
function isStill(drift: Growing, row: Alert): boolean {
  return drift.ended === null && overlap(stretchOf(last(drift)), stretchOf(row));
}

function isSettled({ segment, metric, detected_at }: Alert, { series }: Report): boolean {
  const own = series.find((one) => one.segment === segment && one.metric === metric);
  return (own?.periods ?? []).filter((period) => comparePeriods(period, detected_at) > 0).length >= SETTLING;
}
