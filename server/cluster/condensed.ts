import type { Space } from "./chain.ts";
import type { Pace } from "./pace.ts";

/** How the distance of a joined cluster to another follows from those of its parts (Lance and Williams 1967). */
export type Update = (a: number, sizeA: number, b: number, sizeB: number) => number;

export const UPDATES: Readonly<Record<"average" | "complete", Update>> = {
  average: (a, sizeA, b, sizeB) => (a * sizeA + b * sizeB) / (sizeA + sizeB),
  complete: (a, _sizeA, b) => Math.max(a, b),
};

/** Euclidean distances of all pairs of n points: the part of pair i < j is at `row[i] + j`. */
interface Condensed {
  readonly distance: Float64Array;
  readonly row: Float64Array;
}

/**
 * Computes the distances of all pairs of n × d points, row-major: n (n − 1) / 2 doubles.
 * Null where the memory for them is not to be had.
 */
export async function condensedDistances(
  coordinates: Float64Array,
  points: number,
  pace: Pace,
): Promise<Condensed | null> {
  const columns = coordinates.length / Math.max(points, 1);
  const distance = allocate((points * (points - 1)) / 2);
  if (!distance) return null;
  const row = new Float64Array(points);
  for (let i = 0, at = 0; i < points; i++) {
    if (pace.due()) await pace.rest(0);
    row[i] = at - i - 1;
    for (let j = i + 1; j < points; j++) {
      let sum = 0;
      for (let c = 0; c < columns; c++) {
        const difference = (coordinates[i * columns + c] as number) - (coordinates[j * columns + c] as number);
        sum += difference * difference;
      }
      distance[at++] = Math.sqrt(sum);
    }
  }
  return { distance, row };
}

/** Clusters under average or complete linkage. A cluster's distances are kept where those of its smallest point were. */
export function condensedSpace({ distance, row }: Condensed, weight: Float64Array, update: Update): Space {
  const points = weight.length;
  const size = weight.slice();
  /** By id: its smallest point, or −1 once it is joined; by point: the id of the cluster that begins with it. */
  const slotOf = Int32Array.from({ length: Math.max(2 * points - 1, 0) }, (_, id) => (id < points ? id : -1));
  const idOf = slotOf.slice(0, points);
  const left = idOf.slice();
  let count = points;
  let next = points;
  const place = (a: number, b: number): number => (a < b ? (row[a] as number) + b : (row[b] as number) + a);
  return {
    points,
    distance: 0,
    alive: (id) => (slotOf[id] as number) >= 0,
    firstPoint: (id) => slotOf[id] as number,
    startingAt: (point) => idOf[point] as number,
    nearest(id, previous) {
      const slot = slotOf[id] as number;
      let nearest = previous < 0 ? -1 : (slotOf[previous] as number);
      let least = nearest < 0 ? Infinity : (distance[place(slot, nearest)] as number);
      let at = 0;
      for (; (left[at] as number) < slot; at++) {
        const other = left[at] as number;
        const here = distance[(row[other] as number) + slot] as number;
        if (here >= least) continue;
        least = here;
        nearest = other;
      }
      const base = row[slot] as number;
      for (at++; at < count; at++) {
        const here = distance[base + (left[at] as number)] as number;
        if (here >= least) continue;
        least = here;
        nearest = left[at] as number;
      }
      this.distance = least;
      return idOf[nearest] as number;
    },
    join(a, b) {
      const id = next++;
      const one = slotOf[a] as number;
      const two = slotOf[b] as number;
      const stays = Math.min(one, two);
      const goes = Math.max(one, two);
      const sizeStays = size[stays] as number;
      const sizeGoes = size[goes] as number;
      for (let at = 0; at < count; at++) {
        const other = left[at] as number;
        if (other === stays || other === goes) continue;
        const to = place(stays, other);
        distance[to] = update(distance[to] as number, sizeStays, distance[place(goes, other)] as number, sizeGoes);
      }
      size[stays] = sizeStays + sizeGoes;
      slotOf[a] = -1;
      slotOf[b] = -1;
      slotOf[id] = stays;
      idOf[stays] = id;
      idOf[goes] = -1;
      const gone = left.subarray(0, count).indexOf(goes);
      left.copyWithin(gone, gone + 1, count--);
      return id;
    },
  };
}

function allocate(length: number): Float64Array | null {
  try {
    return new Float64Array(length);
  } catch {
    return null;
  }
}
