import type { ReadFormat, WriteFormat } from "../../portable/formats.ts";
import type { Remark, UnknownName } from "../../portable/remark.ts";

export type { ReadFormat, Remark, UnknownName, WriteFormat };

/** A segment's rule as another tool has it, or as SQL. */
export interface PortableText {
  /** Null where something can't be said; the remarks say what. */
  text: string | null;
  remarks: readonly Remark[];
}

/** What was read of somebody else's definition. */
export interface PortableRule {
  /** The rule as the notebook has it; null where something could not be read. */
  rule: string | null;
  /** The rule in plain words. */
  words: string | null;
  /** What it is called there. */
  name: string | null;
  remarks: readonly Remark[];
  unknown: readonly UnknownName[];
}

export interface WriteSegmentRequest {
  path: string;
  /** Unsaved text to take instead of the file's. */
  text?: string;
  set?: Record<string, string | number | boolean>;
  cell: string;
  segment: string;
  format: WriteFormat | "sql";
  /** Our names → theirs. */
  map?: Record<string, string>;
}

export interface ReadSegmentRequest {
  path: string;
  text?: string;
  set?: Record<string, string | number | boolean>;
  cell: string;
  format: ReadFormat;
  /** Text of the file. */
  source: string;
  /** Their names → ours. */
  map?: Record<string, string>;
}
