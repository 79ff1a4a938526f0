import type { CellView } from "../../server/run/view.ts";
import type { RunProgress } from "../state/run-progress.ts";
import { elapsed, isRunning } from "../state/run-progress.ts";

/** One cell of a run: when it was computed, in milliseconds since the run's start; null where it was not. */
export interface TimelineRow {
  readonly cell: CellView;
  readonly from: number | null;
  readonly to: number | null;
  /** 0 to 1 of a cell that runs, where it is known. */
  readonly progress: number | null;
}

export interface Timeline {
  readonly rows: readonly TimelineRow[];
  /** Milliseconds from the run's start to its end, or to now. */
  readonly length: number;
  /** How much of the cells' time lay side by side: their times added, over the time in which any was at work. */
  readonly abreast: number | null;
}

/** The newest run that is known: the one that goes or went on this page, else the one whose times the plan kept. */
export function timelineOf(cells: readonly CellView[], progress: RunProgress | null, now: number): Timeline {
  const length = progress === null ? 0 : elapsed(progress, now);
  const rows = cells
    .filter(({ kind }) => kind !== "input")
    .map((planned): TimelineRow | null => {
      if (progress === null) return planned.span === null ? null : rowOf(planned, null, length);
      const heard = progress.heard.get(planned.id);
      return heard === undefined ? null : rowOf(heard.cell, heard.progress, isRunning(progress) ? length : null);
    })
    .filter((row) => row !== null)
    .sort((a, b) => (a.from ?? Number.POSITIVE_INFINITY) - (b.from ?? Number.POSITIVE_INFINITY));
  const last = Math.max(0, ...rows.map(({ to }) => to ?? 0));
  return { rows, length: progress === null ? last : Math.max(length, last), abreast: abreast(rows) };
}

/** What has come of a run's cells so far, each with its number: those that were at work first. */
export function countWords(rows: readonly TimelineRow[]): string[] {
  const words = rows.map(({ cell, from }) =>
    cell.state !== "fresh" ? cell.state : from === null ? "found" : "computed",
  );
  return ["computed", "found", "running", "waiting", "failed", "cancelled", "blocked"].flatMap((word, place) => {
    const count = words.filter((each) => each === word).length;
    if (count === 0 && place > 0) return [];
    return [place > 0 ? `${count} ${word}` : `${count} ${count === 1 ? "cell" : "cells"} ${word}`];
  });
}

function rowOf(cell: CellView, progress: number | null, now: number | null): TimelineRow {
  const from = cell.span?.from ?? null;
  const end = cell.span?.to ?? (cell.state === "running" ? now : null);
  return { cell, from, to: from === null || end === null ? null : Math.max(from, end), progress };
}

function abreast(rows: readonly TimelineRow[]): number | null {
  const spans = rows.flatMap(({ from, to }) => (from === null || to === null || to <= from ? [] : [{ from, to }]));
  const work = spans.reduce((sum, { from, to }) => sum + to - from, 0);
  let busy = 0;
  let until = Number.NEGATIVE_INFINITY;
  for (const { from, to } of spans.sort((a, b) => a.from - b.from)) {
    busy += Math.max(0, to - Math.max(from, until));
    until = Math.max(until, to);
  }
  return busy > 0 ? work / busy : null;
}

/** Marks for an axis from 0 to `length`: few, in steps of 1, 2 or 5, none so near the end that its words would be cut. */
export function ticks(length: number): number[] {
  if (!(length > 0)) return [0];
  const rough = length / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((each) => each >= rough) ?? rough;
  const marks: number[] = [];
  for (let mark = 0; mark <= 0.85 * length; mark += step) marks.push(mark);
  return marks;
}
