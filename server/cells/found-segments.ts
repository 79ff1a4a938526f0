import { parseRule } from "../language/parse-rule.ts";
import { name as quoted } from "../language/quote.ts";
import { reads } from "../language/reads.ts";
import type { Problem } from "../notebook/model.ts";
import type { Read, RunContext } from "./kind.ts";
import { ruleProblem, ruleVocabulary, type Subject } from "./rules.ts";

/** Clusters that rules name and that are not among those that were found: whether anybody is in one can't be told. */
export async function missingSegments(
  subject: Subject,
  context: RunContext,
  reading: Read<unknown>,
): Promise<Problem[]> {
  const possible = (await context.segments()).filter(({ isPossible }) => isPossible);
  if (possible.length === 0) return [];
  const columns = await context.relation(subject.of);
  const vocabulary = await ruleVocabulary(subject, { columns, provisional: false }, context);
  const problems: Problem[] = [];
  for (const { text, path } of subject.written) {
    const { rule } = parseRule(text, vocabulary);
    for (const { cell, name } of rule === null ? [] : reads(rule).segments) {
      if (!possible.some((one) => one.cell === cell && one.name === name)) continue;
      const there = await foundIn(cell, context);
      if (there.includes(name)) continue;
      const message = `There is no cluster \`${name}\` in \`${cell}\`.`;
      const hint = `Those that were found are ${there.map((one) => `\`${one}\``).join(", ")}.`;
      problems.push(
        ruleProblem({ code: "unknown-segment", from: 0, to: text.length, message, hint }, path, context, reading),
      );
    }
  }
  return problems;
}

async function foundIn(cell: string, { engine, signal }: RunContext): Promise<string[]> {
  const sql = `SELECT segment FROM ${quoted(cell)} GROUP BY segment, cluster ORDER BY cluster`;
  return (await engine.rows({ sql, signal })).map(({ segment }) => String(segment));
}
