import type { ReplayWeek } from "../run/replay/view.ts";
import { lastDayOf, ratesOf } from "./replay-words.ts";
import { drawSeries, type SeriesDrawing } from "./series-drawing.ts";
import type { SeriesPoint } from "./series-points.ts";

export interface ReplayDrawing {
  readonly size: SeriesDrawing;
  readonly open: SeriesDrawing | null;
  readonly click: SeriesDrawing | null;
  /** One place a week: the bar of those who came, up from the middle, and of those who left, down from it; in pixels. */
  readonly moves: readonly { readonly x: number; readonly up: number; readonly down: number }[];
  readonly barWidth: number;
  /** People that a bar of full height stands for. */
  readonly mostMoves: number;
}

export interface ReplayFrame {
  readonly width: number;
  /** Of a line's plot. */
  readonly height: number;
  /** Of the bars' plot. */
  readonly bars: number;
  readonly edge: number;
}

/** The plots of a replay in pixels, week under week. */
export function drawReplay(weeks: readonly ReplayWeek[], frame: ReplayFrame): ReplayDrawing {
  const line = (value: (week: ReplayWeek) => number | null, isMature: (week: ReplayWeek) => boolean) =>
    drawSeries(
      weeks.map((week) => pointOf(week, value(week), isMature(week))),
      frame,
    );
  const isMature = ({ sends }: ReplayWeek) => sends?.mature !== false;
  const rate = (which: "open" | "click") =>
    weeks.some((week) => ratesOf(week)[which] !== null) ? line((week) => ratesOf(week)[which], isMature) : null;
  const size = line(
    (week) => week.size,
    () => true,
  );
  const mostMoves = Math.max(1, ...weeks.flatMap(({ entered, left }) => [entered, left]));
  const half = frame.bars / 2 - 1;
  return {
    ...{ size, open: rate("open"), click: rate("click"), mostMoves },
    moves: weeks.map(({ entered, left }, index) => ({
      x: size.places[index]?.x ?? 0,
      up: (entered / mostMoves) * half,
      down: (left / mostMoves) * half,
    })),
    barWidth: Math.max(1, Math.min(10, (frame.width / Math.max(1, weeks.length)) * 0.6)),
  };
}

function pointOf(week: ReplayWeek, value: number | null, mature: boolean): SeriesPoint {
  const nothing = { expected: null, evidence: null, low: null, high: null, events: null, flag: null };
  return { ...nothing, period: lastDayOf(week), value, mature, delivered: week.sends?.delivered ?? null };
}
