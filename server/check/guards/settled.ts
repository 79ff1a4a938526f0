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
  const pair = because?.map((one) => quote(rule, one)).join(" and ");
  const { message, hint } = wordsFor({ outcome, how, pair, said });
  const guard = { segment: rule.name, about: isWhole ? null : textOf(rule, part) };
  return finding(rule.studied, rule.place(part.from), {
    code: outcome === "never" ? "rule-never" : "rule-always",
    message,
    hint,
    guard,
  });
}

function wordsFor({ outcome, how, pair, said }: Pick<Settled, "outcome" | "how"> & { pair?: string; said: string }) {
  const mend = "Correct it, or take it out: AND asks for all of its parts at once.";
  if (how === "beside") {
    return outcome === "never"
      ? { message: `Nobody can fit ${said} together with the conditions that it is joined to.`, hint: mend }
      : { message: `${said} adds nothing: the conditions that it is joined to imply it.`, hint: "Take it out." };
  }
  if (outcome === "never")
    return {
      message: `Nobody can fit ${said}${pair === undefined ? "" : `: ${pair} exclude each other`}.`,
      hint: mend,
    };
  const whom = how === "where known" ? "Everybody whose values are known" : "Everybody";
  const hint =
    how === "where known" ? "Say `is known` where that is meant, or take it out." : "Take it out: it changes nothing.";
  return { message: `${whom} fits ${said}${pair === undefined ? "" : `: ${pair} leave nobody out`}.`, hint };
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
