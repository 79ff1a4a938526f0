import type { ClusterRule } from "../cluster/distil.ts";
import type { Fault, Finding } from "../cluster/outcome.ts";
import { literal, name as quoted } from "../language/quote.ts";
import type { Problem } from "../notebook/model.ts";
import { worksAt } from "../offload/works.ts";
import { readYaml } from "./body.ts";
import { loadEarlier } from "./cluster/earlier.ts";
import { writeCentres, writeDrift } from "./cluster/kept.ts";
import { excludedFrom, loadPeople, type People } from "./cluster/people.ts";
import { known, writeJudged, writeMap, writeMerges, writeProfile, writeStages } from "./cluster/relations.ts";
import { type ClusterBody, clusterSchema } from "./cluster/schema.ts";
import { segmentName } from "./cluster/segment-name.ts";
import { givenOnMap, studyCluster, suffixesOf } from "./cluster/study.ts";
import type { Members, Points } from "./cluster/work.ts";
import type { CellKind, Read, RunContext } from "./kind.ts";

const works = worksAt<typeof import("./cluster/work.ts")>(import.meta.url, "./cluster/work.ts");

/** Finds groups of alike entities: who is in which, what each is like, and, where there is one, the hierarchy. */
export const cluster: CellKind<ClusterBody> = {
  kind: "cluster",
  nameAt: (path) => (path.join() === "of" ? "relation" : null),

  read: (cell, _, inputs) => readYaml(cell, clusterSchema, { inputs }),

  segments: (body) => {
    const most = typeof body.k === "number" ? body.k : body.k.auto[1];
    const numbered = Array.from({ length: most }, (_, index) => segmentName(body, index + 1));
    return [...new Set([...numbered, ...Object.values(body.names)])];
  },
  segmentOf: segmentName,

  suffixes: suffixesOf,

  study: studyCluster,

  async run(reading, context) {
    if (context.part === "drift") {
      await writeDrift(await context.drift(), context);
      return [];
    }
    context.stage(0, LOADED);
    const people = await loadPeople(reading, context);
    if (!("columns" in people)) return [...people];
    context.stage(LOADED, context.part === "" ? FOUND : 1);
    if (context.part === "validity") return writeValidity(reading, people, context);
    if (context.part === "rules") return writeRules(reading, people, context);
    const earlier = await loadEarlier(people, context);
    const found = await context.offload(works, "members", { ...pointsOf(reading, people, context), earlier });
    if (!found.ok) return [faultProblem(found, reading, context)];
    const { profile, merges } = found.value;
    context.stage(FOUND, WRITTEN);
    await writeMembers(reading, { people, members: found.value }, context);
    context.stage(WRITTEN, 1);
    await writeProfile(profile, context);
    if (merges !== null) await writeMerges(merges, context);
    await writeCentres(found.value, context);
    const given = givenOnMap(reading.body, context.head.entity);
    await writeMap(found.value, { people, given, body: reading.body }, context);
    await writeStages(found.value.stages, context);
    // Of the key its study has told.
    const untold = found.value.findings.filter(
      ({ code, column }) => code !== "column-numbers-people" || column !== context.head.entity,
    );
    const noticed = untold.map((finding) => noted(finding, reading, context));
    return [...people.findings, ...noticed, ...(await excludedFrom(reading.body.of, people, context))];
  },
};

/** Shares of the work after which people are loaded, clusters are found, and it is written who is in which, as of millions of people. */
const LOADED = 0.2;
const FOUND = 0.8;
const WRITTEN = 0.95;

function pointsOf({ body }: Read<ClusterBody>, { columns }: People, context: RunContext): Points {
  return { body, columns, seed: body.seed ?? context.seed, earlier: null };
}

async function writeMembers(
  reading: Read<ClusterBody>,
  { people, members }: { people: People; members: Members },
  context: RunContext,
): Promise<void> {
  const table = context.scratch("labels");
  // A text that goes over with each row would take longer than all the numbers.
  const numbers = members.clusters.clusters.map(({ number }) => number);
  const cases = numbers.map((label) => `WHEN ${label} THEN ${literal(segmentName(reading.body, label))}`);
  const segments = cases.length === 0 ? "NULL::VARCHAR" : `CASE labels.cluster ${cases.join(" ")} END`;
  const { cluster, distance } = ofEverybody(members, people.count);
  await context.engine.load(
    table,
    [
      { name: "cluster", type: "INTEGER", values: cluster },
      { name: "distance", type: "DOUBLE", values: distance },
    ],
    { signal: context.signal },
  );
  // Row beside row, which takes no memory; a join would hold both tables, and sort them.
  await context.write(
    "",
    `SELECT people."key of row" AS ${quoted(context.head.entity)}, labels.cluster, ${segments} AS segment, labels.distance
     FROM ${quoted(people.table)} AS people POSITIONAL JOIN ${quoted(table)} AS labels
     WHERE labels.cluster <> ${LEFT_OUT}`,
  );
}

/** No cluster has this number. */
const LEFT_OUT = -1;

/** Clusters and distances by the place of all people, of whom some may have been left out. */
function ofEverybody({ kept, labels, distances }: Members, count: number) {
  if (kept.length === count) return { cluster: labels, distance: distances };
  const cluster = new Int32Array(count).fill(LEFT_OUT);
  const distance = new Float64Array(count);
  for (let row = 0; row < kept.length; row++) {
    cluster[kept[row] as number] = labels[row] as number;
    distance[kept[row] as number] = distances[row] as number;
  }
  return { cluster, distance };
}

async function writeValidity(reading: Read<ClusterBody>, people: People, context: RunContext): Promise<Problem[]> {
  const judged = await context.offload(works, "validity", pointsOf(reading, people, context));
  if (!judged.ok) return [faultProblem(judged, reading, context)];
  await writeJudged(judged.value, context);
  return [];
}

/** Rules stand for the clusters as they were found, so they are read from the cell's own result. */
async function writeRules(reading: Read<ClusterBody>, people: People, context: RunContext): Promise<Problem[]> {
  const own = context.cell.id;
  const columns = await context.relation(own);
  if (!columns.some((column) => column.name === "cluster")) throw new Error(`${own} has no clusters`);
  const found = `
    SELECT coalesce(found.cluster, 0)::DOUBLE FROM ${quoted(people.table)} AS people
    LEFT JOIN ${quoted(own)} AS found ON found.${quoted(context.head.entity)} = people."key of row"
    ORDER BY people.rowid`;
  const [labels] = await context.engine.numbers({ sql: found, signal: context.signal }, people.count);
  const of = await context.relation(reading.body.of);
  const kindOf = (name: string) =>
    of.find((column) => column.name === name)?.type === "BOOLEAN" ? "boolean" : "number";
  const ruled = people.columns.map((column) => ({ ...column, kind: kindOf(column.name) }) as const);
  const rules = await context.offload(works, "rules", {
    columns: ruled,
    labels: Int32Array.from(labels ?? []),
    seed: reading.body.seed ?? context.seed,
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

function faultProblem(fault: Fault, reading: Read<ClusterBody>, context: RunContext): Problem {
  const { code, message, hint } = fault;
  return context.problem({ code, message, hint, place: placeOf(fault, reading) });
}

/** What is only to be known; everything else asks for a second look. */
const NOTES = new Set(["chosen-k", "judged-k", "cluster-new", "micro-clusters", "missing-filled", "skew-tamed"]);

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
