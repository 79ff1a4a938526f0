import type { Code } from "../code.ts";

/** What recording a refresh in the history of segments finds. */
export const refreshesCodes: readonly Code[] = [
  {
    code: "membership-damaged",
    severity: "error",
    meaning: "a file of the history of segments is not as it was written",
    example: "half of a file after a restore",
  },
  {
    code: "refresh-earlier",
    severity: "error",
    meaning: "a refresh of an earlier moment than the last one",
    example: "`run --refresh --as-of 2026-01-01` after one of today",
  },
  {
    code: "refresh-nothing",
    severity: "error",
    meaning: "a refresh without any segments to record",
    example: "`run --refresh` of a notebook with sources alone",
  },
  {
    code: "refresh-busy",
    severity: "error",
    meaning: "another process records a refresh of the notebook",
    example: "a scheduled run beside the page's",
  },
  {
    code: "refresh-cut-short",
    severity: "error",
    meaning: "a refresh is recorded, its monitors were not run to their end and no alerts are recorded",
    example: "Ctrl-C while a monitor counts",
  },
  {
    code: "refresh-not-written",
    severity: "error",
    meaning: "a refresh could not be kept; what was recorded before is as it was",
    example: "a full disk",
  },
];
