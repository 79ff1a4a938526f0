/** One group's values, in standard deviations from everybody's mean, one a column; null where there is none. */
export interface ParallelLine {
  readonly name: string;
  readonly group: number;
  readonly values: readonly (number | null)[];
}

export interface ParallelFrame {
  readonly columns: number;
  readonly width: number;
  readonly height: number;
  /** Standard deviations from the middle to either end. */
  readonly range: number;
}

export const PARALLEL_EDGE = 14;
const LEAST_RANGE = 1.5;

/** A frame that holds all lines. */
export function parallelFrame(
  lines: readonly ParallelLine[],
  size: Pick<ParallelFrame, "columns" | "width" | "height">,
): ParallelFrame {
  const far = lines.flatMap(({ values }) => values.map((value) => Math.abs(value ?? 0)));
  return { ...size, range: Math.max(LEAST_RANGE, ...far) };
}

/** Where a column stands, in the frame's pixels from the left. */
export function parallelX(place: number, { columns, width }: ParallelFrame): number {
  return ((place + 0.5) / columns) * width;
}

/** Where a value in standard deviations stands, in the frame's pixels from the top. */
export function parallelY(value: number, { height, range }: ParallelFrame): number {
  return height / 2 - (value / range) * (height / 2 - PARALLEL_EDGE);
}

/** A line over the columns where its value is known, with its points. */
export function parallelPath(
  { values }: ParallelLine,
  frame: ParallelFrame,
): { path: string; points: { x: number; y: number }[] } {
  const points = values.flatMap((value, place) =>
    value === null ? [] : [{ x: parallelX(place, frame), y: parallelY(value, frame) }],
  );
  const path = points.map((at, place) => `${place === 0 ? "M" : "L"}${at.x.toFixed(1)} ${at.y.toFixed(1)}`).join("");
  return { path, points };
}

/** The drawing for whoever does not see it. */
export function parallelWords(label: string, columns: readonly string[], lines: readonly ParallelLine[]): string {
  const told = lines.map(({ name, values }) => {
    const parts = values.map((value, place) => `${columns[place]} ${value === null ? "unknown" : value.toFixed(1)}`);
    return `${name}: ${parts.join(", ")}`;
  });
  return `${label}, in standard deviations from everybody's mean. ${told.join(". ")}`;
}

/** What the drawing's heights mean, in a sentence or two. */
export function rangeWords({ range }: ParallelFrame): string {
  return `The line across is everybody's mean. Each column is in its own standard deviations, ${range.toFixed(1)} up and down.`;
}
