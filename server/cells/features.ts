import { z } from "zod";
import { EngineFailure } from "../engine/engine.ts";
import { guardSql } from "../engine/guard.ts";
import { compileExpressions } from "../language/compile-expressions.ts";
import { describeExpression } from "../language/describe.ts";
import { parseExpression } from "../language/parse-expression.ts";
import { name as quoted } from "../language/quote.ts";
import { reads } from "../language/reads.ts";
import type { Expression } from "../language/tree.ts";
import type { Column, Vocabulary } from "../language/vocabulary.ts";
import type { Problem } from "../notebook/model.ts";
import { readYaml } from "./body.ts";
import { entityColumn } from "./entities.ts";
import { rfmColumns, rfmExpressions, rfmSql } from "./features/rfm.ts";
import type { CellKind, KnownRelation, Read, RunContext, StudyContext } from "./kind.ts";
import { ruleProblem, vocabularyOf } from "./rules.ts";
import { sqlProblem } from "./sql.ts";

const schema = z
  .strictObject({
    from: z.string().nullable().default(null),
    columns: z.record(z.string(), z.union([z.string(), z.strictObject({ sql: z.string() })])).default({}),
    template: z.literal("rfm").nullable().default(null),
    event: z.string().nullable().default(null),
    amount: z.string().nullable().default(null),
    fill: z.record(z.string(), z.union([z.number(), z.string(), z.boolean(), z.null()])).default({}),
  })
  .refine(
    (body) => body.template !== null || Object.keys(body.columns).length > 0,
    "expected `columns` with at least one feature, or a `template`",
  )
  .refine(
    (body) => body.template === null || (body.event !== null && body.amount !== null),
    "`template: rfm` needs `event` and `amount`",
  );

export type FeaturesBody = z.infer<typeof schema>;

/** One row per entity, one column per feature. */
export const features: CellKind<FeaturesBody> = {
  kind: "features",

  read: (cell) => readYaml(cell, schema, { rules: (path) => path[0] === "columns" && path.length === 2 }),

  async study(reading, context) {
    const from = await fromRelation(reading, context);
    const nothing = { yields: [{ suffix: "", columns: null, part: "" }], usesTime: true, usesSeed: false, words: {} };
    if (from !== null && "code" in from) return { ...nothing, problems: [from] };
    const vocabulary = await vocabularyOf(context, from ?? { columns: [], provisional: true }, []);
    const parsed = parseColumns(reading, vocabulary, context);
    const words: Record<string, string> = {};
    let usesTime = false;
    for (const { name, expression } of parsed.expressions) {
      words[name] = describeExpression(expression, context.clock);
      const used = reads(expression);
      usesTime ||= used.usesTime;
      for (const relation of used.events) {
        const known = await context.relation(relation, null);
        if ("code" in known) parsed.problems.push(known);
      }
      for (const id of used.inputs) context.input(id);
    }
    if (parsed.problems.length > 0) return { ...nothing, problems: parsed.problems, words };
    const keyed =
      from?.columns === null || from === null
        ? null
        : entityColumn(from.columns, reading.body.from ?? "", context, reading.at(["from"]));
    if (keyed !== null && "code" in keyed) return { ...nothing, problems: [keyed], words };
    const columns = await foreseen(reading, parsed.expressions, { vocabulary, from }, context);
    const problems = Array.isArray(columns) || columns === null ? [] : [columns];
    return {
      ...nothing,
      yields: [{ suffix: "", columns: Array.isArray(columns) ? columns : null, part: "" }],
      problems,
      usesTime,
      words,
    };
  },

  async run(reading, context) {
    const { body } = reading;
    const from = body.from === null ? null : { columns: await context.relation(body.from), provisional: false };
    const vocabulary = await vocabularyOf(context, from ?? { columns: [], provisional: false }, []);
    const parsed = parseColumns(reading, vocabulary, context);
    if (parsed.problems.length > 0) return parsed.problems;
    const compiled = featuresSql(reading, parsed.expressions, { vocabulary, from }, context);
    if (!compiled.ok) return compiled.problems;
    try {
      await context.write("", compiled.sql);
      return [];
    } catch (error) {
      if (error instanceof EngineFailure) return [sqlProblem(error, () => reading.at(["columns"]), context)];
      throw error;
    }
  },
};

interface NamedExpression {
  readonly name: string;
  readonly expression: Expression;
}

async function fromRelation(
  reading: Read<FeaturesBody>,
  context: StudyContext,
): Promise<KnownRelation | Problem | null> {
  return reading.body.from === null ? null : context.relation(reading.body.from, reading.at(["from"]));
}

/** The written expressions, after those that the template stands for. */
function parseColumns(reading: Read<FeaturesBody>, vocabulary: Vocabulary, context: StudyContext | RunContext) {
  const { body } = reading;
  const expressions: NamedExpression[] = [];
  const problems: Problem[] = [];
  if (body.template !== null) {
    for (const [name, text] of Object.entries(rfmExpressions(body.event ?? "", body.amount ?? ""))) {
      const parsed = parseExpression(text, vocabulary);
      for (const slip of parsed.problems) {
        const key = /unknown-column|column/.test(slip.code) ? "amount" : "event";
        problems.push(
          context.problem({ code: slip.code, message: slip.message, hint: slip.hint, place: reading.at([key]) }),
        );
      }
      if (parsed.expression !== null && parsed.problems.length === 0)
        expressions.push({ name, expression: parsed.expression });
    }
  }
  for (const [name, text] of Object.entries(body.columns)) {
    if (typeof text !== "string") continue;
    const parsed = parseExpression(text, vocabulary);
    for (const slip of parsed.problems) problems.push(ruleProblem(slip, ["columns", name], context, reading));
    if (parsed.expression !== null && parsed.problems.length === 0)
      expressions.push({ name, expression: parsed.expression });
  }
  return { expressions, problems: distinct(problems) };
}

function distinct(problems: readonly Problem[]): Problem[] {
  const seen = new Set<string>();
  return problems.filter((problem) => {
    const mark = `${problem.code} ${problem.line} ${problem.message}`;
    return seen.has(mark) ? false : seen.add(mark) !== undefined;
  });
}

interface Around {
  readonly vocabulary: Vocabulary;
  readonly from: KnownRelation | null;
}

type Compiled = { ok: true; sql: string } | { ok: false; problems: Problem[] };

function featuresSql(
  reading: Read<FeaturesBody>,
  expressions: readonly NamedExpression[],
  around: Around,
  context: StudyContext | RunContext,
): Compiled {
  const { body } = reading;
  const { entity } = context.head;
  const compiled = compileExpressions({
    from: body.from,
    entity,
    columns: [...expressions],
    vocabulary: around.vocabulary,
    clock: context.clock,
    fill: body.fill,
  });
  if (!compiled.ok)
    return {
      ok: false,
      problems: compiled.problems.map((slip) => context.problem({ ...slip, place: reading.at(["columns"]) })),
    };
  const derived = Object.entries(body.columns).flatMap(([name, value]) =>
    typeof value === "string" ? [] : [{ name, sql: value.sql }],
  );
  const wide = withFrom(compiled.sql, body, around, expressions, entity);
  const computed = derived.map(({ name, sql }) => `(\n${sql}\n) AS ${quoted(name)}`);
  const inner = derived.length === 0 ? wide : `SELECT *, ${computed.join(", ")} FROM (\n${wide}\n)`;
  const base = body.template === null ? inner : rfmSql(inner, entity);
  const names = [entity, ...(body.template === null ? [] : rfmColumns), ...Object.keys(body.columns)];
  return { ok: true, sql: `SELECT ${names.map(quoted).join(", ")} FROM (\n${base}\n) ORDER BY ${quoted(entity)}` };
}

/** `{sql: …}` may speak of the columns of `from` too; a feature of the same name goes first. */
function withFrom(
  sql: string,
  body: FeaturesBody,
  around: Around,
  expressions: readonly NamedExpression[],
  entity: string,
): string {
  if (body.from === null || Object.values(body.columns).every((value) => typeof value === "string")) return sql;
  const taken = new Set([entity, ...expressions.map((one) => one.name), ...Object.keys(body.columns)]);
  const extra = (around.from?.columns ?? []).filter((column) => !taken.has(column.name));
  if (extra.length === 0) return sql;
  return `SELECT features.*, ${extra.map((column) => `source.${quoted(column.name)}`).join(", ")}
    FROM (\n${sql}\n) AS features JOIN ${quoted(body.from)} AS source USING (${quoted(entity)})`;
}

/** Columns that the cell will yield, asked of relations without rows; null where those are not known yet. */
async function foreseen(
  reading: Read<FeaturesBody>,
  expressions: readonly NamedExpression[],
  around: Around,
  context: StudyContext,
): Promise<Column[] | Problem | null> {
  for (const [name, value] of Object.entries(reading.body.columns)) {
    if (typeof value === "string") continue;
    const problem = await guardExpression(name, value.sql, reading, context);
    if (problem !== null) return problem;
  }
  const used = new Set(expressions.flatMap(({ expression }) => reads(expression).events));
  if (reading.body.from === null && used.size === 0) return entitiesMissing(reading, context);
  const compiled = featuresSql(reading, expressions, around, context);
  if (!compiled.ok) return compiled.problems[0] ?? null;
  const known = new Map(
    around.vocabulary.events
      .filter((event) => used.has(event.relation))
      .map((event) => [event.relation, event.columns]),
  );
  if (reading.body.from !== null) {
    if (around.from?.columns === null || around.from === null) return null;
    known.set(reading.body.from, around.from.columns);
  }
  if ([...known.values()].some((columns) => columns.length === 0)) return null;
  const empty = [...known].map(
    ([name, columns]) =>
      `${quoted(name)} AS (SELECT ${columns.map((column) => `CAST(NULL AS ${column.type}) AS ${quoted(column.name)}`).join(", ")} WHERE false)`,
  );
  try {
    return await context.engine.describe({
      sql: `WITH ${empty.join(",\n")}\nSELECT * FROM (\n${compiled.sql}\n)`,
      signal: context.signal,
    });
  } catch (error) {
    if (error instanceof EngineFailure) return sqlProblem(error, () => reading.at(["columns"]), context);
    throw error;
  }
}

function entitiesMissing(reading: Read<FeaturesBody>, context: StudyContext): Problem {
  return context.problem({
    code: "entities-missing",
    message: "Nothing here says who the rows are: no event is used, and there is no `from`.",
    hint: "Add `from:` with a relation that has one row per entity, or a feature over an event.",
    place: reading.at([]),
  });
}

/** `{sql: …}` is one expression: it may not read relations or files. */
async function guardExpression(
  name: string,
  sql: string,
  reading: Read<FeaturesBody>,
  context: StudyContext,
): Promise<Problem | null> {
  const prefix = "SELECT (\n";
  const place = (offset: number) => reading.within(["columns", name, "sql"], Math.max(0, offset - prefix.length));
  try {
    const analysis = await context.engine.analyse(`${prefix}${sql}\n)`);
    const [refusal] = guardSql(analysis);
    if (refusal !== undefined) return context.problem({ ...refusal, place: place(refusal.at) });
    const [relation] = analysis.relations;
    if (relation === undefined) return null;
    const message = `\`${name}\` reads \`${relation.name}\`; \`sql:\` in a feature is an expression over the other columns.`;
    return context.problem({
      code: "expression-reads",
      message,
      hint: "Put the query in a sql cell and name that cell in `from`.",
      place: place(relation.at),
    });
  } catch (error) {
    if (error instanceof EngineFailure) return sqlProblem(error, place, context);
    throw error;
  }
}
