import { literal, name as quoted } from "../../language/quote.ts";
import type { RecordedDrift } from "../earlier-clusters.ts";
import type { RunContext } from "../kind.ts";
import { known } from "./relations.ts";
import type { Members } from "./work.ts";

/** Each cluster's centre in each column, with all that a later time needs to put people to it, or to compare its own. */
export async function writeCentres({ clusters, centres }: Members, context: RunContext): Promise<void> {
  const bySize = clusters.clusters.toSorted((a, b) => b.size - a.size || a.number - b.number);
  const rows = clusters.clusters.flatMap((cluster) => {
    const given = centres.clusters.find(({ number }) => number === cluster.number) ?? cluster;
    return clusters.columns.map((column, c) => ({
      ...{ cluster, column, centre: given.centre[c], mean: cluster.centre[c], sd: cluster.sd?.[c] },
      place: bySize.indexOf(cluster) + 1,
    }));
  });
  const double = (name: string, of: (row: (typeof rows)[number]) => number | undefined) => {
    return { name, type: "DOUBLE", values: rows.map((row) => known(of(row) ?? Number.NaN)) };
  };
  await context.writeColumns("_centres", [
    { name: "cluster", type: "INTEGER", values: rows.map(({ cluster }) => cluster.number) },
    { name: "by_size", type: "INTEGER", values: rows.map(({ place }) => place) },
    { name: "segment", type: "VARCHAR", values: rows.map(({ cluster }) => cluster.name) },
    { name: "people", type: "BIGINT", values: rows.map(({ cluster }) => cluster.size) },
    { name: "column", type: "VARCHAR", values: rows.map(({ column }) => column.name) },
    { name: "transform", type: "VARCHAR", values: rows.map(({ column }) => column.transform) },
    ...[double("low", ({ column }) => column.low), double("spread", ({ column }) => column.spread)],
    double("fill", ({ column }) => column.fill),
    ...[double("centre", ({ centre }) => centre), double("mean", ({ mean }) => mean), double("sd", ({ sd }) => sd)],
  ]);
}

/** What refreshes recorded of the clusters' drift, a row a cluster. */
export async function writeDrift(rows: readonly RecordedDrift[], context: RunContext): Promise<void> {
  const take = <K extends keyof RecordedDrift>(key: K) => rows.map((row) => row[key]);
  const micros = rows.map(({ asOf }) => BigInt(Math.round(asOf * 1000)));
  const table = context.scratch("drift");
  await context.engine.load(
    table,
    [
      { name: "micros", type: "BIGINT", values: micros },
      { name: "refresh", type: "INTEGER", values: take("refresh") },
      { name: "cluster", type: "INTEGER", values: take("number") },
      { name: "segment", type: "VARCHAR", values: take("name") },
      { name: "fate", type: "VARCHAR", values: take("fate") },
      { name: "members", type: "BIGINT", values: take("people") },
      { name: "members_before", type: "BIGINT", values: take("before") },
      { name: "there", type: "BIGINT", values: take("there") },
      { name: "changed", type: "BIGINT", values: take("changed") },
      { name: "everybody_changed", type: "DOUBLE", values: take("everybody") },
      { name: "column", type: "VARCHAR", values: take("column") },
      { name: "standard_errors", type: "DOUBLE", values: take("standardErrors") },
      { name: "deviations", type: "DOUBLE", values: take("deviations") },
      { name: "beyond_noise", type: "BOOLEAN", values: take("isBeyondNoise") },
      { name: "told", type: "VARCHAR", values: take("told") },
    ],
    { signal: context.signal },
  );
  await context.write(
    "_drift",
    // A bare date as the moment is the end of that day: the last day that counts is the one before.
    `SELECT make_timestamptz(micros) AS as_of,
       (make_timestamptz(micros - 1) AT TIME ZONE ${literal(context.clock.zone)})::DATE AS period, * EXCLUDE (micros)
     FROM ${quoted(table)} ORDER BY refresh, cluster`,
  );
}
