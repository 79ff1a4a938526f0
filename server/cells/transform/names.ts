/** The verbs of a transform; those that put two relations together name the other one. */
export const VERBS = [
  ...["filter", "derive", "select", "rename", "groupby", "ungroup", "rollup", "count", "orderby", "dedupe"],
  ...["fold", "slice", "pivot", "impute", "join", "join_left", "semijoin", "antijoin"],
] as const;

export type VerbName = (typeof VERBS)[number];

const JOINS: readonly string[] = ["join", "join_left", "semijoin", "antijoin"];

export function isVerb(name: string): name is VerbName {
  return VERBS.some((verb) => verb === name);
}

/** Whether the verb's first argument is another relation. */
export function isJoin(name: string): boolean {
  return JOINS.includes(name);
}

/** The other relation of a join. */
export function verbRelation(name: string, argument: unknown): string | null {
  if (!isJoin(name) || !Array.isArray(argument)) return null;
  return typeof argument[0] === "string" ? argument[0] : null;
}
