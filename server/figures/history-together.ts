import type { HistoryRefresh, SegmentPoint } from "../segments/history/view.ts";
import { drawHistory, type HistoryDrawing, type HistoryFrame } from "./history-drawing.ts";

export interface TogetherDrawing {
  /** One a segment, all on the same scales; `labelY` is where its name stands, null where it was never recorded. */
  readonly lines: readonly (HistoryDrawing & { readonly labelY: number | null })[];
  readonly most: number;
}

/** Sizes of several segments at refreshes on one scale, with room of `apart` pixels between their names. */
export function drawTogether(
  refreshes: readonly HistoryRefresh[],
  segments: readonly (readonly (SegmentPoint | null)[])[],
  { apart, ...frame }: HistoryFrame & { readonly apart: number },
): TogetherDrawing {
  const most = Math.max(1, ...segments.flatMap((points) => points.map((point) => point?.size ?? 0)));
  const lines = segments.map((points) => drawHistory(refreshes, points, { ...frame, most }));
  const ends = lines.map(({ places }) => places.at(-1)?.y ?? null);
  const labels = spread(ends, { apart, low: apart / 2, high: frame.height - apart / 2 });
  return { lines: lines.map((line, index) => ({ ...line, labelY: labels[index] ?? null })), most };
}

/** The same places in the same order, at least so far apart and between two ends, where there is room. */
export function spread(
  places: readonly (number | null)[],
  { apart, low, high }: { readonly apart: number; readonly low: number; readonly high: number },
): (number | null)[] {
  const known = places
    .flatMap((place, index) => (place === null ? [] : [{ place, index }]))
    .sort((one, other) => one.place - other.place);
  let least = low;
  for (const one of known) {
    one.place = Math.max(one.place, least);
    least = one.place + apart;
  }
  let highest = high;
  for (const one of known.reverse()) {
    one.place = Math.min(one.place, highest);
    highest = one.place - apart;
  }
  return places.map((_, index) => known.find((one) => one.index === index)?.place ?? null);
}
