import type { Groups, UPDATES } from "./condensed.ts";
import type { Joins } from "./merges.ts";
import type { Pace } from "./pace.ts";
import { squares } from "./squares.ts";
import type { WeightedPoints } from "./ward-rounds.ts";

/** A hierarchy's joins up to some height, and what is left to be joined. A cluster goes by its smallest point. */
export interface NearJoins {
  readonly joins: Joins;
  /** The clusters that are left, ascending. */
  readonly clusters: Int32Array;
  /** The points of one after the other; where each one's begin in there, and where the last one's end. */
  readonly members: Int32Array;
  readonly starts: Int32Array;
}

/** Joining ends when a search looks at more pairs than this share of the clusters that are left, or at so few clusters. */
const WORTH = 0.125;
const FEWEST = 16;
/** Whether to go on is asked of so many clusters, again when this share of them is left. */
const ASKED = 16;
const AGAIN = 0.8;
const TINY = 1e-300;
/** The share of the time that this takes, about. */
export const NEARING = 0.5;

interface Cluster {
  readonly id: number;
  readonly centre: Float64Array;
  readonly points: number[];
  mass: number;
  /** The nearest other one (null where it is to be searched), and how far it is, or all others are at least. */
  nearest: Cluster | null;
  distance: number;
  /** The round in which it was joined. */
  joined: number;
  alive: boolean;
}

/**
 * Average or complete linkage while clusters are small, without a matrix: two clusters are at least as far apart as their
 * centres, so few pairs of points have to be looked at. In rounds, as `plainWard`: clusters whose nearest is not known are
 * searched, then all that are each other's nearest are joined, which is right for reducible linkages. Those that can't be
 * among the nearest yet wait. Of equally near clusters the one with the smallest point is nearest.
 */
export async function plainNearJoins(
  method: keyof typeof UPDATES,
  points: WeightedPoints,
  pace: Pace,
): Promise<NearJoins> {
  const { columns, weight } = points;
  const joins = { a: [] as number[], b: [] as number[], height: [] as number[] };
  let live = Array.from(weight, (mass, id): Cluster => {
    const centre = points.coordinates.slice(id * columns, (id + 1) * columns);
    return { id, centre, points: [id], mass, nearest: null, distance: 0, joined: 0, alive: true };
  });
  const apart = linkageDistance(method, points);
  // A centre's coordinate is off by less than this.
  const farthest = points.coordinates.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const slack = 1e-12 * farthest * Math.sqrt(columns);
  let work = live;
  let asked = live.length;
  for (let round = 1; work.length > 0; round++) {
    for (const cluster of work) {
      if (pace.due()) await pace.rest(NEARING * (1 - live.length / weight.length));
      search(cluster, live, { apart, slack });
    }
    for (const one of work) {
      const other = one.nearest;
      if (!one.alive || other?.nearest !== one) continue;
      const [a, b] = one.id < other.id ? [one, other] : [other, one];
      joins.a.push(a.id);
      joins.b.push(b.id);
      joins.height.push(one.distance);
      join(a, b, round);
    }
    live = live.filter(({ alive }) => alive);
    if (live.length <= FEWEST) break;
    for (const cluster of live) if (cluster.nearest?.joined === round) cluster.nearest = null;
    if (live.length <= asked * AGAIN) {
      asked = live.length;
      if (!isWorthIt(live)) break;
    }
    const waiting = live.filter(({ nearest }) => nearest === null);
    const usual = waiting.reduce((sum, { distance }) => sum + distance, 0) / waiting.length;
    work = waiting.filter(({ distance }) => distance <= usual);
  }
  const starts = new Int32Array(live.length + 1);
  live.forEach((cluster, at) => {
    starts[at + 1] = (starts[at] as number) + cluster.points.length;
  });
  return {
    joins: { a: Int32Array.from(joins.a), b: Int32Array.from(joins.b), height: Float64Array.from(joins.height) },
    clusters: Int32Array.from(live, ({ id }) => id),
    members: Int32Array.from(live.flatMap((cluster) => cluster.points)),
    starts,
  };
}

/** What is left, for `condensedDistances`. */
export function grouped(
  { coordinates, columns, weight }: WeightedPoints,
  { clusters, members, starts }: NearJoins,
): Groups {
  const share = Float64Array.from(members, (point) => weight[point] as number);
  const rows = Float64Array.from(clusters, (_, at) => {
    return share.subarray(starts[at], starts[at + 1]).reduce((sum, value) => sum + value, 0);
  });
  const whole = rows.slice();
  clusters.forEach((_, at) => {
    const from = starts[at] as number;
    if (from + 1 < (starts[at + 1] as number)) return;
    share[from] = 1;
    whole[at] = 1;
  });
  const sorted = new Float64Array(coordinates.length);
  members.forEach((point, at) => {
    sorted.set(coordinates.subarray(point * columns, (point + 1) * columns), at * columns);
  });
  return { coordinates: sorted, columns, starts, share, whole, weight: rows };
}

type Distance = (one: Cluster, other: Cluster) => number;

function search(
  cluster: Cluster,
  live: readonly Cluster[],
  { apart, slack }: { readonly apart: Distance; readonly slack: number },
): void {
  let least = Infinity;
  let limit = Infinity;
  for (const other of live) {
    // Wider by what rounding may take from a bound, squares of next to nothing included.
    if (other === cluster || squares(cluster.centre, 0, other.centre, 0, cluster.centre.length) > limit) continue;
    const distance = apart(cluster, other);
    if (distance >= least) continue;
    least = distance;
    limit = (distance + slack) ** 2 * (1 + 1e-6) + TINY;
    cluster.nearest = other;
  }
  cluster.distance = least;
}

/** Whether few pairs of points would be looked at to search for the nearest of some of the clusters. */
function isWorthIt(live: readonly Cluster[]): boolean {
  const step = Math.max(Math.floor(live.length / ASKED), 1);
  let known = 0;
  let pairs = 0;
  for (let at = 0; at < live.length; at += step) {
    const cluster = live[at] as Cluster;
    if (cluster.nearest === null) continue;
    known++;
    const least = cluster.distance * cluster.distance;
    let near = -cluster.points.length;
    for (const other of live) {
      if (squares(cluster.centre, 0, other.centre, 0, cluster.centre.length) <= least) near += other.points.length;
    }
    pairs += cluster.points.length * near;
  }
  return pairs <= known * live.length * WORTH;
}

function join(a: Cluster, b: Cluster, round: number): void {
  const both = a.mass + b.mass;
  b.centre.forEach((value, c) => {
    a.centre[c] = ((a.centre[c] as number) * a.mass + value * b.mass) / both;
  });
  a.points.push(...b.points);
  a.mass = both;
  a.nearest = null;
  a.joined = round;
  b.nearest = null;
  b.joined = round;
  b.alive = false;
}

/** Mean or largest distance of two clusters' points. Equal rows count as often as they are, but where they are all there is. */
function linkageDistance(method: keyof typeof UPDATES, { coordinates, columns, weight }: WeightedPoints): Distance {
  return (one, other) => {
    const [earlier, later] = one.id < other.id ? [one, other] : [other, one];
    const share = (cluster: Cluster, point: number) => (cluster.points.length === 1 ? 1 : (weight[point] as number));
    let total = 0;
    for (const y of earlier.points) {
      let sum = 0;
      for (const x of later.points) {
        const distance = Math.sqrt(squares(coordinates, x * columns, coordinates, y * columns, columns));
        sum = method === "complete" ? Math.max(sum, distance) : sum + share(later, x) * distance;
      }
      total = method === "complete" ? Math.max(total, sum) : total + share(earlier, y) * sum;
    }
    const whole = (cluster: Cluster) => (cluster.points.length === 1 ? 1 : cluster.mass);
    return method === "complete" ? total : total / (whole(later) * whole(earlier));
  };
}
