import { EngineFailure } from "../../engine/engine.ts";
import { name as quoted } from "../../language/quote.ts";
import type { Problem } from "../../notebook/model.ts";
import type { Read, RunContext } from "../kind.ts";
import { type Check, checksOf } from "./checks.ts";
import { complaint, type Example, examplesOf } from "./complaints.ts";
import { conditionFailure, type RunCondition, runCondition } from "./condition.ts";
import { lengthOfTime, tooOld } from "./freshness.ts";
import { goodRows, repeats } from "./good.ts";
import { type Measures, measure } from "./measure.ts";
import { ROW } from "./raw.ts";
import type { SourceBody } from "./schema.ts";
import type { Typed } from "./typed.ts";

/** What the declarations make of the rows. */
export interface Judgement {
  readonly condition: RunCondition;
  readonly checks: readonly Check[];
  readonly measures: Measures;
  /** A SELECT of the rows that go on, before those that repeat a unique value are taken out. */
  readonly good: string;
  /** By column that must be unique, rows that repeat a value; and rows that do so in any. */
  readonly repeated: ReadonlyMap<string, number>;
  readonly anyRepeated: number;
  /** The first value that breaks a check, by check. */
  readonly examples: ReadonlyMap<Check, Example>;
}

/** Measures the rows against what is declared; problems where the source stops at what it finds. */
export async function judge(
  typed: Typed,
  reading: Read<SourceBody>,
  context: RunContext,
): Promise<Judgement | Problem[]> {
  const { body } = reading;
  const { engine, signal, inputs } = context;
  const checks = await checksOf(typed.columns, body, { engine, inputs });
  const condition = await runCondition(body.where, context);
  const measures = await measured(typed, { reading, context, checks, condition });
  if ("problem" in measures) return [measures.problem];
  const examples = new Map<Check, Example>();
  const problems: Problem[] = [];
  for (const [index, check] of checks.entries()) {
    const count = measures.broken[index] ?? 0;
    if (count === 0) continue;
    const value = `CAST(${quoted(check.column)} AS VARCHAR) AS value`;
    const sql = `SELECT ${ROW} AS row, ${value} FROM (${typed.rows}) WHERE ${condition.sql} AND ${check.broken}`;
    const found = await examplesOf(engine, typed.locator, { sql, parameters: condition.parameters, signal });
    if (found[0] !== undefined) examples.set(check, found[0]);
    problems.push(
      context.problem({
        code: `broken-${check.check.replace("_", "-")}`,
        message: complaint(check.column, check.reason, found, count),
        hint: "Correct the files, change what is expected, or write `on_error: set_aside` to go on without such rows.",
        place: reading.at(check.path),
      }),
    );
  }
  if (body.on_error === "stop" && problems.length > 0) return problems;
  const good = goodRows(typed.rows, { condition: condition.sql, checks, body });
  const unique = await repetitions(good, { typed, reading, context, condition });
  if (body.on_error === "stop" && unique.problems.length > 0) return unique.problems;
  const { repeated, anyRepeated } = unique;
  return { condition, checks, measures, good, repeated, anyRepeated, examples };
}

interface Measuring {
  readonly reading: Read<SourceBody>;
  readonly context: RunContext;
  readonly checks: readonly Check[];
  readonly condition: RunCondition;
}

async function measured(
  typed: Typed,
  { reading, context, checks, condition }: Measuring,
): Promise<Measures | { problem: Problem }> {
  const { body } = reading;
  const at = typed.columns.find(({ name }) => name === body.at);
  const moment = String(context.inputs.find(({ name }) => name === "as_of")?.value ?? "");
  const staleness =
    body.fresh_within === null || at === undefined
      ? null
      : tooOld(at, moment, lengthOfTime(body.fresh_within, context.inputs));
  try {
    return await measure(context.engine, {
      rows: typed.rows,
      columns: typed.columns,
      condition: condition.sql,
      parameters: condition.parameters,
      checks,
      dedupe: body.dedupe,
      entity: context.head.entity,
      staleness,
      signal: context.signal,
    });
  } catch (error) {
    if (!(error instanceof EngineFailure) || body.where === null || error.kind !== "conversion") throw error;
    return { problem: conditionFailure(error, reading, context) };
  }
}

interface Repetitions {
  readonly repeated: Map<string, number>;
  readonly anyRepeated: number;
  readonly problems: Problem[];
}

async function repetitions(good: string, ask: Omit<Measuring, "checks"> & { typed: Typed }): Promise<Repetitions> {
  const { typed, reading, context, condition } = ask;
  const { engine, signal } = context;
  const { parameters } = condition;
  const names = uniqueColumns(reading.body);
  if (names.length === 0) return { repeated: new Map(), anyRepeated: 0, problems: [] };
  const flags = names.map((name, index) => `${repeats(name)} AS u${index}`);
  const counts = names.map((_, index) => `count(*) FILTER (u${index})`);
  const someRepeated = names.map((_, index) => `u${index}`).join(" OR ");
  const sql = `SELECT ${counts.join(", ")}, count(*) FILTER (${someRepeated}) FROM (SELECT ${flags.join(", ")} FROM (${good}))`;
  const { rows } = await engine.table({ sql, parameters, signal });
  const counted = (rows[0] ?? []).map(Number);
  const repeated = new Map(names.map((name, index) => [name, counted[index] ?? 0]));
  const problems: Problem[] = [];
  for (const [name, count] of repeated) {
    if (count === 0) continue;
    const value = `CAST(${quoted(name)} AS VARCHAR) AS value`;
    const rowsOf = `SELECT ${ROW} AS row, ${value} FROM (${good}) QUALIFY ${repeats(name)}`;
    const found = await examplesOf(engine, typed.locator, { sql: rowsOf, parameters, signal });
    problems.push(
      context.problem({
        code: "broken-unique",
        message: complaint(name, "was there in an earlier row", found, count),
        hint: "Name what identifies a row with `dedupe`, or write `on_error: set_aside` to go on without such rows.",
        place: reading.at(["columns", name, "unique"]),
      }),
    );
  }
  return { repeated, anyRepeated: counted[names.length] ?? 0, problems };
}

export function uniqueColumns(body: SourceBody): string[] {
  return Object.entries(body.columns).flatMap(([name, { unique }]) => (unique ? [name] : []));
}
