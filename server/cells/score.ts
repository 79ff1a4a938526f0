import { name as quoted } from "../language/quote.ts";
import type { Problem } from "../notebook/model.ts";
import { readYaml } from "./body.ts";
import { checkEntities } from "./entities.ts";
import { excludedNote } from "./excluded.ts";
import { missingSegments } from "./found-segments.ts";
import type { CellKind, RunContext } from "./kind.ts";
import { compileWritten, rulesStatement } from "./rules.ts";
import { contributionSql } from "./score/contribution.ts";
import { writeOutcome } from "./score/outcome.ts";
import { peopleSql, pointsName } from "./score/people.ts";
import { type ScoreBody, scoreSchema } from "./score/schema.ts";
import { spreadSql } from "./score/spread.ts";
import { studyScore, subjectOf, suffixesOf } from "./score/study.ts";

export type { ScoreBody } from "./score/schema.ts";

/** Points for behaviours and bands by thresholds: entity, `score`, `band`, and `points_1`, `points_2`, … for the rules in order. */
export const score: CellKind<ScoreBody> = {
  kind: "score",
  nameAt: (path) => (path.join() === "of" ? "relation" : isRule(path) ? "rule" : null),

  read: (cell, _, inputs) => readYaml(cell, scoreSchema, { inputs, rules: isRule }),

  suffixes: suffixesOf,

  study: studyScore,

  statement: (reading, context, only) =>
    rulesStatement(subjectOf(reading, context.head.exclude), { context, only }, reading),

  async run(reading, context) {
    if (context.part === "outcome") return writeOutcome(reading, context);
    const { body } = reading;
    const findings = await checkEntities(body.of, context, reading.at(["of"]));
    if (findings.some((finding) => finding.severity === "error")) return findings;
    const subject = subjectOf(reading, context.head.exclude);
    const missing = await missingSegments(subject, context, reading);
    if (missing.length > 0) return missing;
    const compiled = await compileWritten(subject, context, reading);
    if (!compiled.ok) return [...compiled.problems];
    const { entity, exclude } = context.head;
    const people = context.scratch("people");
    const around = { entity, isExcluding: exclude !== null, asOf: context.clock.asOf };
    const { engine, signal } = context;
    await engine.execute({
      sql: `CREATE TABLE ${quoted(people)} AS\n${peopleSql(body, await context.kept(compiled), around)}`,
      signal,
    });
    const columns = [entity, "score", "band", ...body.points.map((_, index) => pointsName(index))].map(quoted);
    await context.write("", `SELECT ${columns.join(", ")} FROM ${quoted(people)} ORDER BY ${quoted(entity)}`);
    await context.write("_scores", await spreadSql(body, people, context));
    await context.write("_contribution", contributionSql(body, people));
    return [...findings, ...(await excluded(people, context))];
  },
};

function isRule(path: readonly (string | number)[]): boolean {
  return (path[0] === "points" && path[2] === "when") || path.join() === "outcome,event";
}

/** How many people the head's `exclude` keeps out of the bands. */
async function excluded(people: string, context: RunContext): Promise<Problem[]> {
  if (context.head.exclude === null) return [];
  const [row] = await context.engine.rows({
    sql: `SELECT count(*) AS n FROM ${quoted(people)} WHERE excluded`,
    signal: context.signal,
  });
  return [excludedNote(Number(row?.n ?? 0), "have a score and no band", context)];
}
