import type { SegmentsBody } from "../../cells/segments.ts";
import type { Rule } from "../../language/tree.ts";
import { type Settled, settledParts } from "../../segments/guards/idle.ts";
import { areImpossible, fails, holds } from "../../segments/guards/prove.ts";
import { bodyOf } from "../body-of.ts";
import { type Finding, finding } from "../finding.ts";
import type { Check } from "../subject.ts";
import { type Provable, provable } from "./proving.ts";

/** Rules and conditions that nobody or everybody fits by what they say, whatever the data. */
export const settledRules: Check = (subject) =>
  provable(subject).flatMap((rules) =>
    rules.flatMap((rule, place) => {
      const settled = settledParts(rule.world, rule.tree).map((part) => told(rule, part));
      return settled.length > 0 ? settled : unreached(rule, rules.slice(0, place));
    }),
  );

function told(rule: Provable, { part, outcome, how, because }: Settled): Finding {
  const said = quote(rule, part);
  const isWhole = part === rule.tree;
  const pair = because?.map((one) => quote(rule, one));
  const why =
    pair !== undefined
      ? `: ${pair.join(" and ")} ${outcome === "never" ? "exclude each other" : "leave nobody out"}`
      : how === "beside"
        ? ` beside the conditions that ${said} is joined to`
        : "";
  const whom = how === "where known" ? "everybody whose values are known" : "everybody";
  const message = outcome === "never" ? `Nobody can fit ${said}${why}.` : `${capital(whom)} fits ${said}${why}.`;
  const hint =
    outcome === "never"
      ? "Correct it, or take it out: AND asks for all of its parts at once."
      : how === "where known"
        ? "Say `is known` where that is meant, or take it out."
        : "Take it out: it changes nothing.";
  const guard = { segment: rule.name, about: isWhole ? null : textOf(rule, part) };
  return finding(rule.studied, rule.place(part.from), { code: outcome === "never" ? "rule-never" : "rule-always", message, hint, guard });
}

/** Rules that could be fitted, were it not for what comes before: the head's `exclude`, or an exclusive cell's earlier rules. */
function unreached(rule: Provable, earlier: readonly Provable[]): Finding[] {
  const { world, tree, exclude } = rule;
  const guard = { segment: rule.name, about: null };
  const code = "rule-never";
  if (exclude !== null && areImpossible(world, [holds(tree), fails(exclude)])) {
    const message = `Everybody who fits \`${rule.name}\` is excluded by the head.`;
    return [
      finding(rule.studied, rule.place(0), { code, message, hint: "Change the rule, or the head's `exclude`.", guard }),
    ];
  }
  const isExclusive = bodyOf<Partial<SegmentsBody>>(rule.studied)?.exclusive === true;
  if (!isExclusive || earlier.length === 0) return [];
  if (!areImpossible(world, [holds(tree), ...earlier.map((one) => fails(one.tree))])) return [];
  const message = `Whoever fits \`${rule.name}\` is in an earlier segment, so that nobody comes to it.`;
  return [finding(rule.studied, rule.place(0), { code, message, hint: "Put it before them, or take it out.", guard })];
}

function quote(rule: Provable, part: Rule): string {
  return `\`${textOf(rule, part)}\``;
}

/** A part as it is written, on one line. */
export function textOf({ text }: Pick<Provable, "text">, part: Rule): string {
  return text.slice(part.from, part.to).replaceAll(/\s+/g, " ");
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
