import { align } from "./align.ts";
import type { Effort } from "./effort.ts";
import type { Part } from "./parts.ts";
import type { Pair } from "./stay.ts";
import { alikeness, type Bag, bagEffort, bagOf } from "./tokens.ts";

/** From this share of common letters on, a paragraph in the same place is the same one, changed. */
const ALIKE = 0.5;

export interface TextPairs {
  /** In one order with the anchors and with each other. */
  readonly staying: readonly [number, number][];
  readonly moved: readonly [number, number][];
}

/** Paragraphs and listings of both sides that belong together, between anchors: pairs of parts that stay. */
export function pairTexts(
  before: readonly Part[],
  after: readonly Part[],
  { anchors, effort }: { anchors: readonly Pair[]; effort: Effort },
): TextPairs {
  const equal: [number, number][] = [];
  for (const [a, b] of spaces(before, after, anchors)) {
    const found = align(a, b, {
      same: (x, y) => isTwin(before[x], after[y]),
      weigh: (x, y) => (isTwin(before[x], after[y]) ? 1 + (before[x]?.text.length ?? 0) : 0),
      effort,
    });
    for (const [x, y] of found) equal.push([a[x] ?? 0, b[y] ?? 0]);
  }
  const moved = elsewhere(before, after, equal);
  const known = [...equal, ...moved];
  const isFree = { before: free(known, 0), after: free(known, 1) };
  const near: [number, number][] = [];
  const bags = new Map<Part, Bag>();
  const fixed = [...anchors, ...equal.map(([a, b]) => ({ before: a, after: b, weight: 1 }))];
  for (const [inA, inB] of spaces(before, after, fixed)) {
    const [a, b] = [inA.filter(isFree.before), inB.filter(isFree.after)];
    const found = align(a, b, {
      same: () => false,
      weigh: (x, y) => nearness(before[x], after[y], { bags, effort }),
      effort,
    });
    for (const [x, y] of found) near.push([a[x] ?? 0, b[y] ?? 0]);
  }
  return { staying: [...equal, ...near], moved };
}

/** Places of the texts that lie between one anchor and the next, on both sides. */
function spaces(before: readonly Part[], after: readonly Part[], anchors: readonly Pair[]): [number[], number[]][] {
  const sorted = [...anchors].sort((a, b) => a.before - b.before);
  const found: [number[], number[]][] = [];
  let [i, j] = [0, 0];
  for (const anchor of [...sorted, { before: before.length, after: after.length }]) {
    found.push([textPlaces(before, i, anchor.before), textPlaces(after, j, anchor.after)]);
    [i, j] = [anchor.before + 1, anchor.after + 1];
  }
  return found;
}

function textPlaces(parts: readonly Part[], from: number, to: number): number[] {
  return parts.slice(from, to).flatMap(({ type }, at) => (type === "prose" || type === "listing" ? [from + at] : []));
}

/** Texts that stand unchanged in another place. */
function elsewhere(before: readonly Part[], after: readonly Part[], equal: readonly [number, number][]) {
  const isFree = { before: free(equal, 0), after: free(equal, 1) };
  const places = new Map<string, number[]>();
  const key = ({ type, text }: Part) => `${type} ${text}`;
  for (const place of textPlaces(after, 0, after.length).filter(isFree.after)) {
    const part = after[place];
    if (part !== undefined) places.set(key(part), [...(places.get(key(part)) ?? []), place]);
  }
  const moved: [number, number][] = [];
  for (const place of textPlaces(before, 0, before.length).filter(isFree.before)) {
    const part = before[place];
    const twin = part === undefined ? undefined : places.get(key(part))?.shift();
    if (twin !== undefined) moved.push([place, twin]);
  }
  return moved;
}

function free(pairs: readonly (readonly [number, number])[], side: 0 | 1): (place: number) => boolean {
  const taken = new Set(pairs.map((pair) => pair[side]));
  return (place) => !taken.has(place);
}

function isTwin(a: Part | undefined, b: Part | undefined): boolean {
  return a?.type === b?.type && a?.text === b?.text;
}

function nearness(
  a: Part | undefined,
  b: Part | undefined,
  { bags, effort }: { bags: Map<Part, Bag>; effort: Effort },
): number {
  if (a === undefined || a.type !== b?.type) return 0;
  const [one, other] = [bagIn(bags, a), bagIn(bags, b)];
  if (!effort.allows(bagEffort(one, other))) return 0;
  const share = alikeness(one, other);
  return share >= ALIKE ? share : 0;
}

function bagIn(bags: Map<Part, Bag>, part: Part): Bag {
  const known = bags.get(part) ?? bagOf(part.text);
  bags.set(part, known);
  return known;
}
