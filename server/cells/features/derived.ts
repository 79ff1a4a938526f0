import { EngineFailure } from "../../engine/engine.ts";
import { guardSql, UNNEST } from "../../engine/guard.ts";
import { name as quoted } from "../../language/quote.ts";
import type { Problem } from "../../notebook/model.ts";
import type { FeaturesBody } from "../features.ts";
import type { LookContext, Read, StudyContext } from "../kind.ts";
import { isEnclosed } from "../source/enclosed.ts";
import { sqlProblem } from "../sql.ts";
import { mentions } from "./mentions.ts";

export interface Derived {
  readonly name: string;
  readonly sql: string;
}

const OPENING = "SELECT (\n";

/** The features that are SQL over other columns, each after those that it speaks of. */
export function orderDerived(body: FeaturesBody): Derived[] {
  const all = Object.entries(body.columns).flatMap(([name, value]) =>
    typeof value === "string" ? [] : [{ name, sql: value.sql }],
  );
  const ordered: Derived[] = [];
  const visiting = new Set<Derived>();
  const visit = (one: Derived) => {
    // A round is left to the engine, which names the column that is not there yet.
    if (visiting.has(one)) return;
    visiting.add(one);
    for (const other of all) if (other !== one && mentions(one.sql, other.name)) visit(other);
    ordered.push(one);
  };
  for (const one of all) visit(one);
  return ordered;
}

/** A failure of the compiled statement: at its place in the `{sql: …}` that it is about, else at the columns. */
export function compiledProblem(
  failure: EngineFailure,
  statement: string,
  reading: Read<FeaturesBody>,
  context: StudyContext | LookContext,
): Problem {
  const { position } = failure;
  for (const { name, sql } of position === null ? [] : orderDerived(reading.body)) {
    const start = statement.indexOf(expressionSql({ name, sql })) + BEFORE.length;
    const offset = (position ?? 0) - start;
    if (start < BEFORE.length || offset < 0 || offset > sql.length) continue;
    const inside = new EngineFailure(failure.kind, failure.message, offset, failure.candidates);
    return sqlProblem(inside, (at) => reading.within(["columns", name, "sql"], at), context);
  }
  const nowhere = new EngineFailure(failure.kind, failure.message, null, failure.candidates);
  return sqlProblem(nowhere, () => reading.at(["columns"]), context);
}

const BEFORE = "(\n";

export function expressionSql({ name, sql }: Derived): string {
  return `${BEFORE}${sql}\n) AS ${quoted(name)}`;
}

/**
 * Judges each `{sql: …}` without running it: one expression, which may use inputs, and reads no relation and no file.
 * `canonical` has each without its comments and spacing.
 */
export async function studyDerived(
  reading: Read<FeaturesBody>,
  context: StudyContext | LookContext,
): Promise<{ problems: Problem[]; inputs: string[]; canonical: Record<string, string> }> {
  const problems: Problem[] = [];
  const inputs = new Set<string>();
  const canonical: Record<string, string> = {};
  for (const { name, sql } of orderDerived(reading.body)) {
    const place = (offset: number) => reading.within(["columns", name, "sql"], Math.max(0, offset - OPENING.length));
    const found = await judge(name, sql, context);
    if (found instanceof EngineFailure) problems.push(sqlProblem(found, place, context));
    else {
      for (const input of found.inputs) inputs.add(input);
      canonical[name] = found.canonical ?? sql;
      problems.push(...found.faults.map(({ at, ...fault }) => context.problem({ ...fault, place: place(at) })));
    }
  }
  return { problems, inputs: [...inputs], canonical };
}

async function judge(name: string, sql: string, context: StudyContext | LookContext) {
  if (!isEnclosed(sql)) {
    const message = `\`${name}\` is not one expression: a bracket or a quote in it is not closed, or closes too much.`;
    const hint = "Write one SQL expression, for example `total_spend / orders`.";
    return { inputs: [], canonical: null, faults: [{ code: "sql-syntax", message, hint, at: 0 }] };
  }
  try {
    const analysis = await context.engine.analyse(`${OPENING}${sql}\n)`);
    const relations = analysis.relations.map((relation) => ({
      code: "expression-reads",
      message: `\`${name}\` reads \`${relation.name}\`; \`sql:\` in a feature is an expression over the other columns.`,
      hint: "Put the query in a sql cell and name that cell in `from`.",
      at: relation.at,
    }));
    const several = analysis.functions
      .filter((call) => UNNEST.includes(call.name) && call.at > 0)
      .map(({ name: called, at }) => ({
        code: "function-refused",
        message: `\`${called}\` makes several rows of one, and a feature is one value for each \`${context.head.entity}\`.`,
        hint: "Use a function of lists, such as `list_sum` or `len`, or unnest in a sql cell.",
        at,
      }));
    const unknown = analysis.parameters
      .filter((parameter) => !context.inputs.some((input) => input.name === parameter))
      .map((parameter) => ({
        code: "unknown-input",
        message: `\`$${parameter}\` is not an input of this notebook.`,
        hint: `Known inputs: ${context.inputs.map((input) => `\`$${input.name}\``).join(", ")}.`,
        at: OPENING.length + Math.max(0, sql.indexOf(`$${parameter}`)),
      }));
    const { parameters, canonical } = analysis;
    return { inputs: parameters, canonical, faults: [...guardSql(analysis), ...several, ...relations, ...unknown] };
  } catch (error) {
    if (error instanceof EngineFailure) return error;
    throw error;
  }
}
