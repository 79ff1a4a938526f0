import { EXCLUDED } from "../../cells/rules.ts";
import { compileRules } from "../../language/compile-rules.ts";
import { parseRule } from "../../language/parse-rule.ts";
import { name as quoted } from "../../language/quote.ts";
import type { Rule } from "../../language/tree.ts";
import type { Problem } from "../../notebook/model.ts";
import type { Plan } from "../plan.ts";
import { problemMaker } from "../studied.ts";
import type { RulesCell } from "./segment.ts";
import type { PortableText } from "./view.ts";

/**
 * One SELECT of a segment's keys over the notebook's relations, with the moment and the inputs' values in it: whoever runs
 * it beside the relations gets the members, those held out among them.
 */
export function segmentSql(
  plan: Plan,
  { studied, body, vocabulary }: RulesCell,
  segment: string,
): PortableText | Problem {
  const problem = problemMaker(studied.cell);
  const { entity, exclude } = plan.notebook.head;
  const written = [...Object.entries(body.segments), ...(exclude === null ? [] : [[EXCLUDED, exclude] as const])];
  const rules: { name: string; rule: Rule }[] = [];
  for (const [name, text] of written) {
    const { rule, problems } = parseRule(text, vocabulary);
    const [slip] = problems;
    if (rule === null || slip !== undefined)
      return problem({
        code: slip?.code ?? "no-rule",
        message: `\`${name}\`: ${slip?.message ?? "no rule."}`,
        hint: slip?.hint ?? "Look at it.",
      });
    rules.push({ name, rule });
  }
  const names = Object.keys(body.segments);
  const place = names.indexOf(segment);
  const earlier = place < 0 ? names : body.exclusive ? names.slice(0, place) : [];
  const needed = rules.filter(
    ({ name }) =>
      name === segment || name === EXCLUDED || earlier.includes(name) || isNamed(rules, name, studied.cell.id),
  );
  const compiled = compileRules({
    of: body.of,
    entity,
    rules: needed,
    vocabulary,
    clock: plan.clock,
    cell: studied.cell.id,
  });
  if (!compiled.ok) {
    const [slip] = compiled.problems;
    return problem({
      code: slip?.code ?? "not-compiled",
      message: slip?.message ?? "The rule can't be compiled.",
      hint: slip?.hint ?? "Look at it.",
    });
  }
  const conditions = [
    `${quoted(entity)} IS NOT NULL`,
    ...(exclude === null ? [] : [`NOT ${quoted(EXCLUDED)}`]),
    ...(place < 0 ? [] : [quoted(segment)]),
    ...earlier.map((name) => `NOT ${quoted(name)}`),
  ];
  const text = `SELECT ${quoted(entity)}\nFROM (\n${compiled.sql}\n)\nWHERE ${conditions.join("\n  AND ")}\nORDER BY ${quoted(entity)};\n`;
  return { text, remarks: [] };
}

/** Rules of the cell that others of it name are compiled with those. */
function isNamed(rules: readonly { name: string; rule: Rule }[], name: string, cell: string): boolean {
  const named = (rule: Rule): boolean => {
    if (rule.kind === "and" || rule.kind === "or") return rule.parts.some(named);
    if (rule.kind === "not") return named(rule.part);
    return rule.kind === "in segment" && rule.segment.cell === cell && rule.segment.name === name;
  };
  return rules.some((each) => named(each.rule));
}
