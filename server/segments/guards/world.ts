import type { Work } from "../../language/sql-work.ts";
import type { Rule } from "../../language/tree.ts";
import type { Clock, Vocabulary } from "../../language/vocabulary.ts";

/** What rules are proved against: the names and types that they speak of, the moment, and the other rules of their cell. */
export interface World {
  readonly vocabulary: Vocabulary;
  readonly clock: Clock;
  readonly cell: string;
  readonly rules: readonly { readonly name: string; readonly rule: Rule }[];
}

/** What the language wants to look values up with. Types are checked before, so that nothing is refused here. */
export function workOf({ vocabulary, clock }: World): Work {
  const problems = { push: () => undefined };
  return { vocabulary, clock, problems, joins: new Map(), match: () => "as is" };
}
