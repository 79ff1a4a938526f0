import type { Merges } from "../../cluster/merges.ts";
import type { ProfileRow } from "../../cluster/profile.ts";
import { name as quoted } from "../../language/quote.ts";
import type { RunContext } from "../kind.ts";
import { givenSql, type People } from "./people.ts";
import type { ClusterBody } from "./schema.ts";
import type { ColumnStage } from "./stages.ts";
import type { Judged, Members } from "./work.ts";

export async function writeProfile(rows: readonly ProfileRow[], context: RunContext): Promise<void> {
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

export async function writeMerges(merges: Merges, context: RunContext): Promise<void> {
  await context.writeColumns("_merges", [
    { name: "step", type: "INTEGER", values: Int32Array.from(merges.left, (_, step) => step + 1) },
    { name: "left", type: "INTEGER", values: merges.left },
    { name: "right", type: "INTEGER", values: merges.right },
    { name: "height", type: "DOUBLE", values: merges.height },
    { name: "size", type: "INTEGER", values: merges.size },
  ]);
}

/** Who is where on the map, and what its two directions are made of. */
export async function writeMap(
  { kept, map }: Members,
  { people, given, body }: { people: People; given: readonly string[]; body: ClusterBody },
  context: RunContext,
): Promise<void> {
  const { engine, signal, head } = context;
  const places = context.scratch("map");
  await engine.load(
    places,
    [
      { name: "position", type: "BIGINT", values: Int32Array.from(map.rows, (row) => kept[row] as number) },
      { name: "cluster", type: "INTEGER", values: map.labels },
      { name: "x", type: "DOUBLE", values: map.x },
      { name: "y", type: "DOUBLE", values: map.y },
    ],
    { signal },
  );
  // A table of its own: of three that are joined at once, the engine would hold the largest.
  const table = context.scratch("keys");
  await engine.execute({
    sql: `
      CREATE TABLE ${quoted(table)} AS SELECT people."key of row", map.*
      FROM ${quoted(places)} AS map JOIN ${quoted(people.table)} AS people ON people.rowid = map.position`,
    signal,
  });
  const own = await givenSql(body, context);
  const columns = given.map((name) => `, ${own(name)} AS ${quoted(name)}`).join("");
  await context.write(
    "_map",
    `SELECT map."key of row" AS ${quoted(head.entity)}, map.cluster, map.x, map.y${columns}
     FROM ${quoted(table)} AS map JOIN ${quoted(body.of)} AS given ON given.${quoted(head.entity)} = map."key of row"
     ORDER BY map.position`,
  );
  const { axes, shares } = map.principal;
  const names = people.columns.map(({ name }) => name);
  const rows = shares.flatMap((share, component) =>
    names.map((column, c) => ({
      component: component + 1,
      share,
      column,
      loading: axes[component * names.length + c],
    })),
  );
  await context.writeColumns("_components", [
    { name: "component", type: "INTEGER", values: rows.map((row) => row.component) },
    { name: "share", type: "DOUBLE", values: rows.map((row) => row.share) },
    { name: "column", type: "VARCHAR", values: rows.map((row) => row.column) },
    { name: "loading", type: "DOUBLE", values: rows.map((row) => row.loading ?? null) },
  ]);
}

/** Each column before and after it is made comparable, a row a bar. */
export async function writeStages(stages: readonly ColumnStage[], context: RunContext): Promise<void> {
  const rows = stages.flatMap(({ bars, ...stage }) => bars.map((bar, at) => ({ ...stage, ...bar, bar: at + 1 })));
  const text = (name: "column" | "stage" | "transform") => ({
    name,
    type: "VARCHAR",
    values: rows.map((row) => row[name]),
  });
  const double = (name: "skewness" | "median" | "low" | "high") => ({
    name,
    type: "DOUBLE",
    values: rows.map((row) => known(row[name])),
  });
  await context.writeColumns("_scaling", [
    ...[text("column"), text("stage"), text("transform"), double("skewness"), double("median")],
    { name: "bar", type: "INTEGER", values: rows.map((row) => row.bar) },
    ...[double("low"), double("high")],
    { name: "people", type: "BIGINT", values: rows.map((row) => row.rows) },
  ]);
}

/** How good each number of clusters is, and which one to take, with why. */
export async function writeJudged({ rows, structured, reason }: Judged, context: RunContext): Promise<void> {
  const measures = ["silhouette", "calinski_harabasz", "davies_bouldin", "stability"] as const;
  const k = { name: "k", type: "INTEGER", values: rows.map((row) => row.k) };
  await context.writeColumns("_validity", [
    k,
    ...measures.map((name) => ({ name, type: "DOUBLE", values: rows.map((row) => known(row[name])) })),
  ]);
  await context.writeColumns("_choice", [
    k,
    { name: "silhouette", type: "DOUBLE", values: rows.map((row) => known(row.sampled)) },
    { name: "shuffled", type: "DOUBLE", values: rows.map((row) => known(row.shuffled)) },
    { name: "recommended", type: "BOOLEAN", values: rows.map((row) => row.recommended) },
    { name: "structured", type: "BOOLEAN", values: rows.map(() => structured) },
    { name: "reason", type: "VARCHAR", values: rows.map(() => reason) },
  ]);
}

/** NaN stands for "not defined" inside, missing does outside, and so it does for a ratio to nothing. */
export function known(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
