import { z } from "zod";
import { compileRules } from "../language/compile-rules.ts";
import { literal, name as quoted } from "../language/quote.ts";
import { readYaml } from "./body.ts";
import { checkEntities, entityColumn } from "./entities.ts";
import type { CellKind, Read } from "./kind.ts";
import { EXCLUDED, resolveRules, studyRules, type WrittenRule, withExclude } from "./rules.ts";

const BAND = /^\s*(>=|>)\s*(-?\d+(?:\.\d+)?)\s*$/;

const schema = z.strictObject({
  of: z.string(),
  points: z
    .array(z.strictObject({ when: z.string(), add: z.number() }))
    .min(1, "expected at least one rule with points"),
  bands: z
    .record(z.string(), z.string().regex(BAND, 'expected a border such as ">= 15"'))
    .refine((bands) => descending(Object.values(bands)), "expected borders in descending order, the highest band first")
    .default({}),
});

export type ScoreBody = z.infer<typeof schema>;

/** Points for behaviours and bands by thresholds: entity, `score`, `band`, and `points_1`, `points_2`, … for the rules in order. */
export const score: CellKind<ScoreBody> = {
  kind: "score",

  read: (cell) => readYaml(cell, schema, { rules: (path) => path[0] === "points" && path[2] === "when" }),

  async study(reading, context) {
    const { body } = reading;
    const of = await context.relation(body.of, reading.at(["of"]));
    if ("code" in of)
      return {
        yields: [{ suffix: "", columns: null, part: "" }],
        problems: [of],
        usesTime: false,
        usesSeed: false,
        words: {},
      };
    const rules = await studyRules(written(reading, context.head.exclude), of, context, reading);
    const entity = of.columns === null ? null : entityColumn(of.columns, body.of, context, reading.at(["of"]));
    const problems = [...rules.problems, ...(entity !== null && "code" in entity ? [entity] : [])];
    const type = numberType(body);
    const points = body.points.map((_, index) => ({ name: `points_${index + 1}`, type }));
    const columns =
      entity === null || "code" in entity
        ? null
        : [entity, { name: "score", type }, { name: "band", type: "VARCHAR" }, ...points];
    return {
      yields: [{ suffix: "", columns, part: "" }],
      problems,
      usesTime: rules.usesTime,
      usesSeed: false,
      words: rules.words,
    };
  },

  async run(reading, context) {
    const { body } = reading;
    const { entity } = context.head;
    const columns = await context.relation(body.of);
    const findings = await checkEntities(body.of, context, reading.at(["of"]));
    if (findings.some((finding) => finding.severity === "error")) return findings;
    const { rules, problems, vocabulary } = await resolveRules(
      written(reading, context.head.exclude),
      columns,
      context,
      reading,
    );
    if (problems.length > 0) return problems;
    for (const event of vocabulary.events) await context.relation(event.relation).catch(() => undefined);
    const compiled = compileRules({
      of: body.of,
      entity,
      rules,
      vocabulary,
      clock: context.clock,
      cell: context.cell.id,
    });
    if (!compiled.ok)
      return compiled.problems.map((slip) => context.problem({ ...slip, place: reading.at(["points"]) }));
    await context.write("", scoreSql(body, entity, compiled.sql, context.head.exclude !== null));
    return findings;
  },
};

function written(reading: Read<ScoreBody>, exclude: string | null): WrittenRule[] {
  const own = reading.body.points.map(({ when }, index) => ({
    name: `points_${index + 1}`,
    text: when,
    path: ["points", index, "when"],
  }));
  return withExclude(own, exclude);
}

function numberType(body: ScoreBody): string {
  return body.points.every(({ add }) => Number.isInteger(add)) ? "BIGINT" : "DOUBLE";
}

/** Whoever the head excludes keeps a score and has no band. */
function scoreSql(body: ScoreBody, entity: string, compiled: string, excludes: boolean): string {
  const type = numberType(body);
  const points = body.points.map(({ add }, index) => {
    const name = quoted(`points_${index + 1}`);
    return { name, sql: `CASE WHEN ${name} THEN ${add} ELSE 0 END` };
  });
  const sum = points.map(({ sql }) => sql).join(" + ");
  const bands = Object.entries(body.bands).map(([name, border]) => {
    const [, operator = ">=", value = "0"] = BAND.exec(border) ?? [];
    return `WHEN score ${operator} ${value} THEN ${literal(name)}`;
  });
  const none = excludes ? [`WHEN ${quoted(EXCLUDED)} THEN NULL`] : [];
  const cases = [...none, ...bands];
  const band = bands.length === 0 ? "NULL::VARCHAR" : `CASE ${cases.join(" ")} END`;
  return `
    SELECT ${quoted(entity)}, score, ${band} AS band, ${points.map(({ name, sql }) => `(${sql})::${type} AS ${name}`).join(", ")}
    FROM (SELECT *, (${sum})::${type} AS score FROM (\n${compiled}\n) WHERE ${quoted(entity)} IS NOT NULL)
    ORDER BY ${quoted(entity)}`;
}

function descending(borders: readonly string[]): boolean {
  const values = borders.map((border) => Number(BAND.exec(border)?.[2] ?? Number.NaN));
  return values.every((value, index) => index === 0 || !(value > (values[index - 1] ?? value)));
}
