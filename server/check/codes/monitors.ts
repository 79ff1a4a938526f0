import type { Code } from "../code.ts";

/** What counting sends for a monitor finds. */
export const monitorsCodes: readonly Code[] = [
  {
    code: "cohort-not-counts",
    severity: "warning",
    meaning: "counts that are none: that cohort is set aside",
    example: "`delivered` of -3",
  },
  {
    code: "cohort-more-events",
    severity: "warning",
    meaning: "more happened than could have: that cohort is set aside",
    example: "more opened than delivered",
  },
  {
    code: "cohort-twice",
    severity: "warning",
    meaning: "a period that is there twice is set aside",
    example: "one day loaded twice",
  },
  {
    code: "cohort-clock",
    severity: "warning",
    meaning: "times that run backwards: those sends, or that cohort, are set aside",
    example: "opened an hour before it was sent",
  },
  {
    code: "cohort-missing",
    severity: "warning",
    meaning: "periods without data where there should be some",
    example: "one Tuesday of a daily mail",
  },
  {
    code: "segment-undelivered",
    severity: "warning",
    meaning: "a segment without anything to judge it by",
    example: "`delivered` is 0 throughout",
  },
  {
    code: "segment-appears",
    severity: "note",
    meaning: "a segment whose counts begin later than others'",
    example: "a new rule",
  },
  {
    code: "segment-vanishes",
    severity: "warning",
    meaning: "a segment whose counts end before others'",
    example: "a segment without members",
  },
  {
    code: "cohort-revised",
    severity: "warning",
    meaning: "cohorts that were judged before count otherwise now",
    example: "opens that are loaded late",
  },
  {
    code: "segment-stale",
    severity: "warning",
    meaning: "what is said of a segment may not hold any more: the detector waits",
    example: "not evaluated for twice its schedule",
  },
  {
    code: "size-unrecorded",
    severity: "note",
    meaning: "sizes are watched, and no refresh is recorded yet",
    example: "`metrics: [size]` before the first `--refresh`",
  },
  {
    code: "monitor-learning",
    severity: "note",
    meaning: "series that have no baseline yet, and for how long still",
    example: "10 days of a baseline of 42",
  },
  {
    code: "monitor-left-out",
    severity: "warning",
    meaning: "counted rows without segment or period",
    example: "a missing `period`",
  },
  {
    code: "members-recorded",
    severity: "note",
    meaning: "each send counts for the segments that its receiver was in, as was recorded",
    example: "a monitor with `segments` after refreshes",
  },
  {
    code: "members-by-rule",
    severity: "note",
    meaning: "sends from before anything was recorded count by the rules as of their week",
    example: "a monitor of a segments cell before the first refresh",
  },
  {
    code: "members-of-today",
    severity: "note",
    meaning: "sends from before anything was recorded count for today's segments",
    example: "a monitor of a cluster cell",
  },
  {
    code: "maturity",
    severity: "note",
    meaning: "what share of opens and clicks comes within `mature_after`",
    example: "97 % of clicks",
  },
  {
    code: "maturity-low",
    severity: "warning",
    meaning: "cohorts are judged before nine in ten of their opens or clicks have come",
    example: "`mature_after: 1 hour`",
  },
  {
    code: "machine-opens",
    severity: "note",
    meaning: "opens by machines can't be told apart",
    example: "no `machine_open`",
  },
  {
    code: "monitor-binder",
    severity: "error",
    meaning: "the engine refuses what a monitor asks",
    example: "keys of two types",
  },
  {
    code: "monitor-conversion",
    severity: "error",
    meaning: "a value that is not what a monitor takes it for",
    example: "text in `opened_at`",
  },
  { code: "monitor-memory", severity: "error", meaning: "a monitor needs more memory", example: "years of sends" },
  {
    code: "monitor-other",
    severity: "error",
    meaning: "any other refusal of the engine in a monitor",
    example: "what the message says",
  },
];
