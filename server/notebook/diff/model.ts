import type { Block } from "../model.ts";

/** A stretch of text that both sides have, or only one of them. */
export interface Piece {
  readonly in: "both" | "before" | "after";
  readonly text: string;
}

/** Where one side has a part, and what it is there. */
export interface Side {
  /** Its number among the side's parts, from 0. */
  readonly place: number;
  /** Its first line, from 1. */
  readonly line: number;
  /** Null where it is no cell. */
  readonly cell: { readonly kind: string; readonly id: string } | null;
  /** Id of the nearest cell above it; null where there is none. */
  readonly below: string | null;
  /** The empty lines after it, with the line end of its last line. */
  readonly gap: string;
}

/**
 * same: not a character differs, but for a new id. spacing: white space alone. form: comments, quotes or fences; it means
 * the same.
 */
export type PartState = "same" | "spacing" | "form" | "changed" | "added" | "removed";

/** The head, a cell, a listing or one paragraph, as both sides have it. */
export interface PartDiff {
  readonly type: Block["type"];
  readonly state: PartState;
  /** Whether it stands in another order than on the side before. */
  readonly moved: boolean;
  readonly before: Side | null;
  readonly after: Side | null;
  /** Those of both and of one side spell its text there. */
  readonly pieces: readonly Piece[];
}

/** What makes one notebook another. */
export interface NotebookDiff {
  /** In the order of the side after; what was removed stands where it stood. */
  readonly parts: readonly PartDiff[];
  /** False where the two are the same, character by character. */
  readonly differs: boolean;
}
