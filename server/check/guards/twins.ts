import { areImpossible, holds, implies } from "../../segments/guards/prove.ts";
import { finding } from "../finding.ts";
import type { Check } from "../subject.ts";
import { type Provable, provable } from "./proving.ts";

/** Two segments of one cell whose rules say the same, however they are written. */
export const ruleTwins: Check = (subject) =>
  provable(subject).flatMap((rules) =>
    rules.flatMap((rule, place) => {
      if (rule.studied.cell.kind !== "segments") return [];
      const before = rules.slice(0, place).find((other) => sayTheSame(rule, other));
      if (before === undefined) return [];
      const isCopy = before.text === rule.text;
      const message = isCopy
        ? `\`${rule.name}\` has the same rule as \`${before.name}\`, so that it holds the same people.`
        : `\`${rule.name}\` says the same as \`${before.name}\` in other words, so that it holds the same people.`;
      const guard = { segment: rule.name, about: before.name };
      const hint = "Change one of the two, or take it out.";
      return [finding(rule.studied, rule.place(0), { code: "segment-twins", message, hint, guard })];
    }),
  );

function sayTheSame(rule: Provable, other: Provable): boolean {
  const { world } = rule;
  // What nobody can fit is told by itself, and is the same as anything that nobody can fit.
  if (areImpossible(world, [holds(rule.tree)])) return rule.text === other.text;
  return implies(world, rule.tree, other.tree) && implies(world, other.tree, rule.tree);
}
