import type { ResultPage } from "../run/view.ts";
import { naturalBreaks, type Weighted } from "./natural-breaks.ts";
import { field } from "./segmentation.ts";

/** A band of a score, the highest first. */
export interface Band {
  readonly name: string;
  readonly operator: ">=" | ">";
  readonly border: number;
}

/** A band with its border as the text has it: `>=15`. */
export interface WrittenBand extends Band {
  readonly written: string;
}

/** How many have a score; `highest` is another where scores were counted in stretches. */
export interface ScoreCount {
  readonly score: number;
  readonly highest: number;
  /** Without those whom the head excludes. */
  readonly people: number;
  readonly excluded: number;
}

export interface BandSize {
  /** Null for those below the lowest border. */
  readonly name: string | null;
  readonly people: number;
  /** Of all who are not excluded, 0 to 1. */
  readonly share: number;
}

/** The bands as a score cell's body has them. */
export function bandsIn(body: unknown): WrittenBand[] {
  const bands = field(body, "bands");
  if (typeof bands !== "object" || bands === null) return [];
  return Object.entries(bands).flatMap(([name, value]) => {
    const written = String(value);
    const [, operator, border] = /^\s*(>=?)\s*(-?\d+(?:\.\d+)?)\s*$/.exec(written) ?? [];
    if (border === undefined) return [];
    return [{ name, operator: operator === ">" ? ">" : ">=", border: Number(border), written }];
  });
}

/** A border as it is written. */
export function borderText({ operator, border }: Pick<Band, "operator" | "border">): string {
  return `${operator} ${plainNumber(border)}`;
}

/** Digits without an exponent, as the format has them. */
export function plainNumber(value: number): string {
  const text = String(value);
  return text.includes("e") ? value.toFixed(12).replace(/\.?0+$/, "") : text;
}

/** Rows of `<id>_scores`. */
export function scoreCounts(page: ResultPage): ScoreCount[] {
  const place = (name: string) => page.columns.findIndex((column) => column.name === name);
  const [score, highest, people, excluded] = ["score", "highest", "people", "excluded"].map(place);
  const numberAt = (row: ResultPage["rows"][number], at: number | undefined) => Number(row[at ?? -1] ?? 0);
  return page.rows.map((row) => ({
    ...{ score: numberAt(row, score), highest: numberAt(row, highest) },
    ...{ people: numberAt(row, people), excluded: numberAt(row, excluded) },
  }));
}

/** How many are in each band, the highest first, and at last those in none, where there are any. */
export function bandSizes(counts: readonly ScoreCount[], bands: readonly Band[]): BandSize[] {
  const all = counts.reduce((sum, { people }) => sum + people, 0);
  const sizes = bands.map(() => 0);
  let none = 0;
  for (const { score, people } of counts) {
    const place = placeOf(score, bands);
    if (place === bands.length) none += people;
    else sizes[place] = (sizes[place] ?? 0) + people;
  }
  const size = (name: string | null, people: number) => ({ name, people, share: all === 0 ? 0 : people / all });
  const named = bands.map(({ name }, place) => size(name, sizes[place] ?? 0));
  return none === 0 ? named : [...named, size(null, none)];
}

function isIn(score: number, { operator, border }: Band): boolean {
  return operator === ">" ? score > border : score >= border;
}

/** Where a border may be put so that the sizes are exact: at each score that somebody has, the lowest first. */
export function candidates(counts: readonly ScoreCount[]): number[] {
  return counts.filter(({ people, excluded }) => people + excluded > 0).map(({ score }) => score);
}

/** The scores as natural breaks takes them. */
export function weighted(counts: readonly ScoreCount[]): Weighted[] {
  return counts.map(({ score, people }) => ({ value: score, count: people }));
}

/**
 * Bands that begin at the given scores (ascending), with the names that there are in their order: the highest and the
 * lowest keep theirs; bands between without a name are numbered. The lowest keeps its border where nobody is below it.
 */
export function bandsFrom(from: readonly number[], bands: readonly Band[]): Band[] {
  const lowest = bands.length > 1 ? bands.at(-1) : undefined;
  const upper = bands.slice(0, Math.max(1, bands.length - 1));
  const made: Band[] = [];
  for (const [place, border] of [...from].reverse().entries()) {
    const isLowest = place === from.length - 1 && place > 0;
    const own = isLowest ? lowest : upper[place];
    const name = own?.name ?? freeName([...bands, ...made], place);
    const stays = isLowest && lowest !== undefined && lowest.border <= border;
    made.push(stays ? { ...lowest, name } : { name, operator: ">=", border });
  }
  return made;
}

/** A name that no band has yet. */
export function freeName(bands: readonly Pick<Band, "name">[], place: number): string {
  const taken = new Set(bands.map(({ name }) => name));
  for (let number = place + 1; ; number += 1) if (!taken.has(`Band ${number}`)) return `Band ${number}`;
}

/**
 * A band more, and where it stands: below the lowest where somebody is there, else above the lower half of the largest
 * band, parted where the halves differ most. Null where no band has two scores.
 */
export function bandAdded(
  counts: readonly ScoreCount[],
  bands: readonly Band[],
): { readonly band: Band; readonly place: number } | null {
  const sizes = bandSizes(counts, bands);
  const isBelow = bands.length === 0 || sizes.length > bands.length;
  const most = Math.max(...sizes.map(({ people }) => people));
  const place = isBelow ? bands.length : sizes.findIndex(({ people }) => people === most);
  const within = counts.filter(({ score }) => placeOf(score, bands) === place);
  const border = isBelow ? within[0]?.score : naturalBreaks(weighted(within), 2)?.from[1];
  return border === undefined ? null : { band: { name: freeName(bands, bands.length), operator: ">=", border }, place };
}

/** The place of a score's band; behind the last where it is in none. */
function placeOf(score: number, bands: readonly Band[]): number {
  const place = bands.findIndex((band) => isIn(score, band));
  return place < 0 ? bands.length : place;
}
