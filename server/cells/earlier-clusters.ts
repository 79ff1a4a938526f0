import type { KeptClusters } from "../cluster/kept-clusters.ts";

export interface KnownClusters {
  /** Those of the notebook's lock; null where there is none, or where it has none of this cell. */
  readonly locked: LockedClusters | null;
  /** What is wrong with the lock, in a sentence; null where nothing is. */
  readonly lockFault: string | null;
  /** Numbers that clusters have in the lock, or had at the last refresh. */
  readonly numbers: readonly number[];
}

export interface LockedClusters {
  readonly method: string;
  readonly scale: string;
  readonly kept: KeptClusters;
}

/** Clusters of a time before, whose numbers go on. */
export interface EarlierClusters {
  readonly kept: KeptClusters;
  /** What they were kept by. */
  readonly from: "refresh" | "lock";
  /** The SELECT of who was in which by its number, `entity` and `number`, with the type of `entity`; null where nobody knows. */
  readonly members: { readonly sql: string; readonly type: string } | null;
}

/** One cluster at a refresh beside the refresh before. */
export interface RecordedDrift {
  /** Which refresh it was, from 1, and its moment; milliseconds since 1970. */
  readonly refresh: number;
  readonly asOf: number;
  readonly number: number;
  readonly name: string;
  readonly fate: string;
  readonly people: number;
  readonly before: number | null;
  /** How many of those who were in it are still in a cluster, how many of them in another one, and the share of everybody who is. */
  readonly there: number | null;
  readonly changed: number | null;
  readonly everybody: number | null;
  readonly column: string | null;
  readonly standardErrors: number | null;
  readonly deviations: number | null;
  readonly isBeyondNoise: boolean;
  /** In words; null where it is as it was. */
  readonly told: string | null;
}
