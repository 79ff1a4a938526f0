import type { Plan } from "../run/plan.ts";
import { Facts } from "./facts.ts";
import type { Finding } from "./finding.ts";
import { type SpokenText, spokenTexts } from "./rules.ts";
import { type Statement, statementsOf } from "./statements.ts";

/** A notebook as the checks look at it. */
export interface Subject {
  readonly plan: Plan;
  readonly signal: AbortSignal;
  readonly statements: readonly Statement[];
  readonly spoken: readonly SpokenText[];
  readonly facts: Facts;
}

/** Finds what it knows of in a notebook, without running anything. */
export type Check = (subject: Subject) => Finding[] | Promise<Finding[]>;

export async function subjectOf(plan: Plan, signal: AbortSignal): Promise<Subject> {
  const [statements, spoken] = await Promise.all([statementsOf(plan, signal), spokenTexts(plan)]);
  return { plan, signal, statements, spoken, facts: new Facts(plan, statements) };
}
