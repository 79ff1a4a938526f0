import { centreDistances, centres } from "../cluster/centres.ts";
import { type ClusterRule, distil } from "../cluster/distil.ts";
import type { Fault, Finding } from "../cluster/outcome.ts";
import { profile } from "../cluster/profile.ts";
import { validity as judge } from "../cluster/validity.ts";
import { printColumn } from "../language/print-name.ts";
import { name as quoted } from "../language/quote.ts";
import type { Problem } from "../notebook/model.ts";
import { readYaml } from "./body.ts";
import { candidates, type Grouped, group, validityRange } from "./cluster/group.ts";
import { loadPeople, type People } from "./cluster/people.ts";
import { type ClusterBody, clusterSchema } from "./cluster/schema.ts";
import { studyCluster, suffixesOf } from "./cluster/study.ts";
import { checkEntities } from "./entities.ts";
import type { CellKind, Read, RunContext } from "./kind.ts";

/** Finds groups of alike entities: who is in which, what each is like, and, where there is one, the hierarchy. */
export const cluster: CellKind<ClusterBody> = {
  kind: "cluster",
  nameAt: (path) => (path.join() === "of" ? "relation" : null),

  read: (cell, _, inputs) => readYaml(cell, clusterSchema, { inputs }),

  segments: (body) =>
    typeof body.k === "number"
      ? Array.from({ length: body.k }, (_, index) => segmentName(body, index + 1))
      : Object.values(body.names),

  suffixes: suffixesOf,

  study: studyCluster,

  async run(reading, context) {
    const findings = await checkEntities(reading.body.of, context, reading.at(["of"]));
    if (findings.some((finding) => finding.severity === "error")) return findings;
    const people = await loadPeople(reading, context);
    if ("code" in people) return [people];
    if (context.part === "validity") return writeValidity(reading, people, context);
    if (context.part === "rules") return writeRules(reading, people, context);
    const grouped = await group(reading, people, context);
    if (!grouped.ok) return [faultProblem(grouped, reading, context)];
    await writeMembers(reading, { people, grouped: grouped.value }, context);
    await writeProfile(people, grouped.value, context);
    if (grouped.value.merges !== null) await writeMerges(grouped.value.merges, context);
    return [...findings, ...grouped.value.findings.map((finding) => noted(finding, reading, context))];
  },
};

function segmentName(body: ClusterBody, number: number): string {
  return body.names[String(number)] ?? `Cluster ${number}`;
}

async function writeMembers(
  reading: Read<ClusterBody>,
  { people, grouped }: { people: People; grouped: Grouped },
  context: RunContext,
): Promise<void> {
  const { scaled, labels, k } = grouped;
  const distances = centreDistances(scaled.points, scaled, labels, centres(scaled.points, scaled, labels, k));
  const table = context.scratch("labels");
  await context.engine.load(
    table,
    [
      { name: "position", type: "BIGINT", values: scaled.kept },
      { name: "cluster", type: "INTEGER", values: labels },
      { name: "segment", type: "VARCHAR", values: Array.from(labels, (label) => segmentName(reading.body, label)) },
      { name: "distance", type: "DOUBLE", values: distances },
    ],
    { signal: context.signal },
  );
  await context.write(
    "",
    `SELECT people."key of row" AS ${quoted(context.head.entity)}, labels.cluster, labels.segment, labels.distance
     FROM ${quoted(table)} AS labels JOIN ${quoted(people.table)} AS people ON people."position of row" = labels.position
     ORDER BY labels.position`,
  );
}

/** Medians and means are of the columns as they were given, before filling, transforming and scaling. */
async function writeProfile(people: People, { scaled, labels }: Grouped, context: RunContext): Promise<void> {
  const columns = people.columns.map(({ name, values }) => ({
    name,
    values: Float64Array.from(scaled.kept, (row) => values[row] ?? Number.NaN),
  }));
  const rows = profile(columns, labels);
  const doubles = ["share", "mean", "median", "sd", "population_mean", "z"] as const;
  const double = (key: (typeof doubles)[number]) => ({
    name: key,
    type: "DOUBLE",
    values: rows.map((row) => known(row[key])),
  });
  await context.writeColumns("_profile", [
    { name: "cluster", type: "INTEGER", values: rows.map((row) => row.cluster) },
    { name: "size", type: "BIGINT", values: rows.map((row) => row.size) },
    double("share"),
    { name: "column", type: "VARCHAR", values: rows.map((row) => row.column) },
    ...doubles.slice(1).map(double),
  ]);
}

async function writeMerges(merges: NonNullable<Grouped["merges"]>, context: RunContext): Promise<void> {
  await context.writeColumns("_merges", [
    { name: "step", type: "INTEGER", values: Int32Array.from(merges.left, (_, step) => step + 1) },
    { name: "left", type: "INTEGER", values: merges.left },
    { name: "right", type: "INTEGER", values: merges.right },
    { name: "height", type: "DOUBLE", values: merges.height },
    { name: "size", type: "INTEGER", values: merges.size },
  ]);
}

async function writeValidity(reading: Read<ClusterBody>, people: People, context: RunContext): Promise<Problem[]> {
  const found = await candidates(reading, { people, asked: validityRange(reading.body) }, context);
  if (!found.ok) return [faultProblem(found, reading, context)];
  const { scaled, clusterings, options } = found.value;
  const onProgress = (share: number) => context.progress(0.6 + share * 0.4);
  const judged = await judge(scaled.points, clusterings, { ...options, onProgress });
  if (!judged.ok) return [faultProblem(judged, reading, context)];
  const measures = ["silhouette", "calinski_harabasz", "davies_bouldin", "stability"] as const;
  await context.writeColumns("_validity", [
    { name: "k", type: "INTEGER", values: judged.value.map((row) => row.k) },
    ...measures.map((key) => ({ name: key, type: "DOUBLE", values: judged.value.map((row) => known(row[key])) })),
  ]);
  return [];
}

/** Rules stand for the clusters as they were found, so they are read from the cell's own result. */
async function writeRules(reading: Read<ClusterBody>, people: People, context: RunContext): Promise<Problem[]> {
  const own = context.cell.id;
  const columns = await context.relation(own);
  if (!columns.some((column) => column.name === "cluster")) throw new Error(`${own} has no clusters`);
  const [labels] = await context.engine.numbers({
    sql: `
      SELECT coalesce(found.cluster, 0) FROM ${quoted(people.table)} AS people
      LEFT JOIN ${quoted(own)} AS found ON found.${quoted(context.head.entity)} = people."key of row"
      ORDER BY people."position of row"`,
    signal: context.signal,
  });
  const of = await context.relation(reading.body.of);
  const kindOf = (name: string) =>
    of.find((column) => column.name === name)?.type === "BOOLEAN" ? "boolean" : "number";
  const ruled = people.columns.map((column) => ({ ...column, kind: kindOf(column.name) }) as const);
  const seed = reading.body.seed ?? context.seed;
  const rules = await distil(ruled, Int32Array.from(labels ?? []), {
    seed,
    nameText: printColumn,
    signal: context.signal,
    onProgress: context.progress,
  });
  await context.writeColumns("_rules", [
    { name: "cluster", type: "INTEGER", values: rules.map((rule) => rule.cluster) },
    { name: "rule", type: "VARCHAR", values: rules.map((rule) => rule.rule) },
    { name: "precision", type: "DOUBLE", values: rules.map((rule) => known(rule.precision)) },
    { name: "recall", type: "DOUBLE", values: rules.map((rule) => known(rule.recall)) },
  ]);
  return rules.flatMap((rule) => mixedUp(rule, reading, context));
}

function mixedUp(rule: ClusterRule, reading: Read<ClusterBody>, context: RunContext): Problem[] {
  if (rule.mixedWith.length === 0) return [];
  const others = rule.mixedWith.join(" and ");
  const finding = {
    code: "rule-mixes-clusters",
    column: null,
    message: `The best rule for cluster ${rule.cluster} also takes in most of ${others}: \`${rule.rule}\`.`,
    hint: "Lower k, or add a column that tells them apart.",
  };
  return [noted(finding, reading, context)];
}

/** NaN stands for "not defined" inside, missing does outside. */
function known(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}

function faultProblem(fault: Fault, reading: Read<ClusterBody>, context: RunContext): Problem {
  const { code, message, hint } = fault;
  return context.problem({ code, message, hint, place: placeOf(fault, reading) });
}

/** What is only to be known; everything else asks for a second look. */
const NOTES = new Set(["chosen-k", "missing-filled", "skewed-column"]);

function noted(finding: Finding, reading: Read<ClusterBody>, context: RunContext): Problem {
  const { code, message, hint } = finding;
  const severity = NOTES.has(code) ? "note" : "warning";
  return context.problem({ code, message, hint, severity, place: placeOf(finding, reading) });
}

function placeOf(
  { code, column }: Pick<Finding, "code" | "column">,
  reading: Read<ClusterBody>,
): { line: number; column: number } {
  if (column !== null) return reading.at(["columns", reading.body.columns.indexOf(column)]);
  return reading.at(code.startsWith("k-") ? ["k"] : ["of"]);
}
