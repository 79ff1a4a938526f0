import type { Column } from "../../language/vocabulary.ts";
import type { Problem } from "../../notebook/model.ts";
import { nearest } from "../../notebook/nearest.ts";
import type { KnownRelation, Read, Study, StudyContext, Yield } from "../kind.ts";
import { studyRules, withExclude } from "../rules.ts";
import { unfitClusters } from "./fits-lock.ts";
import { validityRange } from "./group.ts";
import { numbersPeople } from "./numberings.ts";
import { notNumeric } from "./numeric.ts";
import type { ClusterBody } from "./schema.ts";
import { segmentName } from "./segment-name.ts";

/** What a cluster cell reads and will yield, and what is wrong with its columns and names. */
export async function studyCluster(reading: Read<ClusterBody>, context: StudyContext): Promise<Study> {
  const { body } = reading;
  const usesSeed = body.seed === null;
  const of = await context.relation(body.of, reading.at(["of"]));
  if ("code" in of) return { yields: yields(null, body, null), problems: [of], usesTime: false, usesSeed, words: {} };
  const written = withExclude([], context.head.exclude);
  const { entity, ...excluded } = await studyRules({ of: body.of, written }, context, reading);
  const names = [...(await strayNames(reading, context)), ...sharedNames(reading, context)];
  const found = [...unfitColumns(reading, of, context), ...names];
  const problems = [...excluded.problems, ...found, ...(await unfitClusters(reading, context))];
  const head = ["entity", "week_starts", "exclude"] as const;
  const follows = { clusters: ["", "rules"], recorded: ["drift"] };
  return {
    ...excluded,
    yields: yields(entity, body, of.columns),
    problems,
    usesSeed,
    head,
    apart: apart(body),
    follows,
  };
}

/** Names change no rule, and neither they nor the k that was taken change what there is to choose from. */
function apart(body: ClusterBody): NonNullable<Study["apart"]> {
  const { names: _, accept: __, ...rules } = body;
  const validity = { ...rules, assign: undefined, k: validityRange(body) };
  const part = (value: object) => ({ canonical: JSON.stringify(value), reads: [] });
  return { validity: part(validity), rules: part(rules), drift: part({}) };
}

function unfitColumns(reading: Read<ClusterBody>, of: KnownRelation, context: StudyContext): Problem[] {
  const { body } = reading;
  const problems: Problem[] = [];
  const known = of.columns?.map((column) => column.name) ?? null;
  body.columns.forEach((name, index) => {
    const place = reading.at(["columns", index]);
    const column = of.columns?.find((one) => one.name === name);
    if (body.columns.indexOf(name) < index) {
      problems.push(
        context.problem({
          code: "column-twice",
          message: `\`${name}\` is listed twice.`,
          hint: "Take one of them out.",
          place,
        }),
      );
    } else if (known !== null && column === undefined)
      problems.push(unknownColumn(name, known, body.of, context, place));
    else if (column !== undefined && !of.provisional) {
      const unfit = notNumeric(column, context, place);
      if (unfit !== null) problems.push(unfit);
      else if (name === context.head.entity) {
        const { code, message, hint } = numbersPeople(name, "is the key of the people");
        problems.push(context.problem({ code, message, hint, place, severity: "warning" }));
      }
    }
  });
  for (const name of Object.keys(body.transform)) {
    if (body.columns.includes(name)) continue;
    problems.push(unknownColumn(name, body.columns, "columns", context, reading.at(["transform", name])));
  }
  return problems;
}

function unknownColumn(
  name: string,
  known: readonly string[],
  of: string,
  context: StudyContext,
  place: { line: number; column: number },
): Problem {
  const near = nearest(name, known);
  const hint =
    near.length > 0
      ? `Did you mean ${near.map((one) => `\`${one}\``).join(" or ")}?`
      : `There are ${known.join(", ")}.`;
  return context.problem({ code: "unknown-column", message: `\`${of}\` has no column \`${name}\`.`, hint, place });
}

/** Where numbers follow those of clusters before, new ones come after all that were there. */
async function strayNames(reading: Read<ClusterBody>, context: StudyContext): Promise<Problem[]> {
  const { k, names } = reading.body;
  const few = typeof k === "number" ? k : k.auto[1];
  const beyond = (most: number) => Object.keys(names).filter((one) => !/^[1-9]\d*$/.test(one) || Number(one) > most);
  if (beyond(few).length === 0) return [];
  const known = await context.clusters();
  const before = "code" in known ? [] : known.numbers;
  const most = few + Math.max(0, ...before);
  return beyond(most).map((number) =>
    context.problem({
      code: "name-of-no-cluster",
      message: `\`names\` names the cluster ${number}, and there are clusters 1 to ${most}.`,
      hint: "Take the name out, or raise `k`.",
      place: reading.at(["names", number]),
    }),
  );
}

/** Clusters of one name are one segment to whatever goes by names. */
function sharedNames(reading: Read<ClusterBody>, context: StudyContext): Problem[] {
  const { k, names } = reading.body;
  const most = typeof k === "number" ? k : k.auto[1];
  return Object.entries(names).flatMap(([number, name]) => {
    const others = Array.from({ length: most }, (_, at) => at + 1).filter(
      (other) => other !== Number(number) && segmentName(reading.body, other) === name,
    );
    // Of two that are named alike the later says so.
    const other = others.find((one) => names[String(one)] === undefined || one < Number(number));
    if (other === undefined) return [];
    return [
      context.problem({
        code: "clusters-of-one-name",
        severity: "warning",
        message: `Clusters ${other} and ${number} are both called \`${name}\`: as a segment they are one.`,
        hint: "Give one of them another name, or lower k until they are one.",
        place: reading.at(["names", number]),
      }),
    ];
  });
}

/** Somebody's place, and the columns that it comes from as they were given. */
function mapColumns(key: Column, body: ClusterBody, of: readonly Column[]): Column[] {
  const place = [
    { name: "cluster", type: "INTEGER" },
    { name: "x", type: "DOUBLE" },
    { name: "y", type: "DOUBLE" },
  ];
  const given = givenOnMap(body, key.name).flatMap((name) => of.find((column) => column.name === name) ?? []);
  return [key, ...place, ...given];
}

/** Columns that the map can hold beside its own. */
export function givenOnMap({ columns }: ClusterBody, entity: string): string[] {
  const own = new Set([entity, "cluster", "x", "y"].map((name) => name.toLowerCase()));
  return [...new Set(columns)].filter((name) => !own.has(name.toLowerCase()));
}

export function suffixesOf(body: ClusterBody): string[] {
  return yields(null, body, null).map(({ suffix }) => suffix);
}

function centresColumns(): Column[] {
  return [
    ...["cluster", "by_size"].map((name) => ({ name, type: "INTEGER" })),
    { name: "segment", type: "VARCHAR" },
    { name: "people", type: "BIGINT" },
    ...["column", "transform"].map((name) => ({ name, type: "VARCHAR" })),
    ...["low", "spread", "fill", "centre", "mean", "sd"].map((name) => ({ name, type: "DOUBLE" })),
  ];
}

function driftColumns(): Column[] {
  return [
    { name: "as_of", type: "TIMESTAMP WITH TIME ZONE" },
    { name: "period", type: "DATE" },
    ...["refresh", "cluster"].map((name) => ({ name, type: "INTEGER" })),
    ...["segment", "fate"].map((name) => ({ name, type: "VARCHAR" })),
    ...["members", "members_before", "there", "changed"].map((name) => ({ name, type: "BIGINT" })),
    { name: "everybody_changed", type: "DOUBLE" },
    { name: "column", type: "VARCHAR" },
    ...["standard_errors", "deviations"].map((name) => ({ name, type: "DOUBLE" })),
    { name: "beyond_noise", type: "BOOLEAN" },
    { name: "told", type: "VARCHAR" },
  ];
}

function yields(key: Column | null, body: ClusterBody, of: readonly Column[] | null): Yield[] {
  const double = (name: string) => ({ name, type: "DOUBLE" });
  const integer = (name: string) => ({ name, type: "INTEGER" });
  const text = (name: string) => ({ name, type: "VARCHAR" });
  const members = key === null ? null : [key, integer("cluster"), text("segment"), double("distance")];
  const profile = [
    integer("cluster"),
    { name: "size", type: "BIGINT" },
    double("share"),
    text("column"),
    ...["mean", "median", "sd", "population_mean", "z"].map(double),
  ];
  const merges = [...["step", "left", "right"].map(integer), double("height"), integer("size")];
  return [
    { suffix: "", columns: members, part: "" },
    { suffix: "_profile", columns: profile, part: "" },
    ...(body.method === "kmeans" || body.assign === "nearest"
      ? []
      : [{ suffix: "_merges", columns: merges, part: "" }]),
    { suffix: "_centres", columns: centresColumns(), part: "" },
    { suffix: "_map", columns: key === null || of === null ? null : mapColumns(key, body, of), part: "" },
    {
      suffix: "_components",
      columns: [integer("component"), double("share"), text("column"), double("loading")],
      part: "",
    },
    {
      suffix: "_scaling",
      columns: [
        ...["column", "stage", "transform"].map(text),
        ...["skewness", "median"].map(double),
        integer("bar"),
        ...["low", "high"].map(double),
        { name: "people", type: "BIGINT" },
      ],
      part: "",
    },
    {
      suffix: "_validity",
      columns: [integer("k"), ...["silhouette", "calinski_harabasz", "davies_bouldin", "stability"].map(double)],
      part: "validity",
    },
    {
      suffix: "_choice",
      columns: [
        integer("k"),
        ...["silhouette", "shuffled"].map(double),
        { name: "recommended", type: "BOOLEAN" },
        { name: "structured", type: "BOOLEAN" },
        text("reason"),
      ],
      part: "validity",
    },
    {
      suffix: "_rules",
      columns: [integer("cluster"), text("rule"), double("precision"), double("recall")],
      part: "rules",
    },
    { suffix: "_drift", columns: driftColumns(), part: "drift" },
  ];
}
