import type { Effort } from "./effort.ts";
import type { Part } from "./parts.ts";
import { alikeness, type Bag, bagEffort, bagOf } from "./tokens.ts";

/** From this share of common letters on, a cell whose id is gone and one whose id is new are one that was renamed. */
const ALIKE = 0.6;

/** Place of a cell before → its place after: by id; of those left, by kind and body, the most alike first. */
export function pairCells(before: readonly Part[], after: readonly Part[], effort: Effort): Map<number, number> {
  const pairs = new Map<number, number>();
  const taken = new Set<number>();
  const pair = (a: number, b: number) => {
    pairs.set(a, b);
    taken.add(b);
  };
  const left = (cells: readonly CellAt[], isTaken: (place: number) => boolean) =>
    cells.filter(({ place }) => !isTaken(place));
  const [was, is] = [cellsOf(before), cellsOf(after)];
  for (const key of [keyOfId, keyOfBody]) {
    const places = key(left(is, (place) => taken.has(place)));
    for (const [name, place] of key(left(was, (place) => pairs.has(place)))) {
      const twin = places.get(name);
      if (twin !== undefined) pair(place, twin);
    }
  }
  const gone = left(was, (place) => pairs.has(place));
  const come = left(is, (place) => taken.has(place));
  if (!effort.allows(gone.length * come.length)) return pairs;
  const alike = gone.flatMap((a) => come.flatMap((b) => renaming(a, b, effort)));
  // Sorting is stable: among equals the first goes with the first.
  for (const { a, b } of alike.sort((one, other) => other.share - one.share)) {
    if (!pairs.has(a) && !taken.has(b)) pair(a, b);
  }
  return pairs;
}

interface CellAt {
  readonly place: number;
  readonly kind: string;
  readonly id: string;
  readonly body: string;
  /** Made once, when it is first asked for. */
  readonly bag: () => Bag;
}

function cellsOf(parts: readonly Part[]): CellAt[] {
  return parts.flatMap(({ cell }, place) => {
    if (cell === null) return [];
    const { kind, id, body } = cell;
    let bag: Bag | null = null;
    return [{ place, kind, id, body, bag: () => (bag ??= bagOf(body)) }];
  });
}

function keyOfId(cells: readonly CellAt[]): Map<string, number> {
  return numbered(cells, ({ id }) => id);
}

function keyOfBody(cells: readonly CellAt[]): Map<string, number> {
  return numbered(cells, ({ kind, body }) => `${kind}\n${body}`);
}

/** Name with its number among cells of that name → place: the first is the first's twin. */
function numbered(cells: readonly CellAt[], nameOf: (cell: CellAt) => string): Map<string, number> {
  const seen = new Map<string, number>();
  const places = new Map<string, number>();
  for (const cell of cells) {
    const name = nameOf(cell);
    const number = seen.get(name) ?? 0;
    seen.set(name, number + 1);
    places.set(`${number} ${name}`, cell.place);
  }
  return places;
}

function renaming(a: CellAt, b: CellAt, effort: Effort): { a: number; b: number; share: number }[] {
  if (a.kind !== b.kind || a.body === "" || b.body === "") return [];
  const [one, other] = [a.bag(), b.bag()];
  // No text is more alike than its length allows.
  const most = (2 * Math.min(one.letters, other.letters)) / Math.max(1, one.letters + other.letters);
  if (most < ALIKE || !effort.allows(bagEffort(one, other))) return [];
  const share = alikeness(one, other);
  return share >= ALIKE ? [{ a: a.place, b: b.place, share }] : [];
}
