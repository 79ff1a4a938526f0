import { parseExpression } from "../../language/parse-expression.ts";
import type { Expression } from "../../language/tree.ts";
import type { Vocabulary } from "../../language/vocabulary.ts";
import type { Problem } from "../../notebook/model.ts";
import type { FeaturesBody } from "../features.ts";
import type { LookContext, Read, StudyContext } from "../kind.ts";
import { ruleProblem } from "../rules.ts";
import { rfmColumns, rfmExpressions } from "./rfm.ts";

export interface NamedExpression {
  readonly name: string;
  readonly expression: Expression;
}

/** Every expression of the cell, those among them that the template stands for. */
export function textsOf(body: FeaturesBody): string[] {
  return [
    ...Object.values(templateOf(body)),
    ...Object.values(body.columns).filter((value) => typeof value === "string"),
  ];
}

/** The written expressions, after those that the template stands for. */
export function parseColumns(
  reading: Read<FeaturesBody>,
  vocabulary: Vocabulary,
  context: StudyContext | LookContext,
): { expressions: NamedExpression[]; problems: Problem[] } {
  const expressions: NamedExpression[] = [];
  const problems: Problem[] = [];
  const parse = (name: string, text: string) => {
    const parsed = parseExpression(text, vocabulary);
    const isRead = parsed.expression !== null && parsed.problems.length === 0;
    if (isRead && parsed.expression !== null) expressions.push({ name, expression: parsed.expression });
    return parsed.problems;
  };
  for (const [name, text] of Object.entries(templateOf(reading.body))) {
    for (const { code, message, hint } of parse(name, text)) {
      const key = /property|column|type/.test(code) ? "amount" : "event";
      // All three measures speak of the one event.
      if (problems.some((problem) => problem.message === message)) continue;
      problems.push(context.problem({ code, message, hint, place: reading.at([key]) }));
    }
  }
  for (const [name, text] of Object.entries(reading.body.columns)) {
    if (typeof text !== "string") continue;
    for (const slip of parse(name, text)) problems.push(ruleProblem(slip, ["columns", name], context, reading));
  }
  return { expressions, problems };
}

/** Features that would be two columns of one name; the engine's names know no upper and lower case. */
export function clashes(reading: Read<FeaturesBody>, context: StudyContext): Problem[] {
  const taken = [context.head.entity, ...(reading.body.template === null ? [] : rfmColumns)];
  const problems: Problem[] = [];
  for (const name of Object.keys(reading.body.columns)) {
    const other = taken.find((one) => one.toLowerCase() === name.toLowerCase());
    taken.push(name);
    if (other === undefined) continue;
    const whose = other === context.head.entity ? "the entity's column" : `\`${other}\``;
    const message = `The feature \`${name}\` and ${whose} would be two columns of one name.`;
    const hint = "Give the feature another name.";
    problems.push(context.problem({ code: "duplicate-name", message, hint, place: reading.at(["columns", name]) }));
  }
  return problems;
}

function templateOf(body: FeaturesBody): Record<string, string> {
  return body.template === null ? {} : rfmExpressions(body.event ?? "", body.amount ?? "");
}
