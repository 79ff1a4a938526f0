import type { Column } from "../../language/vocabulary.ts";
import type { Problem } from "../../notebook/model.ts";
import { written } from "../body.ts";
import type { Read, Study, StudyContext, Yield } from "../kind.ts";
import { studySql } from "../sql.ts";
import { AUDIT_COLUMNS } from "./audit.ts";
import { checksOf } from "./checks.ts";
import { studyCondition } from "./condition.ts";
import { faultProblem, SourceFault } from "./fault.ts";
import { findFiles } from "./find-files.ts";
import { type Foreseen, foresee } from "./foresee.ts";
import { lengthOfTime } from "./freshness.ts";
import { layOut } from "./layout.ts";
import { REJECT_COLUMNS } from "./rejects.ts";
import type { SourceColumn } from "./resolve.ts";
import type { SourceBody } from "./schema.ts";
import { timeProblems } from "./time.ts";
import { declaredTypes, unseenType } from "./types.ts";

/** Finds, from the start of each file, what columns a source will have, and what is wrong with its declarations. */
export async function studySource(reading: Read<SourceBody>, context: StudyContext): Promise<Study> {
  const { body } = reading;
  const problems: Problem[] = [];
  let columns: readonly Column[] | null = null;
  let usesTime = body.fresh_within !== null;
  let said = body;
  const settle = async (work: () => Promise<void>) => {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof SourceFault)) throw error;
      problems.push(faultProblem(error, reading, context));
    }
  };
  await settle(async () => {
    if (recordInputs(body, context)) usesTime = true;
    if (body.fresh_within !== null) lengthOfTime(body.fresh_within, context.inputs);
    const { foreseen, query } = await contents(reading, context);
    problems.push(...query.problems);
    usesTime ||= query.usesTime;
    said = { ...said, sql: query.canonical ?? body.sql };
    if (foreseen === null) return;
    const layout = layOut(foreseen, body, context.head.entity);
    problems.push(...layout.faults.map((fault) => faultProblem(fault, reading, context)));
    const declared = await declaredTypes(context.engine, body);
    if (layout.faults.length > 0) return;
    const laid = layout.columns.map((column): SourceColumn => {
      const type = declared.get(column.name);
      return {
        ...column,
        type: type ?? foreseenType(column.raw, foreseen) ?? unseenType(column.name, body),
        declared: type !== undefined,
      };
    });
    columns = laid.map(({ name, type }) => ({ name, type }));
    problems.push(...timeProblems(laid, reading, context));
    await checksOf(laid, body, context);
    if (body.where === null) return;
    const condition = await studyCondition(reading, body.where, columns, context);
    problems.push(...condition.problems);
    usesTime ||= condition.usesTime;
    said = { ...said, where: condition.canonical ?? body.where };
  });
  const study = { yields: yieldsOf(body, columns), problems, usesTime, usesSeed: false, words: {} };
  return { ...study, head: ["entity"], canonical: written(said) };
}

interface Contents {
  /** Null where it can't be known before the cell runs. */
  readonly foreseen: Foreseen[] | null;
  readonly query: Pick<Study, "problems" | "usesTime" | "canonical">;
}

async function contents(reading: Read<SourceBody>, context: StudyContext): Promise<Contents> {
  const { body } = reading;
  if (body.sql !== null) {
    const study = await studySql(body.sql, (offset) => reading.within(["sql"], offset), context);
    const columns = study.yields[0]?.columns ?? null;
    const known = columns === null || study.problems.length > 0;
    return { foreseen: known ? null : [foreseenQuery(columns)], query: study };
  }
  const files = await findFiles(body.files ?? [], context);
  const foreseen: Foreseen[] = [];
  const nothing = { problems: [], usesTime: false };
  for (const [index, file] of files.entries()) {
    // Some files show the types; of the others only the names are wanted.
    const look = index < 5 || index === files.length - 1 ? "types" : "names";
    const one = await foresee({ file, look }, body, context);
    if (one === null) return { foreseen: null, query: nothing };
    foreseen.push(one);
  }
  return { foreseen, query: nothing };
}

function foreseenQuery(columns: readonly Column[]): Foreseen {
  const types = new Map(columns.map(({ name, type }) => [name, type]));
  return { path: null, columns: columns.map(({ name }) => name), types };
}

/** The widest type that the start of any file shows; text where they differ, until all of it has been read; null where it shows no value. */
function foreseenType(raw: string, foreseen: readonly Foreseen[]): string | null {
  const types = new Set(foreseen.flatMap(({ types }) => types.get(raw) ?? []));
  if (types.has("DOUBLE")) types.delete("BIGINT");
  if (types.has("TIMESTAMP")) types.delete("DATE");
  const [only, ...others] = types;
  if (only === undefined) return null;
  return others.length === 0 ? only : "VARCHAR";
}

/** Inputs that stand for a bound or a length count among what the cell reads; whether the moment is one of them. */
function recordInputs(body: SourceBody, context: StudyContext): boolean {
  const scalars = [body.fresh_within, ...Object.values(body.columns).flatMap(({ min, max }) => [min, max])];
  for (const scalar of scalars) {
    if (typeof scalar === "string" && scalar.startsWith("$")) context.input(scalar.slice(1));
  }
  return scalars.includes("$as_of");
}

export function suffixesOf(body: SourceBody): string[] {
  return yieldsOf(body, null).map(({ suffix }) => suffix);
}

function yieldsOf(body: SourceBody, columns: readonly Column[] | null): Yield[] {
  const yields: Yield[] = [
    { suffix: "", columns, part: "" },
    { suffix: "_audit", columns: AUDIT_COLUMNS, part: "" },
  ];
  if (body.on_error === "set_aside") yields.push({ suffix: "_rejects", columns: REJECT_COLUMNS, part: "" });
  return yields;
}
