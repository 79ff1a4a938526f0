import { Temporal } from "temporal-polyfill";
import { compileRules } from "../../language/compile-rules.ts";
import { describeRule } from "../../language/describe.ts";
import { parseRule } from "../../language/parse-rule.ts";
import { name as quoted } from "../../language/quote.ts";
import { reads } from "../../language/reads.ts";
import { microsSql } from "../../language/sql-time.ts";
import type { EventCondition, NumberValue, Rule, Span } from "../../language/tree.ts";
import { kindOf } from "../../language/types.ts";
import type { Clock, EventWord } from "../../language/vocabulary.ts";
import type { Problem } from "../../notebook/model.ts";
import { didYouMean } from "../../notebook/nearest.ts";
import type { CellStatement, KnownRelation, Read, RunContext, StudyContext } from "../kind.ts";
import { ruleProblem } from "../rules.ts";
import { vocabularyOf } from "../vocabulary.ts";
import { minutesIn, type Outcome, type ScoreBody } from "./schema.ts";

type EventOutcome = Extract<Outcome, { event: string }>;

const PATH = ["outcome", "event"];

/** The rule that the outcome is compiled as, and its column. */
export const OUTCOME = "outcome";

export interface StudiedOutcome {
  readonly problems: readonly Problem[];
  /** Relations that are read for it. */
  readonly relations: readonly string[];
  readonly usesTime: boolean;
  /** In plain words; null where there is none. */
  readonly words: string | null;
}

/** What the outcome reads, and what is wrong with it. */
export async function studyOutcome(reading: Read<ScoreBody>, context: StudyContext): Promise<StudiedOutcome> {
  const nothing = { problems: [], relations: [], usesTime: false, words: null };
  const { outcome, of: subject } = reading.body;
  if (outcome === null) return nothing;
  const of = await context.relation(subject, reading.at(["of"]));
  // That the relation is wanting is told of the rules.
  if ("code" in of) return nothing;
  if ("column" in outcome) return { ...nothing, problems: columnProblems(outcome.column, of, reading, context) };
  const { rule, problems } = await readEvent(outcome, of, context, reading);
  if (rule === null) return { ...nothing, problems };
  const { events, inputs } = reads(rule);
  for (const relation of events) await context.relation(relation, reading.at(PATH));
  for (const input of inputs) context.input(input);
  return {
    problems,
    relations: events,
    usesTime: true,
    words: describeRule(rule, { ...laterClock(outcome, context.clock), inputs: context.inputs }),
  };
}

/** Who has the outcome, as one SELECT: the key and a BOOLEAN. */
export async function compileOutcome(
  outcome: EventOutcome,
  context: RunContext,
  reading: Read<ScoreBody>,
): Promise<CellStatement> {
  const { of } = reading.body;
  const columns = await context.relation(of);
  const { rule, vocabulary, problems } = await readEvent(outcome, { columns, provisional: false }, context, reading);
  if (rule === null) return { ok: false, problems };
  const { entity } = context.head;
  const compiled = compileRules({
    ...{ of, entity, ofColumns: columns, vocabulary, cell: context.cell.id },
    rules: [{ name: OUTCOME, rule }],
    clock: laterClock(outcome, context.clock),
  });
  if (compiled.ok) return compiled;
  return { ok: false, problems: compiled.problems.map((slip) => ruleProblem(slip, PATH, context, reading)) };
}

/** How far the data reaches into the time in which the outcome may happen. */
export interface Reach {
  /** From 0 to 1. */
  readonly covered: number;
  /** The day that the data ends with; null where there is none. */
  readonly lastDay: Temporal.PlainDate | null;
  /** The last day that is needed. */
  readonly neededDay: Temporal.PlainDate;
}

/** Data counts as whole up to the end of the day of its newest row; of several relations the one that ends first counts. */
export async function reachOf(outcome: EventOutcome, context: RunContext, reading: Read<ScoreBody>): Promise<Reach> {
  const { zone, asOf } = context.clock;
  const columns = await context.relation(reading.body.of);
  const { rule, vocabulary } = await readEvent(outcome, { columns, provisional: false }, context, reading);
  const relations = rule === null ? [] : reads(rule).events;
  const ends = await Promise.all(
    relations.map(async (relation) => {
      const event = vocabulary.events.find((one) => one.relation === relation);
      return event === undefined ? null : newestDay(event, context);
    }),
  );
  const days = ends.filter((day) => day !== null).sort(Temporal.PlainDate.compare);
  const lastDay = days.length < ends.length ? null : (days[0] ?? null);
  const end = laterClock(outcome, context.clock).asOf;
  const neededDay = dayBefore(end, zone);
  const dataEnd = lastDay?.add({ days: 1 }).toZonedDateTime(zone).epochMilliseconds ?? asOf;
  const covered = Math.min(1, Math.max(0, (dataEnd - asOf) / (end - asOf)));
  return { covered, lastDay, neededDay };
}

async function newestDay(event: EventWord, context: RunContext): Promise<Temporal.PlainDate | null> {
  const at = event.columns.find(({ name }) => name.toLowerCase() === event.at.toLowerCase());
  const { zone } = context.clock;
  const time = { sql: `max(${quoted(event.at)})`, type: at?.type ?? "TIMESTAMP" };
  const sql = `SELECT ${microsSql(time, zone)} // 1000 AS newest FROM ${quoted(event.relation)}`;
  const [row] = await context.engine.rows({ sql, signal: context.signal });
  if (row?.newest === null || row?.newest === undefined) return null;
  return Temporal.Instant.fromEpochMilliseconds(Number(row.newest)).toZonedDateTimeISO(zone).toPlainDate();
}

function dayBefore(end: number, zone: string): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(end - 1)
    .toZonedDateTimeISO(zone)
    .toPlainDate();
}

/** The outcome is asked for at the end of its time: then `in last n` is what came after the score. */
function laterClock({ within }: EventOutcome, clock: Clock): Clock {
  return { ...clock, asOf: clock.asOf + (minutesIn(within) ?? 0) * 60_000 };
}

async function readEvent(
  outcome: EventOutcome,
  of: KnownRelation,
  context: StudyContext | RunContext,
  reading: Read<ScoreBody>,
) {
  const vocabulary = await vocabularyOf({ of, own: [], texts: [outcome.event] }, context);
  const { rule, problems } = parseRule(outcome.event, vocabulary);
  const slips = problems.map((slip) => ruleProblem(slip, PATH, context, reading));
  if (rule === null || slips.length > 0) return { rule: null, vocabulary, problems: slips };
  const windowed = inWindow(rule, outcome);
  if (windowed !== null) return { rule: windowed, vocabulary, problems: [] };
  const message = "An outcome is one condition on events, without a window of its own.";
  const hint =
    "Write such as `placed order` or `placed order where amount > 50 at least 2 times`; `within` is its window.";
  const problem = context.problem({ code: "outcome-not-event", message, hint, place: reading.at(PATH) });
  return { rule: null, vocabulary, problems: [problem] };
}

/** The condition with the outcome's time as its window; null where it is another kind of rule, or has a window. */
function inWindow(rule: Rule, { within }: EventOutcome): EventCondition | null {
  const span: Span = { from: rule.from, to: rule.to };
  const count: NumberValue = { ...span, kind: "number", value: String(minutesIn(within) ?? 0), notation: "plain" };
  const window = { ...span, kind: "last", duration: { ...span, count, unit: "minute" } } as const;
  if (rule.kind === "happened" || rule.kind === "sequence") return rule.window === null ? { ...rule, window } : null;
  if (rule.kind !== "measured" || rule.measure.window !== null) return null;
  return { ...rule, measure: { ...rule.measure, window } };
}

function columnProblems(column: string, of: KnownRelation, reading: Read<ScoreBody>, context: StudyContext): Problem[] {
  const place = reading.at(["outcome", "column"]);
  const found = of.columns?.find(({ name }) => name === column);
  if (of.columns === null || of.provisional) return [];
  if (found === undefined) {
    const names = of.columns.map(({ name }) => name);
    const message = `\`${reading.body.of}\` has no column \`${column}\`.`;
    const hint = didYouMean(column, names, `There are ${names.join(", ")}.`);
    return [context.problem({ code: "unknown-column", message, hint, place })];
  }
  if (["boolean", "number"].includes(kindOf(found.type))) return [];
  const message = `\`${column}\` is ${found.type}; an outcome is a number, or TRUE or FALSE.`;
  const hint = "Make one of it in a features or sql cell.";
  return [context.problem({ code: "outcome-column", message, hint, place })];
}
