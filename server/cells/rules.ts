import { describeRule } from "../language/describe.ts";
import { parseRule } from "../language/parse-rule.ts";
import { reads } from "../language/reads.ts";
import type { Rule } from "../language/tree.ts";
import type { Column, LanguageProblem, Vocabulary } from "../language/vocabulary.ts";
import type { Problem } from "../notebook/model.ts";
import type { KnownRelation, Read, RunContext, StudyContext } from "./kind.ts";

export interface NamedRule {
  readonly name: string;
  readonly rule: Rule;
}

/** A rule as it stands in a body, with the path of its text there; the head's `exclude` has no path. */
export interface WrittenRule {
  readonly name: string;
  readonly text: string;
  readonly path: readonly (string | number)[] | null;
}

/** Name under which the head's `exclude` is compiled beside a cell's own rules. */
export const EXCLUDED = "\u0000excluded";

export interface StudiedRules {
  readonly rules: readonly NamedRule[];
  readonly problems: readonly Problem[];
  readonly words: Readonly<Record<string, string>>;
  readonly usesTime: boolean;
}

/** Parses rules against what the cell may speak of, and records every relation and input that they read. */
export async function studyRules(
  written: readonly WrittenRule[],
  of: KnownRelation,
  context: StudyContext,
  reading: Read<unknown>,
): Promise<StudiedRules> {
  const vocabulary = await vocabularyOf(context, of, ownNames(written));
  const { rules, problems } = parseAll(written, vocabulary, context, reading);
  const words: Record<string, string> = {};
  let usesTime = false;
  for (const { name, rule } of rules) {
    words[name === EXCLUDED ? "exclude" : name] = describeRule(rule, context.clock);
    const used = reads(rule);
    usesTime ||= used.usesTime;
    const cells = used.segments.map((segment) => segment.cell).filter((cell) => cell !== context.cell.id);
    for (const relation of [...used.events, ...cells]) {
      const known = await context.relation(relation, null);
      if ("code" in known) problems.push(known);
    }
    for (const input of used.inputs) context.input(input);
  }
  return { rules, problems, words, usesTime };
}

/** The same rules once their relations have been computed, against the columns as they are. */
export async function resolveRules(
  written: readonly WrittenRule[],
  columns: readonly Column[],
  context: RunContext,
  reading: Read<unknown>,
) {
  const vocabulary = await vocabularyOf(context, { columns, provisional: false }, ownNames(written));
  return { ...parseAll(written, vocabulary, context, reading), vocabulary };
}

function ownNames(written: readonly WrittenRule[]): string[] {
  return written.map((rule) => rule.name).filter((name) => name !== EXCLUDED);
}

export async function vocabularyOf(
  context: StudyContext | RunContext,
  of: KnownRelation,
  own: readonly string[],
): Promise<Vocabulary> {
  return {
    attributes: of.columns ?? [],
    events: await context.events(),
    segments: [...own.map((name) => ({ cell: context.cell.id, name })), ...context.segments()],
    inputs: context.inputs,
    provisional: of.provisional,
  };
}

function parseAll(
  written: readonly WrittenRule[],
  vocabulary: Vocabulary,
  context: StudyContext | RunContext,
  reading: Read<unknown>,
) {
  const rules: NamedRule[] = [];
  const problems: Problem[] = [];
  for (const { name, text, path } of written) {
    const parsed = parseRule(text, vocabulary);
    for (const slip of parsed.problems) problems.push(ruleProblem(slip, path, context, reading));
    if (parsed.rule !== null && parsed.problems.length === 0) rules.push({ name, rule: parsed.rule });
  }
  return { rules, problems };
}

export function ruleProblem(
  slip: LanguageProblem,
  path: WrittenRule["path"],
  context: StudyContext | RunContext,
  reading: Read<unknown>,
): Problem {
  const place = path === null ? { line: 1, column: 1 } : reading.within(path, slip.from);
  const message = path === null ? `The head's \`exclude\`: ${slip.message}` : slip.message;
  return context.problem({ code: slip.code, message, hint: slip.hint, place });
}

/** The cell's rules, and after them the head's `exclude` where there is one. */
export function withExclude(rules: readonly WrittenRule[], exclude: string | null): WrittenRule[] {
  return exclude === null ? [...rules] : [...rules, { name: EXCLUDED, text: exclude, path: null }];
}
