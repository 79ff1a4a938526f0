import type { Space } from "./chain.ts";
import { NEARING } from "./near-joins.ts";
import type { Pace } from "./pace.ts";
import { squares } from "./squares.ts";

/** How the distance of a joined cluster to another follows from those of its parts (Lance and Williams 1967). */
export type Update = (a: number, sizeA: number, b: number, sizeB: number) => number;

export const UPDATES: Readonly<Record<"average" | "complete", Update>> = {
  average: (a, sizeA, b, sizeB) => (a * sizeA + b * sizeB) / (sizeA + sizeB),
  complete: (a, _sizeA, b) => Math.max(a, b),
};

/** Points, one cluster's after the other's. */
export interface Groups {
  /** n × columns, row-major. */
  readonly coordinates: Float64Array;
  readonly columns: number;
  /** Where each cluster's points begin, and where the last one's end. */
  readonly starts: Int32Array;
  /** Each point's weight in its cluster, and what these come to: 1 where it is alone, so that distances stay as they are. */
  readonly share: Float64Array;
  readonly whole: Float64Array;
  /** Rows in each cluster. */
  readonly weight: Float64Array;
}

/** Distances of all pairs of n clusters: that of pair i < j is at `row[i] + j`. */
interface Condensed {
  readonly distance: Float64Array;
  readonly row: Float64Array;
}

/**
 * Computes the mean or largest distances of all pairs of n clusters: n (n − 1) / 2 doubles.
 * Null where the memory for them is not to be had.
 */
export async function condensedDistances(
  method: keyof typeof UPDATES,
  { coordinates, columns, starts, share, whole }: Groups,
  pace: Pace,
): Promise<Condensed | null> {
  const count = whole.length;
  const distance = allocate((count * (count - 1)) / 2);
  if (!distance) return null;
  const row = Float64Array.from({ length: count }, (_, i) => i * count - (i * (i + 1)) / 2 - i - 1);
  const largest = method === "complete";
  for (let j = 0; j < count; j++) {
    const from = starts[j] as number;
    const until = starts[j + 1] as number;
    for (let i = 0; i < j; i++) {
      if (pace.due()) await pace.rest(NEARING);
      let total = 0;
      for (let y = starts[i] as number; y < (starts[i + 1] as number); y++) {
        let sum = 0;
        for (let x = from; x < until; x++) {
          const here = Math.sqrt(squares(coordinates, x * columns, coordinates, y * columns, columns));
          sum = largest ? Math.max(sum, here) : sum + (share[x] as number) * here;
        }
        total = largest ? Math.max(total, sum) : total + (share[y] as number) * sum;
      }
      distance[(row[i] as number) + j] = largest ? total : total / ((whole[j] as number) * (whole[i] as number));
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
