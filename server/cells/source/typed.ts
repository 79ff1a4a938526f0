import type { Problem } from "../../notebook/model.ts";
import type { FileContents, Read, RunContext } from "../kind.ts";
import { complaint, examplesOf } from "./complaints.ts";
import { agree, type Dataset, keepRows, openDataset } from "./dataset.ts";
import { faultProblem } from "./fault.ts";
import type { Finding } from "./finding.ts";
import { misfitHint } from "./hints.ts";
import { type Has, type LaidColumn, layOut } from "./layout.ts";
import { Locator } from "./locate.ts";
import { type FileProfile, profileGroup } from "./profile.ts";
import { resolveTypes, type SourceColumn } from "./resolve.ts";
import { misfitRows, typedRows } from "./rows.ts";
import type { SourceBody } from "./schema.ts";
import { timeProblems } from "./time.ts";
import { conflictProblems, emptyFindings, nearFindings, unreadableProblems } from "./troubles.ts";
import { declaredTypes, looksOf, unseenType } from "./types.ts";

/** The rows of a source in our names and types. */
export interface Typed {
  readonly dataset: Dataset;
  readonly columns: readonly SourceColumn[];
  /** A SELECT of the rows whose values are of their types, numbered by `__segbook_row`. */
  readonly rows: string;
  readonly locator: Locator;
  /** Rows of all files, readable or not. */
  readonly read: number;
  /** What each file held, rows that can't be read left out. */
  readonly contents: readonly (FileContents & { readonly path: string })[];
  /** By declared column, values that are not of its type. */
  readonly misfits: ReadonlyMap<string, number>;
  readonly findings: readonly Finding[];
}

/** Reads files or query and settles every type; problems where the source stops at what it finds. Throws SourceFault. */
export async function openTyped(reading: Read<SourceBody>, context: RunContext): Promise<Typed | Problem[]> {
  const { body } = reading;
  const { engine } = context;
  const dataset = await openDataset(reading, context);
  const fatal = dataset.faults.some(({ fault }) => fault.fatal);
  if (dataset.faults.length > 0 && (body.on_error === "stop" || fatal)) {
    return unreadableProblems(dataset.faults, reading, context);
  }
  const layout = layOut(hasOf(dataset), body, context.head.entity);
  if (layout.faults.length > 0) return layout.faults.map((fault) => faultProblem(fault, reading, context));
  const declared = await declaredTypes(engine, body);
  const profiles = await profileAll(dataset, layout.columns, declared, context);
  const counts = profiles.map((files) => files.map(({ rows }) => rows));
  agree(dataset, counts);
  const locator = new Locator(dataset.groups, counts);
  const profiled = dataset.groups.map((group, index) => ({ group, files: profiles[index] ?? [] }));
  const { columns, conflicts, nearMisses } = resolveTypes(layout.columns, profiled, {
    declared,
    unseen: (name) => unseenType(name, body),
  });
  const around = { reading, context, dataset, locator };
  if (conflicts.length > 0) return conflictProblems(conflicts, around);
  const misfits = misfitsOf(layout.columns, profiles, declared);
  const misfitting = columns.filter(({ name }) => (misfits.get(name) ?? 0) > 0);
  if (misfitting.length > 0 && body.on_error === "stop") {
    const problems: Problem[] = [];
    // One after another: each reads the files.
    for (const column of misfitting) problems.push(await misfitProblem(column, misfits.get(column.name) ?? 0, around));
    return problems;
  }
  const untimely = timeProblems(columns, reading, context);
  if (untimely.length > 0) return untimely;
  const rows = await keepRows(typedRows(dataset.groups, columns), dataset, context);
  const near = await nearFindings(nearMisses, around);
  const read = counts.flat().reduce((sum, count) => sum + count, 0) + dataset.faults.length;
  const findings = [...dataset.findings, ...layout.findings, ...emptyFindings(dataset, counts), ...near];
  return { dataset, columns, rows, locator, read, contents: contentsOf(dataset, counts), misfits, findings };
}

function hasOf({ groups }: Dataset): Has[] {
  return groups.flatMap(({ files, namesOf }) =>
    namesOf.map((columns, index) => ({ path: files[index]?.path ?? null, columns })),
  );
}

function contentsOf({ groups }: Dataset, counts: readonly (readonly number[])[]): Typed["contents"] {
  return groups.flatMap(({ files, namesOf }, index) =>
    files.map(({ path }, file) => ({ path, rows: counts[index]?.[file] ?? 0, columns: namesOf[file] ?? [] })),
  );
}

async function profileAll(
  dataset: Dataset,
  columns: readonly LaidColumn[],
  declared: ReadonlyMap<string, string>,
  { engine, signal }: RunContext,
): Promise<FileProfile[][]> {
  const byRaw = new Map(
    columns.flatMap(({ name, raw }) => {
      const type = declared.get(name);
      return type === undefined ? [] : [[raw, type] as const];
    }),
  );
  const profiles: FileProfile[][] = [];
  for (const group of dataset.groups) profiles.push(await profileGroup(engine, group, byRaw, signal));
  return profiles;
}

function misfitsOf(
  columns: readonly LaidColumn[],
  profiles: readonly (readonly FileProfile[])[],
  declared: ReadonlyMap<string, string>,
): Map<string, number> {
  const counted = columns
    .filter(({ name }) => declared.has(name))
    .map(({ name, raw }) => {
      const total = profiles.flat().reduce((sum, { misfits }) => sum + (misfits.get(raw) ?? 0), 0);
      return [name, total] as const;
    });
  return new Map(counted);
}

export interface Around {
  readonly reading: Read<SourceBody>;
  readonly context: RunContext;
  readonly dataset: Dataset;
  readonly locator: Locator;
}

async function misfitProblem(column: SourceColumn, count: number, around: Around): Promise<Problem> {
  const { reading, context, dataset, locator } = around;
  const { engine, signal } = context;
  const reason = misfitReason(column);
  const examples = await examplesOf(engine, locator, { sql: misfitRows(dataset.groups, column, reason), signal });
  return context.problem({
    code: "wrong-type",
    message: complaint(column.name, reason, examples, count),
    hint: misfitHint(examples[0]?.value ?? "", column.type),
    place: reading.at(["columns", column.name, "type"]),
  });
}

export function misfitReason({ type }: SourceColumn): string {
  return `is not ${looksOf(type)}`;
}
