import { type Engine, EngineFailure, type Parameters } from "../engine/engine.ts";
import { guardSql } from "../engine/guard.ts";
import { name as quoted } from "../language/quote.ts";
import type { Column, InputValue } from "../language/vocabulary.ts";
import type { Problem } from "../notebook/model.ts";
import { duplicateColumns } from "./duplicate-columns.ts";
import type { CellKind, Fault, Read, RunContext, Study, StudyContext } from "./kind.ts";
import { bodyPlace } from "./place.ts";
import { isOrdered } from "./row-order.ts";

/** A SELECT over other cells. Its body is SQL as it stands; `$name` binds an input's value. */
export const sql: CellKind<string> = {
  kind: "sql",
  nameAt: (path) => (path.length === 0 ? "query" : null),

  read(cell) {
    const body = cell.body.trimEnd();
    if (body.trim() === "") {
      const place = { line: cell.bodyLine, column: 1 };
      const problem: Problem = {
        ...place,
        code: "sql-empty",
        severity: "error",
        cell: cell.id,
        message: `The sql cell \`${cell.id}\` is empty.`,
        hint: "Write one SELECT, for example `SELECT * FROM orders`.",
      };
      return { ok: false, problems: [problem], inputs: [] };
    }
    const at = () => ({ line: cell.bodyLine, column: 1 });
    return {
      ok: true,
      value: { body, canonical: body, inputs: [], at, within: (_, offset) => bodyPlace(cell, offset) },
    };
  },

  async study(reading, context) {
    return studySql(reading.body, (offset) => bodyPlace(context.cell, offset), context);
  },

  async run(reading, context) {
    return runSql(reading, context);
  },
};

/** Finds what a SELECT reads and yields; shared with sources that are a query. */
export async function studySql(
  text: string,
  placeOf: (offset: number) => { line: number; column: number },
  context: StudyContext,
): Promise<Study> {
  let usesTime = false;
  const study = (problems: readonly Problem[], columns: readonly Column[] | null = null): Study => {
    return { yields: [{ suffix: "", columns, part: "" }], problems, usesTime, usesSeed: false, words: {}, head: [] };
  };
  try {
    const analysis = await context.engine.analyse(text);
    const problems = guardSql(analysis).map((fault) => context.problem({ ...fault, place: placeOf(fault.at) }));
    const known: { name: string; columns: readonly Column[] }[] = [];
    let isProvisional = false;
    for (const { name, at } of analysis.relations) {
      const relation = await context.relation(name, placeOf(at));
      if ("code" in relation) problems.push(relation);
      else if (relation.columns !== null) known.push({ name, columns: relation.columns });
      isProvisional ||= "provisional" in relation && relation.provisional;
    }
    const unknown = analysis.parameters.filter((parameter) => context.input(parameter) === null);
    problems.push(...unknown.map((parameter) => unknownInput(parameter, text, placeOf, context)));
    usesTime = analysis.parameters.includes("as_of");
    if (problems.length > 0) return study(problems);
    const complete = known.length === analysis.relations.length;
    const asked = { text, known, used: analysis.parameters, isProvisional };
    const described = complete ? await describe(asked, context) : null;
    const twice = described?.twice ? [context.problem({ ...described.twice, place: placeOf(0) })] : [];
    const { canonical } = analysis;
    return { ...study(twice, described?.columns ?? null), canonical, ordered: isOrdered(canonical) };
  } catch (error) {
    if (error instanceof EngineFailure) return study([sqlProblem(error, placeOf, context)]);
    throw error;
  }
}

function unknownInput(
  parameter: string,
  text: string,
  placeOf: (offset: number) => { line: number; column: number },
  context: StudyContext,
): Problem {
  const inputs = context.inputs.map((input) => `\`$${input.name}\``).join(", ");
  const at = new RegExp(`\\$${parameter}(?!\\w)`).exec(text)?.index ?? 0;
  return context.problem({
    code: "unknown-input",
    message: `\`$${parameter}\` is not an input of this notebook.`,
    hint: `Known inputs: ${inputs}. Add an input cell of that name, or correct it.`,
    place: placeOf(at),
  });
}

interface Asked {
  readonly text: string;
  readonly known: readonly { name: string; columns: readonly Column[] }[];
  readonly used: readonly string[];
  /** Whether types may yet change, which only a run can then judge. */
  readonly isProvisional: boolean;
}

/** What the SELECT would yield, asked of relations without rows, so that nothing is read. */
async function describe(
  { text, known, used, isProvisional }: Asked,
  context: StudyContext,
): Promise<{ columns: Column[]; twice: Fault | null } | null> {
  const empty = known.map(({ name, columns }) => `${quoted(name)} AS (${emptyRelation(columns)})`);
  const before = empty.length === 0 ? "" : `WITH ${empty.join(",\n")}\n`;
  const prefix = `${before}SELECT * FROM (\n`;
  const asking = { parameters: parametersOf(context.inputs, used), signal: context.signal };
  const statement = await withoutSemicolon(text, context.engine);
  try {
    const { columns } = await context.engine.table({ sql: `${prefix}${statement}\n) LIMIT 0`, ...asking });
    const probe = { engine: context.engine, with: before, select: statement, ...asking };
    return { columns: columns.map(storedColumn), twice: await duplicateColumns(columns, probe) };
  } catch (error) {
    if (!(error instanceof EngineFailure)) throw error;
    if (isProvisional && isAboutTypes(error)) return null;
    if (error.position === null) throw error;
    throw new EngineFailure(error.kind, error.message, Math.max(0, error.position - prefix.length), error.candidates);
  }
}

/** A relation of these columns without rows. */
export function emptyRelation(columns: readonly Column[]): string {
  const list = columns.map((column) => `CAST(NULL AS ${column.type}) AS ${quoted(column.name)}`).join(", ");
  return `SELECT ${list === "" ? "NULL AS nothing" : list} WHERE false`;
}

/** Parquet has no integers wider than 64 bits: those that fit are written as such. */
function storedColumn({ name, type }: Column): Column {
  return { name, type: /^U?HUGEINT$/.test(type) ? "BIGINT" : type };
}

/** Failures that another type of a column would mend; unlike names, types may change once all of a file has been read. */
function isAboutTypes({ kind, message }: EngineFailure): boolean {
  return kind === "conversion" || /no function matches|cannot (compare|mix)|could not convert|type/i.test(message);
}

/** The statement without the semicolon at its end, which would close what is put around it. */
export async function withoutSemicolon(text: string, engine: Engine): Promise<string> {
  if (!text.includes(";")) return text;
  const { canonical } = await engine.analyse(text);
  let statement = text;
  for (let at = text.lastIndexOf(";"); at >= 0; at = statement.lastIndexOf(";")) {
    const shorter = statement.slice(0, at);
    const analysis = await engine.analyse(shorter).catch(() => null);
    if (analysis?.canonical !== canonical) return statement;
    statement = shorter;
  }
  return statement;
}

async function runSql(reading: Read<string>, context: RunContext): Promise<Problem[]> {
  const placeOf = (offset: number) => bodyPlace(context.cell, offset);
  try {
    const analysis = await context.engine.analyse(reading.body);
    const statement = await withoutSemicolon(reading.body, context.engine);
    await context.write("", statement, parametersOf(context.inputs, analysis.parameters));
    return [];
  } catch (error) {
    if (error instanceof EngineFailure) return [sqlProblem(error, placeOf, context)];
    throw error;
  }
}

/** Inputs as the engine binds them; a moment is wall time in the notebook's zone. */
export function parametersOf(inputs: readonly InputValue[], used: readonly string[]): Parameters {
  const types = {
    date: "DATE",
    timestamp: "TIMESTAMP",
    text: "VARCHAR",
    choice: "VARCHAR",
    boolean: "BOOLEAN",
  } as const;
  const entries = inputs
    .filter((input) => used.includes(input.name))
    .map((input) => {
      if (input.type !== "number") return [input.name, { type: types[input.type], value: input.value }];
      return [input.name, { type: Number.isSafeInteger(input.value) ? "BIGINT" : "DOUBLE", value: input.value }];
    });
  return Object.fromEntries(entries) as Parameters;
}

export function sqlProblem(
  failure: EngineFailure,
  placeOf: (offset: number) => { line: number; column: number },
  context: Pick<StudyContext, "problem">,
): Problem {
  const near = failure.candidates.slice(0, 3).map((candidate) => `\`${candidate}\``);
  return context.problem({
    code: `sql-${failure.kind}`,
    message: failure.message.split("\n")[0] ?? failure.message,
    hint: near.length > 0 ? `Did you mean ${near.join(" or ")}?` : HINTS[failure.kind],
    place: failure.position === null ? placeOf(0) : placeOf(failure.position),
  });
}

const HINTS: Record<EngineFailure["kind"], string> = {
  syntax: "A sql cell holds one SELECT in DuckDB's dialect; look just before the place that is named.",
  binder: "Check names and types against the columns listed beside the notebook.",
  catalog: "Only functions of the engine and cells of this notebook can be used.",
  conversion: "Use TRY_CAST to keep rows that do not fit as missing, or mend the value at its source.",
  memory: "Read fewer columns or rows, or give the kernel more memory.",
  permission: "Cells read other cells; declare files in a source cell.",
  io: "Check that the file is there and whole, then run again.",
  other: "Change the statement and run the cell again.",
};
