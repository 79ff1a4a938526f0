import { parseRule } from "../../language/parse-rule.ts";
import type { Rule } from "../../language/tree.ts";
import type { World } from "../../segments/guards/world.ts";
import type { SpokenText } from "../rules.ts";
import type { Subject } from "../subject.ts";

/** A rule that can be read, with what it is proved against. */
export interface Provable extends SpokenText {
  readonly tree: Rule;
  readonly world: World;
  /** The head's `exclude`, where it can be read with the same names. */
  readonly exclude: Rule | null;
}

/** The rules of each segments or score cell. */
export function provable({ plan, spoken }: Subject): Provable[][] {
  const cells = new Map<string, (SpokenText & { tree: Rule })[]>();
  for (const one of spoken) {
    const { id, kind } = one.studied.cell;
    if (kind !== "segments" && kind !== "score") continue;
    cells.set(id, [...(cells.get(id) ?? []), { ...one, tree: one.tree as Rule }]);
  }
  const { clock } = plan.studies.request;
  return [...cells].map(([cell, rules]) => {
    const named = rules.map(({ name, tree }) => ({ name, rule: tree }));
    return rules.map((rule) => {
      const world = { vocabulary: rule.vocabulary, clock, cell, rules: named };
      return { ...rule, world, exclude: excludeOf(plan.notebook.head.exclude, rule) };
    });
  });
}

function excludeOf(text: string | null, { vocabulary }: SpokenText): Rule | null {
  if (text === null) return null;
  const { rule, problems } = parseRule(text, vocabulary);
  return problems.length === 0 ? rule : null;
}
