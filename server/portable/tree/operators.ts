import type { ColumnCondition, Comparison } from "../../language/tree.ts";

/** react-querybuilder's operators (version 8) that compare with one value, and ours beside them for times. */
export const COMPARISONS: readonly Comparison[] = ["=", "!=", "<", "<=", ">", ">="];

export type Matching = (ColumnCondition & { kind: "matches" })["how"];

/** react-querybuilder's names for looking into a text. */
export const MATCHES: Readonly<Record<string, { readonly how: Matching; readonly negated: boolean }>> = {
  contains: { how: "contains", negated: false },
  doesNotContain: { how: "contains", negated: true },
  beginsWith: { how: "starts with", negated: false },
  doesNotBeginWith: { how: "starts with", negated: true },
  endsWith: { how: "ends with", negated: false },
  doesNotEndWith: { how: "ends with", negated: true },
};

export function matchName({ how, negated }: { readonly how: Matching; readonly negated: boolean }): string {
  const found = Object.entries(MATCHES).find(([, one]) => one.how === how && one.negated === negated);
  return found?.[0] ?? how;
}

/** What follows is ours, since react-querybuilder knows no events, segments and relative times. */
export const DATES = ["before", "after", "on"] as const;
export const SEGMENT_OPERATORS = { inSegment: "in segment", enteredSegment: "entered", leftSegment: "left" } as const;
