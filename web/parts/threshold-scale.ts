import { type Band, candidates, type ScoreCount } from "../../server/figures/score-bands.ts";

/** More bars than these are too narrow to be told apart. */
const MOST_BARS = 80;
const BARS = 60;

/** How scores are laid along an axis: in bars of one width, each about a score, and borders at the bars' edges. */
export interface ThresholdScale {
  readonly low: number;
  readonly high: number;
  /** Width of a bar, in points. */
  readonly step: number;
  /** Bars from left to right, each with the middle of its scores. */
  readonly bars: readonly { readonly middle: number; readonly people: number }[];
  /** Where a border may be, ascending. */
  readonly places: readonly number[];
}

/** Null without anybody. */
export function thresholdScale(counts: readonly ScoreCount[]): ThresholdScale | null {
  const places = candidates(counts);
  const [least, most] = [places[0], places.at(-1)];
  if (least === undefined || most === undefined) return null;
  const gaps = places.slice(1).map((place, index) => place - (places[index] ?? place));
  const gap = gaps.length === 0 ? 1 : Math.min(...gaps);
  const isFew = (most - least) / gap < MOST_BARS;
  const step = isFew ? gap : (most - least) / BARS;
  const length = Math.round((most - least) / step) + 1;
  const people = new Array<number>(length).fill(0);
  for (const count of counts) {
    const place = Math.min(length - 1, Math.round((count.score - least) / step));
    people[place] = (people[place] ?? 0) + count.people;
  }
  const bars = people.map((number, place) => ({ middle: least + place * step, people: number }));
  return { low: least - step / 2, high: least + (length - 0.5) * step, step, bars, places };
}

/** Where a border is drawn: before the bar of its score, or behind it where the score itself is below. */
export function edgeOf({ step }: ThresholdScale, { operator, border }: Pick<Band, "operator" | "border">): number {
  return operator === ">" ? border + step / 2 : border - step / 2;
}

/** The places that a band's border may go to without meeting another's, ascending. */
export function reachOf({ places }: ThresholdScale, bands: readonly Band[], band: number): number[] {
  const above = bands[band - 1]?.border ?? Number.POSITIVE_INFINITY;
  const below = bands[band + 1]?.border ?? Number.NEGATIVE_INFINITY;
  return places.filter((place) => place > below && place < above);
}

/** Of some places the one whose edge is nearest to a point of the axis; null where there are none. */
export function nearestPlace(scale: ThresholdScale, reach: readonly number[], at: number): number | null {
  const away = (place: number) => Math.abs(edgeOf(scale, { operator: ">=", border: place }) - at);
  return reach.reduce<number | null>((best, place) => (best === null || away(place) < away(best) ? place : best), null);
}

/** Where a key takes a border: a step, ten steps, or as far as it goes; null for other keys and where it can't move. */
export function keyedPlace(key: string, reach: readonly number[], { operator, border }: Band): number | null {
  const steps: Readonly<Record<string, number>> = {
    ...{ ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -10, PageUp: 10 },
    ...{ Home: Number.NEGATIVE_INFINITY, End: Number.POSITIVE_INFINITY },
  };
  const step = steps[key];
  if (step === undefined || reach.length === 0) return null;
  // The first place that holds the same people as the border does.
  const own = reach.findIndex((place) => (operator === ">" ? place > border : place >= border));
  const from = own < 0 ? reach.length : own;
  // To the left of a border between two places, the nearest is one step.
  const to = Math.max(0, Math.min(reach.length - 1, from + step));
  return reach[to] ?? null;
}
