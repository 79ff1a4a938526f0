import type { Code } from "../code.ts";

/** What check looks for in segments; each can be accepted with a reason. */
export const guardCodes: readonly Code[] = [
  {
    code: "many-segments",
    severity: "note",
    meaning: "more than five segments in a cell",
    example: "six rules",
  },
  {
    code: "rule-never",
    severity: "warning",
    meaning: "a rule or condition that nobody can fit, proved on what it says",
    example: "`spend > 500 AND spend < 100`",
  },
  {
    code: "rule-always",
    severity: "note",
    meaning: "a condition that everybody fits, or that the rest of its rule implies",
    example: "`spend > 500 AND spend > 100`",
  },
  {
    code: "segment-twins",
    severity: "warning",
    meaning: "two segments whose rules say the same",
    example: "`placed order` beside `placed order at least 1 times`",
  },
  {
    code: "segments-same",
    severity: "warning",
    meaning: "two segments that hold the same people (last result)",
    example: "two rules that come to the same",
  },
  {
    code: "segment-within",
    severity: "note",
    meaning: "a segment wholly within another (last result)",
    example: "`spend > 500` beside `spend > 200`",
  },
  {
    code: "segment-overlap",
    severity: "note",
    meaning: "two segments that share half of their people or more: Jaccard ≥ 0.5 (last result)",
    example: "`orders > 3` beside `spend > 200`",
  },
  {
    code: "segment-empty",
    severity: "warning",
    meaning: "a segment that nobody is in (last result)",
    example: "`country = 'Atlantis'`",
  },
  {
    code: "segment-small",
    severity: "note",
    meaning: "a segment too small to see a change of a fifth in its open rate within four weeks (last result)",
    example: "`spend > 100000`",
  },
  {
    code: "segment-broad",
    severity: "note",
    meaning: "a segment of more than 60 % of all (last result)",
    example: "`spend >= 1`",
  },
  {
    code: "segment-everybody",
    severity: "note",
    meaning: "a segment of more than 99 % of all (last result)",
    example: "`spend >= 0`",
  },
  {
    code: "attribute-missing",
    severity: "note",
    meaning: "a rule on an attribute that 40 % of all have no value of (last result)",
    example: "`birthday anniversary in next 7 days`",
  },
  {
    code: "condition-idle",
    severity: "note",
    meaning: "a condition on an attribute, one of several, that everybody or nobody fits (last result)",
    example: "`country = 'UK' AND spend >= 0`",
  },
  {
    code: "window-beyond-data",
    severity: "note",
    meaning: "a window that begins before the first event (last result)",
    example: "`in last 2 years` with a year of orders",
  },
  {
    code: "accept-idle",
    severity: "note",
    meaning: "an acceptance of what is not found any more",
    example: "`accept: [{code: segment-small, …}]` once it has grown",
  },
];
