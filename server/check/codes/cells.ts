import type { Code } from "../code.ts";

/** What computing segments, scores and transforms finds. */
export const cellsCodes: readonly Code[] = [
  { code: "entity-not-unique", severity: "error", meaning: "more than one row for an entity", example: "`of: orders`" },
  {
    code: "entity-null",
    severity: "warning",
    meaning: "rows without the entity's key are left out",
    example: "orders without a customer",
  },
  {
    code: "excluded",
    severity: "note",
    meaning: "how many people the head's `exclude` keeps out",
    example: "`exclude: consent = false`",
  },
  {
    code: "outcome-not-covered",
    severity: "warning",
    meaning: "the data ends before an outcome's time does, so that no band is judged",
    example: "`as_of` yesterday and `within: 28 days`",
  },
  {
    code: "outcome-not-later",
    severity: "note",
    meaning: "an outcome that may be no later than the score: it describes and foretells nothing",
    example: "`outcome: {column: churned}`",
  },
  {
    code: "transform-verb",
    severity: "error",
    meaning: "a verb that failed",
    example: '`- rollup: {n: "d => op.sun(d.x)"}`',
  },
  {
    code: "transform-too-large",
    severity: "error",
    meaning: "more rows than a transform can hold",
    example: "ten million rows",
  },
];
