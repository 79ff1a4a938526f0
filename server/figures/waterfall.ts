import type { ResultPage } from "../run/view.ts";
import { asNumber, asText, columnOf } from "./columns.ts";

/** What one part of the sends added to a change, in rate points from 0 to 1. */
export interface Step {
  readonly part: string;
  readonly shareBefore: number | null;
  readonly shareAfter: number | null;
  readonly rateBefore: number | null;
  readonly rateAfter: number | null;
  readonly mix: number;
  readonly rate: number;
  /** Where the bar of mix + rate begins and ends. */
  readonly from: number;
  readonly to: number;
}

/** A change, taken apart by one column of the sends: from the rate before to the rate after. */
export interface Waterfall {
  readonly column: string;
  readonly before: number;
  readonly after: number;
  readonly mix: number;
  readonly rate: number;
  readonly steps: readonly Step[];
  /** Parts that the last step stands for; 0 where each is shown. */
  readonly together: number;
}

const MOST_STEPS = 9;

/** The parts of one alert, a waterfall a column, what adds most first. */
export function waterfallsOf(
  page: Pick<ResultPage, "columns" | "rows">,
  alert: { readonly segment: string; readonly metric: string; readonly changeAt: string | null },
): Waterfall[] {
  const read = (name: string) => columnOf(page, name);
  const [segment, metric, change, column] = [read("segment"), read("metric"), read("change_at"), read("column")];
  const byColumn = new Map<string, ResultPage["rows"]>();
  for (const row of page.rows) {
    if (asText(segment(row)) !== alert.segment || asText(metric(row)) !== alert.metric) continue;
    if (alert.changeAt !== null && asText(change(row)) !== alert.changeAt) continue;
    const name = asText(column(row));
    byColumn.set(name, [...(byColumn.get(name) ?? []), row]);
  }
  return [...byColumn].map(([name, rows]) => waterfall(name, rows, read));
}

type Reader = (name: string) => ReturnType<typeof columnOf>;

function waterfall(column: string, rows: ResultPage["rows"], read: Reader): Waterfall {
  const [part, mix, rate] = [read("part"), read("mix"), read("rate")];
  const [shareBefore, shareAfter] = [read("share_before"), read("share_after")];
  const [rateBefore, rateAfter] = [read("rate_before"), read("rate_after")];
  const parts = rows.map((row) => ({
    part: part(row) === null ? "missing" : asText(part(row)),
    shareBefore: asNumber(shareBefore(row)),
    shareAfter: asNumber(shareAfter(row)),
    rateBefore: asNumber(rateBefore(row)),
    rateAfter: asNumber(rateAfter(row)),
    mix: asNumber(mix(row)) ?? 0,
    rate: asNumber(rate(row)) ?? 0,
  }));
  const sum = (of: (each: (typeof parts)[number]) => number) => parts.reduce((total, each) => total + of(each), 0);
  const before = sum((each) => (each.shareBefore ?? 0) * (each.rateBefore ?? 0));
  const total = { mix: sum((each) => each.mix), rate: sum((each) => each.rate) };
  const sorted = [...parts].sort((a, b) => Math.abs(b.mix + b.rate) - Math.abs(a.mix + a.rate));
  const isLong = sorted.length > MOST_STEPS;
  const shown = isLong ? sorted.slice(0, MOST_STEPS - 1) : sorted;
  const rest = isLong ? sorted.slice(MOST_STEPS - 1) : [];
  const added = (of: "mix" | "rate") => rest.reduce((total, each) => total + each[of], 0);
  const nothing = { shareBefore: null, shareAfter: null, rateBefore: null, rateAfter: null };
  const all = isLong
    ? [...shown, { ...nothing, part: `${rest.length} others`, mix: added("mix"), rate: added("rate") }]
    : shown;
  let at = before;
  const steps = all.map((each) => {
    const from = at;
    at += each.mix + each.rate;
    return { ...each, from, to: at };
  });
  return { column, before, after: before + total.mix + total.rate, ...total, steps, together: rest.length };
}
