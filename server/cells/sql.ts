import { EngineFailure, type Parameters } from "../engine/engine.ts";
import { guardSql } from "../engine/guard.ts";
import { name as quoted } from "../language/quote.ts";
import type { Column, InputValue } from "../language/vocabulary.ts";
import type { Problem } from "../notebook/model.ts";
import type { CellKind, Read, RunContext, Study, StudyContext } from "./kind.ts";
import { bodyPlace } from "./place.ts";

/** A SELECT over other cells. Its body is SQL as it stands; `$name` binds an input's value. */
export const sql: CellKind<string> = {
  kind: "sql",

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
      return { ok: false, problems: [problem] };
    }
    const at = () => ({ line: cell.bodyLine, column: 1 });
    return { ok: true, value: { body, canonical: body, at, within: (_, offset) => bodyPlace(cell, offset) } };
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
  const nothing = (problems: Problem[]): Study => ({
    yields: [{ suffix: "", columns: null, part: "" }],
    problems,
    usesTime: false,
    usesSeed: false,
    words: {},
  });
  try {
    const analysis = await context.engine.analyse(text);
    const problems: Problem[] = guardSql(analysis).map((fault) =>
      context.problem({ ...fault, place: placeOf(fault.at) }),
    );
    const known: { name: string; columns: readonly Column[] }[] = [];
    for (const { name, at } of analysis.relations) {
      const relation = await context.relation(name, placeOf(at));
      if ("code" in relation) problems.push(relation);
      else if (relation.columns !== null) known.push({ name, columns: relation.columns });
    }
    for (const parameter of analysis.parameters) {
      if (context.input(parameter) !== null) continue;
      const inputs = context.inputs.map((input) => `\`$${input.name}\``).join(", ");
      problems.push(
        context.problem({
          code: "unknown-input",
          message: `\`$${parameter}\` is not an input of this notebook.`,
          hint: `Known inputs: ${inputs}. Add an input cell of that name, or correct it.`,
          place: placeOf(Math.max(0, text.indexOf(`$${parameter}`))),
        }),
      );
    }
    const usesTime = analysis.parameters.includes("as_of");
    if (problems.length > 0) return { ...nothing(problems), usesTime };
    const complete = known.length === analysis.relations.length;
    const columns = complete ? await describe(text, known, analysis.parameters, context) : null;
    return { ...nothing([]), yields: [{ suffix: "", columns, part: "" }], usesTime, canonical: analysis.canonical };
  } catch (error) {
    if (error instanceof EngineFailure) return nothing([sqlProblem(error, placeOf, context)]);
    throw error;
  }
}

/** What the SELECT would yield, asked of relations without rows, so that nothing is read. */
async function describe(
  text: string,
  known: { name: string; columns: readonly Column[] }[],
  used: readonly string[],
  context: StudyContext,
): Promise<Column[]> {
  const empty = known.map(({ name, columns }) => {
    const list = columns.map((column) => `CAST(NULL AS ${column.type}) AS ${quoted(column.name)}`).join(", ");
    return `${quoted(name)} AS (SELECT ${list === "" ? "NULL AS nothing" : list} WHERE false)`;
  });
  const prefix = empty.length === 0 ? "SELECT * FROM (\n" : `WITH ${empty.join(",\n")}\nSELECT * FROM (\n`;
  try {
    const { columns } = await context.engine.table({
      sql: `${prefix}${text}\n) LIMIT 0`,
      parameters: parametersOf(context.inputs, used),
      signal: context.signal,
    });
    return [...columns];
  } catch (error) {
    if (!(error instanceof EngineFailure) || error.position === null) throw error;
    throw new EngineFailure(error.kind, error.message, Math.max(0, error.position - prefix.length), error.candidates);
  }
}

async function runSql(reading: Read<string>, context: RunContext): Promise<Problem[]> {
  const placeOf = (offset: number) => bodyPlace(context.cell, offset);
  try {
    const analysis = await context.engine.analyse(reading.body);
    for (const { name } of analysis.relations) await context.relation(name);
    await context.write("", reading.body, parametersOf(context.inputs, analysis.parameters));
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
  context: StudyContext | RunContext,
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
