import { z } from "zod";
import { literal, name as quoted } from "../language/quote.ts";
import type { Problem } from "../notebook/model.ts";
import { didYouMean } from "../notebook/nearest.ts";
import { acceptSchema } from "./accept.ts";
import { readYaml, written } from "./body.ts";
import { controlSchema, HELD_OUT, heldOutSql, unknownControls } from "./control.ts";
import { checkEntities } from "./entities.ts";
import { excludedNote } from "./excluded.ts";
import { missingSegments } from "./found-segments.ts";
import type { CellKind, Read, RunContext } from "./kind.ts";
import { compileWritten, EXCLUDED, rulesStatement, type Subject, studyRules, withExclude } from "./rules.ts";

const schema = z
  .strictObject({
    of: z.string(),
    segments: z
      .record(z.string(), z.string())
      .refine((rules) => Object.keys(rules).length > 0, "expected at least one segment"),
    exclusive: z.boolean().default(false),
    otherwise: z.string().min(1, "expected a name").nullable().default(null),
    accept: acceptSchema,
    control: controlSchema,
  })
  .refine((body) => body.otherwise === null || !Object.hasOwn(body.segments, body.otherwise), {
    path: ["otherwise"],
    error: "expected a name that is none of the segments'",
  })
  .superRefine((body, context) => {
    for (const name of unknownControls(body.control, namesOf(body))) {
      const meant = didYouMean(name, namesOf(body), "Give shares to segments of this cell alone.");
      context.addIssue({
        code: "custom",
        path: ["control", name],
        message: `\`${name}\` is no segment of this cell. ${meant}`,
      });
    }
  });

export type SegmentsBody = z.infer<typeof schema>;

/** Named rules over one row per entity; yields who is in which. */
export const segments: CellKind<SegmentsBody> = {
  kind: "segments",
  nameAt: (path) => (path.join() === "of" ? "relation" : path[0] === "segments" && path.length === 2 ? "rule" : null),

  read: (cell, _, inputs) =>
    readYaml(cell, schema, { inputs, rules: (path) => path[0] === "segments" && path.length === 2 }),

  segments: namesOf,
  suffixes: ({ control }) => (control === null ? [""] : ["", HELD_OUT]),

  async study(reading, context) {
    const { entity, ...rules } = await studyRules(subjectOf(reading, context.head.exclude), context, reading);
    const columns = entity === null ? null : [entity, { name: "segment", type: "VARCHAR" }];
    const head = ["entity", "week_starts", "exclude"] as const;
    const main = { suffix: "", columns, part: "" };
    const { control, ...body } = reading.body;
    if (control === null) return { ...rules, yields: [main], usesSeed: false, head };
    return {
      ...{ ...rules, usesSeed: true, head },
      yields: [main, { suffix: HELD_OUT, columns, part: HELD_OUT }],
      // Who is in is no other for some being held out.
      canonical: written({ ...body, control: null }),
      apart: { [HELD_OUT]: { canonical: written({ ...body, control }), reads: [] } },
    };
  },

  statement: (reading, context, only) =>
    rulesStatement(subjectOf(reading, context.head.exclude), { context, only }, reading),

  async run(reading, context) {
    const { body } = reading;
    if (context.part === HELD_OUT) {
      const { control } = body;
      const { entity } = context.head;
      const around = { control, segments: namesOf(body), entity, seed: context.seed };
      await context.write(HELD_OUT, heldOutSql(context.cell.id, around));
      return [];
    }
    const findings = await checkEntities(body.of, context, reading.at(["of"]));
    if (findings.some((finding) => finding.severity === "error")) return findings;
    const subject = subjectOf(reading, context.head.exclude);
    const missing = await missingSegments(subject, context, reading);
    if (missing.length > 0) return missing;
    const compiled = await compileWritten(subject, context, reading);
    if (!compiled.ok) return [...compiled.problems];
    const table = context.scratch("members");
    const sql = await context.kept(compiled);
    await context.engine.execute({ sql: `CREATE TABLE ${quoted(table)} AS\n${sql}`, signal: context.signal });
    await context.write("", membersSql(table, body, context.head));
    return [...findings, ...(await excluded(table, context))];
  },
};

function namesOf({ segments, otherwise }: Pick<SegmentsBody, "segments" | "otherwise">): string[] {
  return [...Object.keys(segments), ...(otherwise === null ? [] : [otherwise])];
}

function subjectOf(reading: Read<SegmentsBody>, exclude: string | null): Subject {
  const own = Object.entries(reading.body.segments).map(([name, text]) => ({ name, text, path: ["segments", name] }));
  return { of: reading.body.of, written: withExclude(own, exclude) };
}

/** How many people the head's `exclude` keeps out. */
async function excluded(table: string, context: RunContext): Promise<Problem[]> {
  if (context.head.exclude === null) return [];
  const [row] = await context.engine.rows({
    sql: `SELECT count(*) AS n FROM ${quoted(table)} WHERE ${quoted(EXCLUDED)}`,
    signal: context.signal,
  });
  return [excludedNote(Number(row?.n ?? 0), "are in no segment", context)];
}

/** One row for each entity and segment, ordered by the key and then as the segments are written. */
export function membersSql(table: string, body: SegmentsBody, head: RunContext["head"]): string {
  const key = quoted(head.entity);
  const names = Object.keys(body.segments);
  const kept = [`${key} IS NOT NULL`, ...(head.exclude === null ? [] : [`NOT ${quoted(EXCLUDED)}`])].join(" AND ");
  const picks = names.map((name, position) => {
    const earlier = body.exclusive ? names.slice(0, position).map((one) => ` AND NOT ${quoted(one)}`) : [];
    return { name, position, condition: `${quoted(name)}${earlier.join("")}` };
  });
  if (body.otherwise !== null) {
    const none = names.map((name) => `NOT ${quoted(name)}`).join(" AND ");
    picks.push({ name: body.otherwise, position: names.length, condition: none });
  }
  const parts = picks.map(
    ({ name, position, condition }) =>
      `SELECT ${key}, ${literal(name)} AS segment, ${position} AS position FROM ${quoted(table)} WHERE ${kept} AND ${condition}`,
  );
  return `SELECT ${key}, segment FROM (\n${parts.join("\nUNION ALL\n")}\n) ORDER BY ${key}, position`;
}
