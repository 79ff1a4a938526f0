import { z } from "zod";
import { compileRules } from "../language/compile-rules.ts";
import { literal, name as quoted } from "../language/quote.ts";
import { readYaml } from "./body.ts";
import { checkEntities, entityColumn } from "./entities.ts";
import type { CellKind, Read } from "./kind.ts";
import { EXCLUDED, resolveRules, studyRules, type WrittenRule, withExclude } from "./rules.ts";

const schema = z.strictObject({
  of: z.string(),
  segments: z
    .record(z.string(), z.string())
    .refine((rules) => Object.keys(rules).length > 0, "expected at least one segment"),
  exclusive: z.boolean().default(false),
  otherwise: z.string().nullable().default(null),
});

export type SegmentsBody = z.infer<typeof schema>;

/** Named rules over one row per entity; yields who is in which. */
export const segments: CellKind<SegmentsBody> = {
  kind: "segments",

  read: (cell) => readYaml(cell, schema, { rules: (path) => path[0] === "segments" && path.length === 2 }),

  segments: (body) => [...Object.keys(body.segments), ...(body.otherwise === null ? [] : [body.otherwise])],

  async study(reading, context) {
    const { body } = reading;
    const of = await context.relation(body.of, reading.at(["of"]));
    if ("code" in of)
      return {
        yields: [yielded(null, context.head.entity)],
        problems: [of],
        usesTime: false,
        usesSeed: false,
        words: {},
      };
    const rules = await studyRules(written(reading, context.head.exclude), of, context, reading);
    const entity = of.columns === null ? null : entityColumn(of.columns, body.of, context, reading.at(["of"]));
    const problems = [...rules.problems, ...(entity !== null && "code" in entity ? [entity] : [])];
    const type = entity === null || "code" in entity ? null : entity.type;
    return {
      yields: [yielded(type, context.head.entity)],
      problems,
      usesTime: rules.usesTime,
      usesSeed: false,
      words: rules.words,
    };
  },

  async run(reading, context) {
    const { body } = reading;
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
    const { entity } = context.head;
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
      return compiled.problems.map((slip) => context.problem({ ...slip, place: reading.at(["segments"]) }));
    const excludes = rules.some((rule) => rule.name === EXCLUDED);
    const names = Object.keys(body.segments);
    const table = context.scratch("members");
    await context.engine.execute({ sql: `CREATE TABLE ${quoted(table)} AS\n${compiled.sql}`, signal: context.signal });
    await context.write("", membersSql({ table, entity, names, body, excludes }));
    if (!excludes) return findings;
    const [row] = await context.engine.rows({
      sql: `SELECT count(*) FILTER (WHERE ${quoted(EXCLUDED)}) AS n FROM ${quoted(table)}`,
    });
    const message = `${Number(row?.["n"] ?? 0)} people are in no segment, by the head's \`exclude\`.`;
    return [
      ...findings,
      context.problem({
        code: "excluded",
        severity: "note",
        message,
        hint: "Change `exclude` in the head to let them in.",
      }),
    ];
  },
};

function written(reading: Read<SegmentsBody>, exclude: string | null): WrittenRule[] {
  const own = Object.entries(reading.body.segments).map(([name, text]) => ({ name, text, path: ["segments", name] }));
  return withExclude(own, exclude);
}

function yielded(entityType: string | null, entity: string) {
  const columns =
    entityType === null
      ? null
      : [
          { name: entity, type: entityType },
          { name: "segment", type: "VARCHAR" },
        ];
  return { suffix: "", columns, part: "" };
}

interface Members {
  readonly table: string;
  readonly entity: string;
  readonly names: readonly string[];
  readonly body: SegmentsBody;
  readonly excludes: boolean;
}

/** One row for each entity and segment, ordered by the key and then as the segments are written. */
function membersSql({ table, entity, names, body, excludes }: Members): string {
  const kept = [`${quoted(entity)} IS NOT NULL`, ...(excludes ? [`NOT ${quoted(EXCLUDED)}`] : [])].join(" AND ");
  const picks = names.map((name, index) => {
    const earlier = body.exclusive ? names.slice(0, index).map((one) => ` AND NOT ${quoted(one)}`) : [];
    return { name, index, condition: `${quoted(name)}${earlier.join("")}` };
  });
  if (body.otherwise !== null) {
    const none = names.map((name) => `NOT ${quoted(name)}`).join(" AND ");
    picks.push({ name: body.otherwise, index: names.length, condition: none });
  }
  const parts = picks.map(
    ({ name, index, condition }) =>
      `SELECT ${quoted(entity)}, ${literal(name)} AS segment, ${index} AS position FROM ${quoted(table)} WHERE ${kept} AND ${condition}`,
  );
  return `SELECT ${quoted(entity)}, segment FROM (\n${parts.join("\nUNION ALL\n")}\n) ORDER BY ${quoted(entity)}, position`;
}
