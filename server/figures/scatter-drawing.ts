import { glyphPath } from "./glyphs.ts";

export interface ScatterPoint {
  readonly x: number;
  readonly y: number;
  /** From 1; gives the colour and the shape. */
  readonly group: number;
}

/** A rectangle in the points' own units. */
export interface Box {
  readonly left: number;
  readonly right: number;
  readonly low: number;
  readonly high: number;
}

export interface ScatterFrame {
  readonly width: number;
  readonly height: number;
  readonly extent: Box;
}

const EDGE = 8;

/** Of each point's shape, in pixels: the more there are, the smaller. */
export function radiusFor(points: number): number {
  if (points > 20_000) return 1.3;
  return points > 4_000 ? 1.9 : 2.6;
}

/** What holds all points, with a little air; a point alone gets a unit around it. */
export function extentOf(points: readonly ScatterPoint[]): Box {
  const [left, right] = stretch(points.map(({ x }) => x));
  const [low, high] = stretch(points.map(({ y }) => y));
  return { left, right, low, high };
}

function stretch(values: readonly number[]): [number, number] {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  if (!(most > least)) return Number.isFinite(least) ? [least - 1, least + 1] : [-1, 1];
  return [least, most];
}

export function xOf(x: number, { width, extent }: ScatterFrame): number {
  return EDGE + ((x - extent.left) / (extent.right - extent.left)) * (width - 2 * EDGE);
}

export function yOf(y: number, { height, extent }: ScatterFrame): number {
  return EDGE + ((extent.high - y) / (extent.high - extent.low)) * (height - 2 * EDGE);
}

/** The place in the points' units of one in pixels; within the frame. */
export function placeAt(px: number, py: number, { width, height, extent }: ScatterFrame): { x: number; y: number } {
  const across = Math.min(1, Math.max(0, (px - EDGE) / (width - 2 * EDGE)));
  const down = Math.min(1, Math.max(0, (py - EDGE) / (height - 2 * EDGE)));
  // Exact at the edges, so that nobody there is left out.
  return {
    x: (1 - across) * extent.left + across * extent.right,
    y: (1 - down) * extent.high + down * extent.low,
  };
}

export function isInside({ x, y }: { x: number; y: number }, box: Box): boolean {
  return x >= box.left && x <= box.right && y >= box.low && y <= box.high;
}

/** A box moved by shares of the frame, or grown by them; it stays within the extent and never vanishes. */
export function nudged(box: Box, extent: Box, by: { dx: number; dy: number; grow: "move" | "size" }): Box {
  const [width, height] = [extent.right - extent.left, extent.high - extent.low];
  const [dx, dy] = [by.dx * width, by.dy * height];
  if (by.grow === "move") {
    const right = Math.min(extent.right - box.right, Math.max(extent.left - box.left, dx));
    const up = Math.min(extent.high - box.high, Math.max(extent.low - box.low, dy));
    return { left: box.left + right, right: box.right + right, low: box.low + up, high: box.high + up };
  }
  return {
    ...box,
    right: Math.min(extent.right, Math.max(box.left + width * 0.02, box.right + dx)),
    high: Math.min(extent.high, Math.max(box.low + height * 0.02, box.high + dy)),
  };
}

/** The middle quarter of an extent: where a box begins that is made by keys. */
export function middleOf({ left, right, low, high }: Box): Box {
  const [width, height] = [right - left, high - low];
  return { left: left + width * 0.3, right: left + width * 0.7, low: low + height * 0.3, high: low + height * 0.7 };
}

/** One path for each group, in the order of the groups: all its points in its shape. */
export function scatterPaths(points: readonly ScatterPoint[], frame: ScatterFrame): { group: number; path: string }[] {
  const radius = radiusFor(points.length);
  const parts = new Map<number, string[]>();
  for (const { x, y, group } of points) {
    const known = parts.get(group) ?? [];
    known.push(glyphPath(group, xOf(x, frame), yOf(y, frame), radius));
    parts.set(group, known);
  }
  return [...parts].sort(([a], [b]) => a - b).map(([group, drawn]) => ({ group, path: drawn.join("") }));
}
