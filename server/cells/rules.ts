import { compileRules } from "../language/compile-rules.ts";
import { describeRule } from "../language/describe.ts";
import { parseRule } from "../language/parse-rule.ts";
import { reads } from "../language/reads.ts";
import { HISTORY } from "../language/sql-history.ts";
import type { Rule } from "../language/tree.ts";
import type { Column, LanguageProblem, Vocabulary } from "../language/vocabulary.ts";
import type { Problem } from "../notebook/model.ts";
import { entityColumn } from "./entities.ts";
import type { KnownRelation, Read, RunContext, StudyContext } from "./kind.ts";
import { vocabularyOf } from "./vocabulary.ts";

interface NamedRule {
  readonly name: string;
  readonly rule: Rule;
}

/** A rule as it stands in a body, with the path of its text there; the head's `exclude` has no path. */
export interface WrittenRule {
  readonly name: string;
  readonly text: string;
  readonly path: readonly (string | number)[] | null;
}

/** What the rules of a cell are about: the relation with a row for each, and the key of `of` in the body. */
export interface Subject {
  readonly of: string;
  readonly written: readonly WrittenRule[];
}

/** Name under which the head's `exclude` is compiled beside a cell's own rules. */
export const EXCLUDED = "excluded by the head";

export interface StudiedRules {
  /** The entity's column; null where it is not known yet. */
  readonly entity: Column | null;
  readonly problems: readonly Problem[];
  readonly words: Readonly<Record<string, string>>;
  readonly usesTime: boolean;
}

/** Parses rules against what the cell may speak of, and records every relation and input that they read. */
export async function studyRules(
  subject: Subject,
  context: StudyContext,
  reading: Read<unknown>,
): Promise<StudiedRules> {
  const place = reading.at(["of"]);
  const of = await context.relation(subject.of, place);
  if ("code" in of) return { entity: null, problems: [of], words: {}, usesTime: false };
  const vocabulary = await ruleVocabulary(subject, of, context);
  const { rules, problems } = parseAll(subject, vocabulary, context, reading);
  const words: Record<string, string> = {};
  let usesTime = false;
  let history: Vocabulary["history"] = null;
  for (const { name, rule } of rules) {
    words[name === EXCLUDED ? "exclude" : name] = describeRule(rule, context.clock);
    const used = reads(rule);
    usesTime ||= used.usesTime;
    const cells = used.segments.map((segment) => segment.cell).filter((cell) => cell !== context.cell.id);
    for (const relation of [...used.events, ...cells]) {
      const known = await context.relation(relation, place);
      if ("code" in known) problems.push(known);
    }
    for (const input of used.inputs) context.input(input);
    if (!used.usesHistory) continue;
    const known = await context.relation(HISTORY, place);
    if ("code" in known) problems.push(known);
    else if (known.isUnrecorded !== true) history = known.columns;
  }
  const entity = of.columns === null ? null : entityColumn(of.columns, subject.of, context, place);
  if (entity !== null && "code" in entity) return { entity: null, problems: [...problems, entity], words, usesTime };
  // Types of a sample are not judged, and so neither is what comes of them.
  if (problems.length === 0 && of.columns !== null && !vocabulary.provisional) {
    const compiled = compile(
      { subject, rules, vocabulary: { ...vocabulary, history }, columns: of.columns },
      context,
      reading,
    );
    if (!compiled.ok) problems.push(...compiled.problems);
  }
  return { entity, problems, words, usesTime };
}

export type CompiledRules =
  | { readonly ok: true; readonly sql: string }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/**
 * The rules as one SELECT once their relations have been computed: a row for each of `of`, with its key and a BOOLEAN
 * column for each rule.
 */
export async function compileWritten(
  subject: Subject,
  context: RunContext,
  reading: Read<unknown>,
): Promise<CompiledRules> {
  const columns = await context.relation(subject.of);
  const vocabulary = await ruleVocabulary(subject, { columns, provisional: false }, context);
  const { rules, problems } = parseAll(subject, vocabulary, context, reading);
  if (problems.length > 0) return { ok: false, problems };
  const usesHistory = rules.some(({ rule }) => reads(rule).usesHistory);
  const history = usesHistory ? await context.relation(HISTORY) : null;
  return compile({ subject, rules, vocabulary: { ...vocabulary, history }, columns }, context, reading);
}

/** A slip in a text of the body, at its place in the file. */
export function ruleProblem(
  slip: LanguageProblem,
  path: WrittenRule["path"],
  context: StudyContext | RunContext,
  reading: Read<unknown>,
): Problem {
  const { code, hint } = slip;
  if (path !== null)
    return context.problem({ code, message: slip.message, hint, place: reading.within(path, slip.from) });
  return context.problem({ code, message: `The head's \`exclude\`: ${slip.message}`, hint });
}

/** The cell's rules, and after them the head's `exclude` where there is one. */
export function withExclude(rules: readonly WrittenRule[], exclude: string | null): WrittenRule[] {
  return exclude === null ? [...rules] : [...rules, { name: EXCLUDED, text: exclude, path: null }];
}

function ruleVocabulary(
  { written }: Subject,
  of: KnownRelation,
  context: StudyContext | RunContext,
): Promise<Vocabulary> {
  const own = written.filter(({ path }) => path !== null).map(({ name }) => ({ cell: context.cell.id, name }));
  return vocabularyOf({ of, own, texts: written.map(({ text }) => text) }, context);
}

function parseAll(
  { written }: Subject,
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

interface Compiling {
  readonly subject: Subject;
  readonly rules: readonly NamedRule[];
  readonly vocabulary: Vocabulary;
  readonly columns: readonly Column[];
}

function compile(
  { subject, rules, vocabulary, columns }: Compiling,
  context: StudyContext | RunContext,
  reading: Read<unknown>,
): CompiledRules {
  const { entity } = context.head;
  const around = { of: subject.of, entity, ofColumns: columns, cell: context.cell.id, clock: context.clock };
  const compiled = compileRules({ ...around, rules, vocabulary });
  if (compiled.ok) return compiled;
  const problems = compiled.problems.map((slip) => {
    const path = subject.written.find(({ name }) => name === slip.rule)?.path ?? null;
    return ruleProblem(slip, path, context, reading);
  });
  return { ok: false, problems };
}
