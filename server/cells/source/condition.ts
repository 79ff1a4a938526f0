import { EngineFailure, type Parameters } from "../../engine/engine.ts";
import { guardSql } from "../../engine/guard.ts";
import { name as quoted } from "../../language/quote.ts";
import type { Column } from "../../language/vocabulary.ts";
import type { Problem } from "../../notebook/model.ts";
import type { Read, RunContext, StudyContext } from "../kind.ts";
import { parametersOf, sqlProblem } from "../sql.ts";
import { isEnclosed } from "./enclosed.ts";
import type { SourceBody } from "./schema.ts";

const ROWS = "__segbook_rows";
const OPENING = `SELECT 1 FROM ${ROWS} WHERE (\n`;
const wrapped = (condition: string) => `${OPENING}${condition}\n)`;

export interface ConditionStudy {
  readonly problems: readonly Problem[];
  readonly usesTime: boolean;
  /** The condition without its comments and spacing; null where it can't be read. */
  readonly canonical: string | null;
}

const UNREAD = { usesTime: false, canonical: null };

/** Judges `where` without running it: names, types, and that it is one expression that reads nothing but cells. */
export async function studyCondition(
  reading: Read<SourceBody>,
  condition: string,
  columns: readonly Column[],
  context: StudyContext,
): Promise<ConditionStudy> {
  const place = (offset: number) => reading.within(["where"], offset);
  if (!isEnclosed(condition)) {
    const message = "`where` is not one condition: a bracket or a quote in it is not closed, or closes too much.";
    const hint = "Write one SQL condition, for example `quantity > 0 AND country = 'UK'`.";
    return { problems: [context.problem({ code: "sql-syntax", message, hint, place: place(0) })], ...UNREAD };
  }
  try {
    const analysis = await context.engine.analyse(wrapped(condition));
    const back = (offset: number) => place(Math.max(0, offset - OPENING.length));
    const problems = guardSql(analysis).map((fault) => context.problem({ ...fault, place: back(fault.at) }));
    const known: { name: string; columns: readonly Column[] }[] = [{ name: ROWS, columns }];
    for (const { name, at } of analysis.relations.filter((relation) => relation.name !== ROWS)) {
      const relation = await context.relation(name, back(at));
      if ("code" in relation) problems.push(relation);
      else if (relation.columns !== null) known.push({ name, columns: relation.columns });
    }
    for (const parameter of analysis.parameters.filter((name) => context.input(name) === null)) {
      const message = `\`$${parameter}\` is not an input of this notebook.`;
      const hint = `Known inputs: ${context.inputs.map((input) => `\`$${input.name}\``).join(", ")}.`;
      const at = place(Math.max(0, condition.indexOf(`$${parameter}`)));
      problems.push(context.problem({ code: "unknown-input", message, hint, place: at }));
    }
    const usesTime = analysis.parameters.includes("as_of");
    const complete = known.length === analysis.relations.length;
    if (problems.length === 0 && complete) await probe(condition, known, analysis.parameters, context);
    return { problems, usesTime, canonical: analysis.canonical };
  } catch (error) {
    if (!(error instanceof EngineFailure)) throw error;
    return { problems: [conditionProblem(error, reading, context)], ...UNREAD };
  }
}

/** Asks the engine what it makes of the condition, over relations without rows. */
async function probe(
  condition: string,
  known: readonly { name: string; columns: readonly Column[] }[],
  parameters: readonly string[],
  context: StudyContext,
): Promise<void> {
  const empty = known.map(({ name, columns }) => {
    const list = columns.map((column) => `CAST(NULL AS ${column.type}) AS ${quoted(column.name)}`).join(", ");
    return `${quoted(name)} AS (SELECT ${list === "" ? "NULL AS nothing" : list} WHERE false)`;
  });
  const prefix = `WITH ${empty.join(", ")}\n`;
  try {
    const { engine, signal } = context;
    await engine.table({
      sql: prefix + wrapped(condition),
      parameters: parametersOf(context.inputs, parameters),
      signal,
    });
  } catch (error) {
    if (!(error instanceof EngineFailure) || error.position === null) throw error;
    throw new EngineFailure(error.kind, error.message, error.position - prefix.length, error.candidates);
  }
}

/** A failure of the condition as wrapped above, at its place in the notebook. */
function conditionProblem(
  failure: EngineFailure,
  reading: Read<SourceBody>,
  context: StudyContext | RunContext,
): Problem {
  const candidates = failure.candidates.map((name) => name.split(".").at(-1)?.replaceAll('"', "") ?? name);
  const shown = new EngineFailure(failure.kind, failure.message, failure.position, candidates);
  return sqlProblem(shown, (offset) => reading.within(["where"], Math.max(0, offset - OPENING.length)), context);
}

export interface RunCondition {
  /** SQL that is true for the rows that are kept. */
  readonly sql: string;
  readonly parameters: Parameters;
}

/** The condition for running; the relations that it reads stand ready. */
export async function runCondition(condition: string | null, context: RunContext): Promise<RunCondition> {
  if (condition === null) return { sql: "true", parameters: {} };
  const { relations, parameters } = await context.engine.analyse(wrapped(condition));
  for (const { name } of relations.filter((relation) => relation.name !== ROWS)) await context.relation(name);
  return {
    sql: `coalesce(CAST((\n${condition}\n) AS BOOLEAN), false)`,
    parameters: parametersOf(context.inputs, parameters),
  };
}

/** What fails while the condition is worked out on real rows, such as a cast, without a place inside it. */
export function conditionFailure(failure: EngineFailure, reading: Read<SourceBody>, context: RunContext): Problem {
  const { kind, message, candidates } = failure;
  return sqlProblem(new EngineFailure(kind, message, null, candidates), () => reading.at(["where"]), context);
}
