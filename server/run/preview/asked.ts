import { vocabularyOf } from "../../cells/vocabulary.ts";
import type { NamedRule } from "../../language/compile-rules.ts";
import { parseRule } from "../../language/parse-rule.ts";
import { reads } from "../../language/reads.ts";
import { HISTORY } from "../../language/sql-history.ts";
import type { Rule } from "../../language/tree.ts";
import type { Column, LanguageProblem, Vocabulary } from "../../language/vocabulary.ts";
import type { Plan } from "../plan.ts";
import { nothingRecorded } from "../recorded.ts";
import { studyContext } from "../study-context.ts";
import { missingOf } from "./missing.ts";
import type { PreviewRequest } from "./view.ts";
import type { Written } from "./written.ts";

/** One condition of the rule; without a rule where its text can't be read. */
export interface AskedCondition {
  readonly rule: Rule | null;
  /** Of those for whom it has no value to look at; null where it always has one. */
  readonly missing: Rule | null;
  readonly problem: LanguageProblem | null;
}

/** Everything whose truth a preview needs of every person. */
export interface Asked {
  readonly conditions: readonly AskedCondition[];
  readonly excluded: Rule | null;
  /** Rules that take people before this one does. */
  readonly earlier: readonly Rule[];
  /** The cell's own rules, which IN SEGMENT may name. */
  readonly own: readonly NamedRule[];
  readonly vocabulary: Vocabulary;
  /** Relations of events, and cells whose segments are named. */
  readonly relations: readonly string[];
}

/** Reads the conditions, and what else of the notebook bears on them. */
export async function askedOf(
  plan: Plan,
  { studied, rules, exclusive }: Written,
  { conditions: texts, rule, columns }: Pick<PreviewRequest, "conditions" | "rule"> & { columns: readonly Column[] },
): Promise<Asked> {
  const { exclude } = plan.notebook.head;
  const cell = studied.cell.id;
  const all = [...texts, ...rules.map(({ text }) => text), ...(exclude === null ? [] : [exclude])];
  const speaking = { of: { columns, provisional: false }, own: rules.map(({ name }) => ({ cell, name })), texts: all };
  const vocabulary = await vocabularyOf(
    speaking,
    studyContext(plan.studies, studied.cell, nothingRecorded({ inputs: [] })),
  );
  const conditions = texts.map((text) => conditionOf(text, vocabulary));
  const own = rules.flatMap(({ name, text }): NamedRule[] => {
    const parsed = parseRule(text, vocabulary);
    return parsed.rule === null || parsed.problems.length > 0 ? [] : [{ name, rule: parsed.rule }];
  });
  const excluded = exclude === null ? null : parseRule(exclude, vocabulary).rule;
  const place = rules.findIndex(({ name }) => name === rule);
  const before = rules.slice(0, place < 0 ? rules.length : place).map(({ name }) => name);
  const earlier = exclusive ? own.filter(({ name }) => before.includes(name)).map((each) => each.rule) : [];
  const used = [...conditions.map((each) => each.rule), ...own.map((each) => each.rule), excluded];
  const relations = new Set(used.flatMap((each) => (each === null ? [] : relationsOf(each, cell))));
  return { conditions, excluded, earlier, own, vocabulary, relations: [...relations] };
}

/** Every rule whose truth is needed, in one order. */
export function rulesOf({ conditions, excluded, earlier }: Asked): Rule[] {
  const own = conditions.flatMap(({ rule, missing }) => [rule, missing]);
  return [...own, excluded, ...earlier].filter((rule) => rule !== null);
}

function conditionOf(text: string, vocabulary: Vocabulary): AskedCondition {
  const { rule, problems } = parseRule(text, vocabulary);
  const [problem = null] = problems;
  if (rule === null || problem !== null) return { rule: null, missing: null, problem: problem ?? UNREADABLE };
  return { rule, missing: missingOf(rule), problem: null };
}

const UNREADABLE: LanguageProblem = {
  ...{ code: "no-condition", from: 0, to: 0 },
  ...{ message: "This is no condition.", hint: "Choose what it is about." },
};

function relationsOf(rule: Rule, cell: string): string[] {
  const { events, segments, usesHistory } = reads(rule);
  const cells = segments.map((segment) => segment.cell).filter((other) => other !== cell);
  return [...events, ...cells, ...(usesHistory ? [HISTORY] : [])];
}
