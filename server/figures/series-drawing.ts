import { periodPlaces, type SeriesPoint, usualStep } from "./series-points.ts";

export interface SeriesFrame {
  readonly width: number;
  readonly height: number;
  /** Room for a point's radius at the edges. */
  readonly edge: number;
  /** Values besides the series' own that must have room. */
  readonly include?: readonly number[];
  /** `usual` leaves the few most extreme out of the frame, for a small place; all have room otherwise. */
  readonly range?: "all" | "usual";
}

export interface SeriesDrawing {
  /** One place a point; y is null where it has no value. */
  readonly places: readonly { readonly x: number; readonly y: number | null }[];
  readonly line: string;
  /** The part of the line that is not mature yet. */
  readonly young: string;
  readonly band: string;
  /** Flagged stretches, from x to x. */
  readonly flagged: readonly { readonly from: number; readonly to: number }[];
  /** What was expected, broken where nothing was. */
  readonly expected: string;
  readonly low: number;
  readonly high: number;
  /** How far down a value stands. */
  readonly y: (value: number) => number;
}

/** Paths of a series in pixels: its line, broken where there is no data, and the band that was expected. */
export function drawSeries(points: readonly SeriesPoint[], frame: SeriesFrame): SeriesDrawing {
  const along = periodPlaces(points);
  const own = points.flatMap((point) => [point.value, point.low, point.high]).filter((value) => value !== null);
  const values = [...own, ...(frame.include ?? [])];
  const { least, most } = rangeOf(values, frame.range ?? "all");
  const room = (most - least || Math.abs(most) || 1) * 0.12;
  const low = least >= 0 ? Math.max(0, least - room) : least - room;
  const high = most + room;
  const inner = { width: frame.width - 2 * frame.edge, height: frame.height - 2 * frame.edge };
  const x = (place: number) => frame.edge + place * inner.width;
  const y = (value: number) => frame.edge + (1 - (value - low) / (high - low)) * inner.height;
  const places = points.map((point, index) => ({
    x: x(along[index] ?? 0),
    y: point.value === null ? null : y(point.value),
  }));
  const gap = usualStep(along) * inner.width * 2.2;
  const firstYoung = points.findIndex((point) => !point.mature);
  const grown = firstYoung < 0 ? places.length : firstYoung;
  return {
    places,
    line: linePath(places.slice(0, grown), gap),
    young: grown === places.length ? "" : linePath(places.slice(Math.max(0, grown - 1)), gap),
    band: bandPath(points, places, y),
    flagged: flaggedStretches(points, places),
    expected: linePath(levels(points, places, y), gap),
    y,
    low,
    high,
  };
}

/** Of every fifty the most extreme is out of the usual range. */
const EXTREME = 0.02;

function rangeOf(values: readonly number[], range: "all" | "usual"): { least: number; most: number } {
  if (values.length === 0) return { least: 0, most: 1 };
  if (range === "all") return { least: Math.min(...values), most: Math.max(...values) };
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))] ?? 0;
  return { least: at(EXTREME), most: at(1 - EXTREME) };
}

function levels(points: readonly SeriesPoint[], places: SeriesDrawing["places"], y: (value: number) => number) {
  return points.map(({ expected }, index) => ({
    x: places[index]?.x ?? 0,
    y: expected === null ? null : y(expected),
  }));
}

function linePath(places: SeriesDrawing["places"], gap: number): string {
  let path = "";
  let before: number | null = null;
  for (const place of places) {
    if (place.y === null) {
      before = null;
      continue;
    }
    path += `${before !== null && place.x - before <= gap ? "L" : "M"}${px(place.x)} ${px(place.y)}`;
    before = place.x;
  }
  return path;
}

/** Forth along the upper edge, back along the lower; a new area after each stretch without one. */
function bandPath(
  points: readonly SeriesPoint[],
  places: SeriesDrawing["places"],
  y: (value: number) => number,
): string {
  let path = "";
  let upper: string[] = [];
  let lower: string[] = [];
  const close = () => {
    if (upper.length > 1) path += `M${upper.join("L")}L${lower.reverse().join("L")}Z`;
    upper = [];
    lower = [];
  };
  for (const [index, point] of points.entries()) {
    const place = places[index];
    if (place === undefined || point.low === null || point.high === null) {
      close();
      continue;
    }
    upper.push(`${px(place.x)} ${px(y(point.high))}`);
    lower.push(`${px(place.x)} ${px(y(point.low))}`);
  }
  close();
  return path;
}

function flaggedStretches(points: readonly SeriesPoint[], places: SeriesDrawing["places"]): SeriesDrawing["flagged"] {
  const stretches: { from: number; to: number }[] = [];
  let open: { from: number; to: number } | null = null;
  points.forEach((point, index) => {
    const place = places[index];
    if (place === undefined) return;
    if (point.flag === null || point.flag === "learning" || point.flag === "spike") {
      open = null;
      return;
    }
    if (open === null) {
      open = { from: place.x, to: place.x };
      stretches.push(open);
    } else open.to = place.x;
  });
  return stretches;
}

function px(value: number): string {
  return value.toFixed(1);
}
