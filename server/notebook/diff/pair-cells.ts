import type { Part } from "./parts.ts";
import { alikeness } from "./tokens.ts";

/** From this share of common letters on, a cell whose id is gone and one whose id is new are one that was renamed. */
const ALIKE = 0.6;

/** Place of a cell before → its place after: by id; of those left, by kind and body, the most alike first. */
export function pairCells(before: readonly Part[], after: readonly Part[]): Map<number, number> {
  const pairs = new Map<number, number>();
  const ids = idsOf(after);
  const taken = new Set<number>();
  for (const [id, place] of idsOf(before)) {
    const twin = ids.get(id);
    if (twin === undefined) continue;
    pairs.set(place, twin);
    taken.add(twin);
  }
  const gone = cellPlaces(before).filter((place) => !pairs.has(place));
  const come = cellPlaces(after).filter((place) => !taken.has(place));
  const alike = gone.flatMap((a) => come.flatMap((b) => renaming(before, after, [a, b])));
  // Sorting is stable: among equals the first goes with the first.
  for (const { a, b } of alike.sort((one, other) => other.share - one.share)) {
    if (pairs.has(a) || taken.has(b)) continue;
    pairs.set(a, b);
    taken.add(b);
  }
  return pairs;
}

function cellPlaces(parts: readonly Part[]): number[] {
  return parts.flatMap((part, place) => (part.cell === null ? [] : [place]));
}

/** Id with its number among cells of that id → place. */
function idsOf(parts: readonly Part[]): Map<string, number> {
  const seen = new Map<string, number>();
  const places = new Map<string, number>();
  for (const place of cellPlaces(parts)) {
    const id = parts[place]?.cell?.id ?? "";
    const number = seen.get(id) ?? 0;
    seen.set(id, number + 1);
    places.set(`${id} ${number}`, place);
  }
  return places;
}

function renaming(before: readonly Part[], after: readonly Part[], [a, b]: readonly [number, number]) {
  const [one, other] = [before[a]?.cell, after[b]?.cell];
  if (!one || !other || one.kind !== other.kind) return [];
  if (one.body === other.body) return [{ a, b, share: 1 }];
  // No text is more alike than its length allows.
  const shorter = Math.min(one.body.length, other.body.length);
  if (shorter === 0 || (2 * shorter) / (one.body.length + other.body.length) < ALIKE / 2) return [];
  const share = alikeness(one.body, other.body);
  return share >= ALIKE ? [{ a, b, share: share * 0.999 }] : [];
}
