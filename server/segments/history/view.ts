import type { CauseCounts } from "../membership/view.ts";
import type { SegmentRef } from "../profile/view.ts";

/** What refreshes recorded of a notebook's segments. Types only. */
export interface HistoryView {
  /** The oldest first. */
  refreshes: HistoryRefresh[];
  segments: SegmentHistory[];
  /** Where one segment was asked for. */
  moves: SegmentMovesView | null;
  /** Where several were; by refresh. */
  migration: MigrationStep[] | null;
}

/** How many moved from one asked segment to another at one refresh. */
export interface MigrationStep {
  /** Place among the refreshes. */
  refresh: number;
  /** Places among the asked segments; null for none of them. */
  from: number | null;
  to: number | null;
  moves: number;
}

export interface HistoryRefresh {
  /** The moment that it tells of, and when it was recorded, ISO 8601 with offset. */
  asOf: string;
  at: string;
}

export interface SegmentHistory extends SegmentRef {
  /** One for each refresh; null where the cell was not recorded in it. */
  points: (SegmentPoint | null)[];
}

export interface SegmentPoint {
  size: number;
  entered: number;
  left: number;
  /** Whether its rule, or what else decides who is in it, is another than at the refresh before. */
  isEdited: boolean;
}

/** Who came into one segment and went out of it, over all refreshes but the first. */
export interface SegmentMovesView extends SegmentRef {
  causes: CauseCounts[];
  /** Segments of the same cell, most people first; null where people came from none of them, or went to none. */
  from: { name: string | null; people: number }[];
  to: { name: string | null; people: number }[];
}
