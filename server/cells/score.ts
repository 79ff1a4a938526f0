import { z } from "zod";
import { literal, name as quoted } from "../language/quote.ts";
import { readYaml } from "./body.ts";
import { checkEntities } from "./entities.ts";
import type { CellKind, Read } from "./kind.ts";
import { compileWritten, EXCLUDED, type Subject, studyRules, withExclude } from "./rules.ts";

const BAND = /^\s*(>=|>)\s*(-?\d+(?:\.\d+)?)\s*$/;

const schema = z.strictObject({
  of: z.string(),
  points: z
    .array(z.strictObject({ when: z.string(), add: z.number() }))
    .min(1, "expected at least one rule with points"),
  bands: z
    .record(z.string(), z.string().regex(BAND, 'expected a border such as ">= 15"'))
    .refine(descends, "expected borders in descending order, the highest band first")
    .default({}),
});

export type ScoreBody = z.infer<typeof schema>;

/** Points for behaviours and bands by thresholds: entity, `score`, `band`, and `points_1`, `points_2`, … for the rules in order. */
export const score: CellKind<ScoreBody> = {
  kind: "score",
  nameAt: (path) => (path.join() === "of" ? "relation" : path[0] === "points" && path[2] === "when" ? "rule" : null),

  read: (cell, _, inputs) =>
    readYaml(cell, schema, { inputs, rules: (path) => path[0] === "points" && path[2] === "when" }),

  async study(reading, context) {
    const { body } = reading;
    const { entity, ...rules } = await studyRules(subjectOf(reading, context.head.exclude), context, reading);
    const type = numberType(body);
    const band = { name: "band", type: "VARCHAR" };
    const points = body.points.map((_, index) => ({ name: pointsName(index), type }));
    const columns = entity === null ? null : [entity, { name: "score", type }, band, ...points];
    const head = ["entity", "week_starts", "exclude"] as const;
    return { ...rules, yields: [{ suffix: "", columns, part: "" }], usesSeed: false, head };
  },

  async run(reading, context) {
    const { body } = reading;
    const findings = await checkEntities(body.of, context, reading.at(["of"]));
    if (findings.some((finding) => finding.severity === "error")) return findings;
    const compiled = await compileWritten(subjectOf(reading, context.head.exclude), context, reading);
    if (!compiled.ok) return [...compiled.problems];
    await context.write("", scoreSql(body, compiled.sql, context.head));
    return findings;
  },
};

function subjectOf(reading: Read<ScoreBody>, exclude: string | null): Subject {
  const own = reading.body.points.map(({ when }, index) => ({
    name: pointsName(index),
    text: when,
    path: ["points", index, "when"],
  }));
  return { of: reading.body.of, written: withExclude(own, exclude) };
}

function pointsName(index: number): string {
  return `points_${index + 1}`;
}

/** Points with a fraction are decimals, so that their sum is exact. */
function numberType(body: ScoreBody): string {
  const places = Math.max(...body.points.map(({ add }) => decimals(add)));
  return places === 0 ? "BIGINT" : places > 9 ? "DOUBLE" : `DECIMAL(18,${places})`;
}

function decimals(value: number): number {
  const text = String(value);
  return text.includes("e") ? Number.POSITIVE_INFINITY : (text.split(".")[1]?.length ?? 0);
}

/** Whoever the head excludes keeps a score and has no band. */
function scoreSql(body: ScoreBody, compiled: string, head: { entity: string; exclude: string | null }): string {
  const type = numberType(body);
  const key = quoted(head.entity);
  const columns = body.points.map(({ add }, index) => {
    const name = quoted(pointsName(index));
    return { name, sql: `CASE WHEN ${name} THEN ${add}::${type} ELSE 0::${type} END` };
  });
  const sum = columns.map(({ sql }) => sql).join(" + ");
  const none = head.exclude === null ? [] : [`WHEN ${quoted(EXCLUDED)} THEN NULL`];
  const cases = Object.entries(body.bands).map(([name, border]) => {
    const [, operator = ">=", value = "0"] = BAND.exec(border) ?? [];
    return `WHEN score ${operator} ${value} THEN ${literal(name)}`;
  });
  const band = cases.length === 0 ? "NULL::VARCHAR" : `CASE ${[...none, ...cases].join(" ")} END`;
  return `
    SELECT ${key}, score, ${band} AS band, ${columns.map(({ name, sql }) => `${sql} AS ${name}`).join(", ")}
    FROM (SELECT *, (${sum})::${type} AS score FROM (\n${compiled}\n) WHERE ${key} IS NOT NULL)
    ORDER BY ${key}`;
}

function descends(bands: Readonly<Record<string, string>>): boolean {
  const values = Object.values(bands).map((border) => Number(BAND.exec(border)?.[2] ?? Number.NaN));
  return values.every((value, index) => index === 0 || !(value > (values[index - 1] ?? value)));
}
