import type { HistoryRefresh, SegmentPoint } from "../segments/history/view.ts";

export interface HistoryFrame {
  readonly width: number;
  readonly height: number;
  readonly edge: number;
  /** People at the top; of these sizes the largest where it is not said. */
  readonly most?: number;
}

/** Sizes at refreshes as a stepped line on a scale of time from 0 people up; `x` and `y` in pixels. */
export interface HistoryDrawing {
  readonly line: string;
  readonly places: readonly {
    readonly x: number;
    readonly y: number;
    readonly index: number;
    readonly isEdited: boolean;
  }[];
  readonly most: number;
}

export function drawHistory(
  refreshes: readonly HistoryRefresh[],
  points: readonly (SegmentPoint | null)[],
  { width, height, edge, ...given }: HistoryFrame,
): HistoryDrawing {
  const times = refreshes.map(({ asOf }) => Date.parse(asOf));
  const [first = 0, last = 0] = [times[0], times.at(-1)];
  const most = given.most ?? Math.max(1, ...points.map((point) => point?.size ?? 0));
  const places = points.flatMap((point, index) => {
    if (point === null) return [];
    const share = last > first ? ((times[index] ?? first) - first) / (last - first) : 0.5;
    const x = edge + share * (width - 2 * edge);
    const y = height - edge - (point.size / most) * (height - 2 * edge);
    return [{ x, y, index, isEdited: point.isEdited }];
  });
  // A size is known at a refresh and holds until the next one.
  const line = places
    .map(({ x, y }, at) => (at === 0 ? `M${round(x)},${round(y)}` : `H${round(x)}V${round(y)}`))
    .join("");
  return { line, places, most };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
