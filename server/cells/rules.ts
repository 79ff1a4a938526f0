import { compileRules } from "../language/compile-rules.ts";
import { describeRule } from "../language/describe.ts";
import { parseRule } from "../language/parse-rule.ts";
import { name as quoted } from "../language/quote.ts";
import { reads } from "../language/reads.ts";
import { segmentCycleProblems } from "../language/segment-cycles.ts";
import { HISTORY, NEEDS_REFRESHES } from "../language/sql-history.ts";
import { hasNewest } from "../language/sql-newest.ts";
import type { Rule } from "../language/tree.ts";
import type { Column, LanguageProblem, Vocabulary } from "../language/vocabulary.ts";
import type { Problem } from "../notebook/model.ts";
import { entityColumn } from "./entities.ts";
import type { CellStatement, KnownRelation, LookContext, Read, StudyContext } from "./kind.ts";
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
  /** Whether it is asked when its newest event was. */
  readonly isDated?: boolean;
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
  /** Relations that the rules read, beside that which they are about. */
  readonly relations: readonly string[];
  /** Names of rules whose newest event is asked for, though no event makes them true. */
  readonly undated: readonly string[];
}

/** Parses rules against what the cell may speak of, and records every relation and input that they read. */
export async function studyRules(
  subject: Subject,
  context: StudyContext,
  reading: Read<unknown>,
): Promise<StudiedRules> {
  const place = reading.at(["of"]);
  const of = await context.relation(subject.of, place);
  const nothing = { entity: null, words: {}, usesTime: false, relations: [], undated: [] };
  if ("code" in of) return { ...nothing, problems: [of] };
  const vocabulary = await ruleVocabulary(subject, of, context);
  const { rules, problems } = parseAll(subject, vocabulary, context, reading);
  const words: Record<string, string> = {};
  const relations = new Set<string>();
  let usesTime = false;
  let history: Vocabulary["history"] = null;
  for (const { name, rule } of rules) {
    words[name === EXCLUDED ? "exclude" : name] = describeRule(rule, { ...context.clock, inputs: context.inputs });
    const used = reads(rule);
    usesTime ||= used.usesTime;
    const cells = used.segments.map((segment) => segment.cell).filter((cell) => cell !== context.cell.id);
    for (const relation of [...used.events, ...cells]) {
      relations.add(relation);
      const known = await context.relation(relation, place);
      if ("code" in known) problems.push(known);
    }
    for (const input of used.inputs) context.input(input);
    if (!used.usesHistory) continue;
    const known = await context.stays(place);
    if ("code" in known) problems.push(known);
    else if (known.isUnrecorded !== true && known.columns !== null)
      history = { relation: HISTORY, columns: known.columns };
    else
      problems.push(
        ruleProblem({ ...NEEDS_REFRESHES, from: rule.from, to: rule.to }, pathOf(subject, name), context, reading),
      );
  }
  const dated = new Set(datedNames(subject));
  const undated = rules.filter(({ name, rule }) => dated.has(name) && !hasNewest(rule)).map(({ name }) => name);
  const studied = { words, usesTime, relations: [...relations], undated };
  const entity = of.columns === null ? null : entityColumn(of.columns, subject.of, context, place);
  if (entity !== null && "code" in entity) return { ...studied, entity: null, problems: [...problems, entity] };
  if (problems.length > 0) return { ...studied, entity, problems };
  if (of.columns === null || vocabulary.provisional) {
    // Types of a sample are not judged, and so neither is what comes of them; whether rules need each other is.
    const slips = segmentCycleProblems(rules, context.cell.id);
    const circles = slips.map((slip) => ruleProblem(slip, pathOf(subject, slip.rule), context, reading));
    return { ...studied, entity, problems: circles };
  }
  const judged = { subject, rules, vocabulary: { ...vocabulary, history }, columns: of.columns };
  const compiled = compile(judged, context, reading);
  return { ...studied, entity, problems: compiled.ok ? [] : [...compiled.problems] };
}

/**
 * The rules as one SELECT once their relations have been computed: a row for each of `of`, with its key and a BOOLEAN
 * column for each rule, and for those that are dated when their newest event was (`newestName`).
 */
export async function compileWritten(
  subject: Subject,
  context: LookContext,
  reading: Read<unknown>,
): Promise<CellStatement> {
  const columns = await context.relation(subject.of);
  const vocabulary = await ruleVocabulary(subject, { columns, provisional: false }, context);
  const { rules, problems } = parseAll(subject, vocabulary, context, reading);
  if (problems.length > 0) return { ok: false, problems };
  const usesHistory = rules.some(({ rule }) => reads(rule).usesHistory);
  const history = usesHistory ? { relation: HISTORY, columns: await context.relation(HISTORY) } : null;
  return compile({ subject, rules, vocabulary: { ...vocabulary, history }, columns }, context, reading);
}

/** All rules of a cell as one SELECT, or one of them with those that it names. */
export async function rulesStatement(
  subject: Subject,
  { context, only }: { context: LookContext; only: string | null },
  reading: Read<unknown>,
): Promise<CellStatement> {
  if (only === null) return compileWritten(subject, context, reading);
  const columns = await context.relation(subject.of);
  const vocabulary = await ruleVocabulary(subject, { columns, provisional: false }, context);
  const { rules } = parseAll(subject, vocabulary, context, reading);
  const needed = neededBy(rules, only, context.cell.id);
  const written = subject.written.filter(({ name }) => needed.has(name));
  const compiled = await compileWritten({ of: subject.of, written }, context, reading);
  if (!compiled.ok) return compiled;
  const around = (sql: string) => `SELECT ${quoted(context.head.entity)}, ${quoted(only)} FROM (\n${sql}\n)`;
  const own = needed.size > 1 ? around : (sql: string) => sql;
  return { ...compiled, sql: own(compiled.sql), over: (kept) => own(compiled.over(kept)) };
}

/** A rule's name with those of the cell's rules that it needs through IN SEGMENT. */
function neededBy(rules: readonly NamedRule[], name: string, cell: string): Set<string> {
  const needed = new Set([name]);
  for (const one of needed) {
    const rule = rules.find((each) => each.name === one)?.rule;
    for (const segment of rule ? reads(rule).segments : []) if (segment.cell === cell) needed.add(segment.name);
  }
  return needed;
}

/** A slip in a text of the body, at its place in the file. */
export function ruleProblem(
  slip: LanguageProblem,
  path: WrittenRule["path"],
  context: StudyContext | LookContext,
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

/** The words that rules may use: the relation's columns, events, inputs, and segments, their own among them. */
export function ruleVocabulary(
  { written }: Subject,
  of: KnownRelation,
  context: StudyContext | LookContext,
): Promise<Vocabulary> {
  const own = written.filter(({ path }) => path !== null).map(({ name }) => ({ cell: context.cell.id, name }));
  return vocabularyOf({ of, own, texts: written.map(({ text }) => text) }, context);
}

function parseAll(
  { written }: Subject,
  vocabulary: Vocabulary,
  context: StudyContext | LookContext,
  reading: Read<unknown>,
) {
  const rules: NamedRule[] = [];
  const problems: Problem[] = [];
  for (const { name, text, path } of written) {
    const parsed = parseRule(text, vocabulary);
    const slips = path === null ? [...parsed.problems, ...segmentsIn(parsed.rule)] : parsed.problems;
    for (const slip of slips) problems.push(ruleProblem(slip, path, context, reading));
    if (parsed.rule !== null && slips.length === 0) rules.push({ name, rule: parsed.rule });
  }
  return { rules, problems };
}

function datedNames({ written }: Subject): string[] {
  return written.filter(({ isDated }) => isDated === true).map(({ name }) => name);
}

/** Whoever is excluded is in no segment, so that nobody can be excluded for being in one. */
function segmentsIn(rule: Rule | null): LanguageProblem[] {
  const named = rule === null ? [] : reads(rule).segments;
  if (rule === null || named.length === 0) return [];
  const message = `It names the segment \`${named[0]?.name}\`, and whoever is excluded is in no segment.`;
  const hint = "Write the segment's rule itself in the head.";
  return [{ code: "exclude-segment", from: rule.from, to: rule.to, message, hint }];
}

interface Compiling {
  readonly subject: Subject;
  readonly rules: readonly NamedRule[];
  readonly vocabulary: Vocabulary;
  readonly columns: readonly Column[];
}

function compile(
  { subject, rules, vocabulary, columns }: Compiling,
  context: StudyContext | LookContext,
  reading: Read<unknown>,
): CellStatement {
  const { entity } = context.head;
  const around = { of: subject.of, entity, ofColumns: columns, cell: context.cell.id, clock: context.clock };
  const compiled = compileRules({ ...around, rules, vocabulary, newest: datedNames(subject) });
  if (compiled.ok) return compiled;
  const problems = compiled.problems.map((slip) => {
    const path = pathOf(subject, slip.rule);
    return ruleProblem(slip, path, context, reading);
  });
  return { ok: false, problems };
}

function pathOf({ written }: Subject, rule: string): WrittenRule["path"] {
  return written.find(({ name }) => name === rule)?.path ?? null;
}
