import type { Cause } from "./model.ts";

/** How many came and went by one cause. */
export interface CauseCounts {
  readonly because: Cause;
  readonly entered: number;
  readonly left: number;
}

/** One segment at a refresh. */
export interface RefreshedSegment {
  readonly cell: string;
  readonly segment: string;
  readonly size: number;
  readonly entered: number;
  readonly left: number;
  /** In the order of the causes; those that nobody came or went by are left out. */
  readonly causes: readonly CauseCounts[];
}

/** What became of the clusters of a cell since the refresh before. */
export interface ClusterNews {
  readonly cell: string;
  /** Of the people who were in a cluster and still are, the share in another one; null where nobody is, or at the first refresh. */
  readonly changed: number | null;
  /** What split, merged, vanished, is new or moved, in sentences. */
  readonly told: readonly string[];
}

/** What a refresh came to. */
export interface RefreshView {
  /** `same`: nothing is new since the last refresh, so that none was recorded. */
  readonly state: "recorded" | "same";
  /** The moment that it tells of, and that of the one before, ISO 8601 with offset. */
  readonly asOf: string;
  readonly before: string | null;
  readonly segments: readonly RefreshedSegment[];
  /** Of cluster cells that were recorded before. */
  readonly clusters: readonly ClusterNews[];
  /** Cells whose segments could not be recorded: they are as the last refresh has them. */
  readonly left: readonly { readonly cell: string; readonly why: string }[];
  /** Why causes are not known, where that is so, in sentences. */
  readonly untold: readonly string[];
}
