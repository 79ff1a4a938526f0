import { z } from "zod";
import { EngineFailure } from "../engine/engine.ts";
import { describeExpression } from "../language/describe.ts";
import { reads } from "../language/reads.ts";
import { parseBody } from "../notebook/body.ts";
import type { Cell, Problem } from "../notebook/model.ts";
import { readYaml, written } from "./body.ts";
import { checkEntities, entityColumn } from "./entities.ts";
import { behindFeature } from "./features/behind.ts";
import { compiledProblem, orderDerived, studyDerived } from "./features/derived.ts";
import { foresee } from "./features/foresee.ts";
import { mentions } from "./features/mentions.ts";
import { clashes, parseColumns, textsOf } from "./features/read-columns.ts";
import { RFM_WORDS } from "./features/rfm.ts";
import { featuresSql, measuresSql } from "./features/select.ts";
import type {
  CellKind,
  CellStatement,
  KnownRelation,
  LookContext,
  Read,
  RunContext,
  Study,
  StudyContext,
} from "./kind.ts";
import { parametersOf } from "./sql.ts";
import { vocabularyOf } from "./vocabulary.ts";

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
  )
  .refine(
    (body) => body.template !== null || (body.event === null && body.amount === null),
    "`event` and `amount` belong to `template: rfm`",
  );

export type FeaturesBody = z.infer<typeof schema>;

/** One row per entity, one column per feature. */
export const features: CellKind<FeaturesBody> = {
  kind: "features",
  nameAt: ([key, , inner]) =>
    key === "from" ? "relation" : key !== "columns" ? null : inner === "sql" ? "condition" : "rule",

  read(cell, _, inputs) {
    const derived = derivedIn(cell);
    const isExpression = (path: readonly (string | number)[]) =>
      path.length === 2 && path[0] === "columns" && !derived.has(String(path[1]));
    return readYaml(cell, schema, { inputs, rules: isExpression });
  },

  study: studyFeatures,
  behind: behindFeature,
  statement,

  async run(reading, context) {
    const findings = await fromFindings(reading, context);
    if (findings.some((finding) => finding.severity === "error")) return findings;
    const compiled = await statement(reading, context, null);
    if (!compiled.ok) return [...compiled.problems];
    let { sql } = compiled;
    try {
      sql = await context.kept(compiled);
      await context.write("", sql, compiled.parameters);
      return findings;
    } catch (error) {
      if (error instanceof EngineFailure) return [compiledProblem(error, sql, reading, context)];
      throw error;
    }
  },
};

async function statement(
  reading: Read<FeaturesBody>,
  context: LookContext,
  only: string | null,
): Promise<CellStatement> {
  const { body } = reading;
  const from = body.from === null ? null : { columns: await context.relation(body.from), provisional: false };
  const vocabulary = await vocabularyOf({ of: from ?? NOBODY, own: [], texts: textsOf(body) }, context);
  const { expressions, problems } = parseColumns(reading, vocabulary, context);
  if (problems.length > 0) return { ok: false, problems };
  const one = expressions.find(({ name }) => name === only);
  const asked = { reading, expressions, vocabulary, from: from?.columns ?? null };
  const compiled =
    one === undefined ? featuresSql(asked, context) : measuresSql({ ...asked, expressions: [one] }, context);
  if (!compiled.ok) return compiled;
  const { inputs } = await studyDerived(reading, context);
  return { ...compiled, parameters: parametersOf(context.inputs, inputs) };
}

const NOBODY: KnownRelation = { columns: [], provisional: false };

/** Names of the features that are maps, `{sql: …}`, and no expressions of the language. */
function derivedIn(cell: Cell): Set<string> {
  const columns = parseBody(cell, { rules: () => false }).value?.columns;
  const isDerived = (value: unknown) => value !== null && typeof value === "object" && Object.hasOwn(value, "sql");
  const entries = columns !== null && typeof columns === "object" ? Object.entries(columns) : [];
  return new Set(entries.filter(([, value]) => isDerived(value)).map(([name]) => name));
}

async function studyFeatures(reading: Read<FeaturesBody>, context: StudyContext): Promise<Study> {
  const { body } = reading;
  const place = reading.at(["from"]);
  const words: Record<string, string> = {};
  let usesTime = false;
  const study = (problems: readonly Problem[], columns: Study["yields"][number]["columns"] = null): Study => {
    return { yields: [{ suffix: "", columns, part: "" }], problems, usesTime, usesSeed: false, words };
  };
  const from = body.from === null ? null : await context.relation(body.from, place);
  if (from !== null && "code" in from) return study([from]);
  const vocabulary = await vocabularyOf({ of: from ?? NOBODY, own: [], texts: textsOf(body) }, context);
  const { expressions, problems } = parseColumns(reading, vocabulary, context);
  const events = new Set<string>();
  for (const { name, expression } of expressions) {
    const used = reads(expression);
    words[name] = describeExpression(expression, { ...context.clock, inputs: context.inputs });
    usesTime ||= used.usesTime;
    for (const relation of used.events) events.add(relation);
    for (const id of used.inputs) context.input(id);
  }
  for (const relation of events) {
    const known = await context.relation(relation, reading.at(["columns"]));
    if ("code" in known) problems.push(known);
  }
  if (body.template === "rfm") Object.assign(words, RFM_WORDS);
  for (const { name, sql } of orderDerived(body)) words[name] = `by SQL: ${sql.trim().replace(/\s+/g, " ")}`;
  const derived = await studyDerived(reading, context);
  problems.push(...derived.problems);
  for (const id of derived.inputs) context.input(id);
  usesTime ||= derived.inputs.includes("as_of");
  problems.push(...clashes(reading, context));
  if (from !== null && from.columns !== null) {
    const keyed = entityColumn(from.columns, body.from ?? "", context, place);
    if ("code" in keyed) problems.push(keyed);
  }
  if (body.from === null && events.size === 0 && problems.length === 0)
    problems.push(entitiesMissing(reading, context));
  if (problems.length > 0) return study(problems);
  const foreseen = await foresee({ reading, expressions, vocabulary, from: from?.columns ?? null }, events, context);
  if (!foreseen.ok) return study(foreseen.problems);
  return { ...study([], foreseen.columns), canonical: written(withCanonical(body, derived.canonical)) };
}

/** The body with what each `{sql: …}` says in the place of how it is written. */
function withCanonical(body: FeaturesBody, canonical: Readonly<Record<string, string>>): FeaturesBody {
  const columns = Object.entries(body.columns).map(([name, value]) =>
    typeof value === "string" ? [name, value] : [name, { sql: canonical[name] ?? value.sql }],
  );
  return { ...body, columns: Object.fromEntries(columns) as FeaturesBody["columns"] };
}

/** Columns of `from` are put beside the features, so it must have one row for each entity where any is used. */
async function fromFindings(reading: Read<FeaturesBody>, context: RunContext): Promise<Problem[]> {
  const { body } = reading;
  if (body.from === null) return [];
  const derived = orderDerived(body);
  const isUsed = (await context.relation(body.from)).some(({ name }) => derived.some(({ sql }) => mentions(sql, name)));
  return isUsed ? checkEntities(body.from, context, reading.at(["from"])) : [];
}

function entitiesMissing(reading: Read<FeaturesBody>, context: StudyContext): Problem {
  return context.problem({
    code: "entities-missing",
    message: "Nothing here says who the rows are: no event is used, and there is no `from`.",
    hint: "Add `from:` with a relation that has one row per entity, or a feature over an event.",
    place: reading.at([]),
  });
}
