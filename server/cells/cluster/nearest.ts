import { assignNearest } from "../../cluster/assign-nearest.ts";
import { clusteringDrift } from "../../cluster/clustering-drift.ts";
import { keepClusters } from "../../cluster/keep.ts";
import type { KeptClusters } from "../../cluster/kept-clusters.ts";
import type { Finding } from "../../cluster/outcome.ts";
import { good, type Outcome } from "../../cluster/outcome.ts";
import { warnings } from "../../cluster/warnings.ts";
import { driftFinding } from "./follow.ts";
import type { Grouped } from "./group.ts";
import { segmentName } from "./segment-name.ts";
import type { Points } from "./work.ts";

/** Puts people to the lock's clusters, each to the nearest centre; nothing is clustered. */
export function groupNearest({ body, columns, earlier }: Points): Outcome<Grouped> {
  if (earlier === null) throw new Error("there is no lock to put people to");
  const names = columns.map(({ name }) => name);
  const locked = inOrder(earlier.kept, names);
  const assigned = assignNearest(columns, locked, body.missing);
  if (!assigned.ok) return assigned;
  const { scaled, labels, distances } = assigned.value;
  const nameOf = (number: number) => segmentName(body, number);
  const clusters = keepClusters(scaled, labels, { names, nameOf });
  const drift = clusteringDrift(locked, clusters, null).clusters;
  const findings = [
    ...scaled.findings,
    ...emptied(locked, clusters),
    ...drift.flatMap((one) => driftFinding(one, "lock")),
    ...warnings(scaled.points, scaled, labels, names),
  ];
  const k = locked.clusters.length;
  return good({ scaled, labels, k, merges: null, clusters, fixed: { centres: locked, distances }, findings });
}

function inOrder({ columns, clusters }: KeptClusters, names: readonly string[]): KeptClusters {
  const places = names.map((name) => columns.findIndex((column) => column.name === name));
  const take = <T>(values: readonly T[]): T[] => places.flatMap((place) => values[place] ?? []);
  return {
    columns: take(columns),
    clusters: clusters.map((one) => ({ ...one, centre: take(one.centre), sd: one.sd === null ? null : take(one.sd) })),
  };
}

function emptied(locked: KeptClusters, kept: KeptClusters): Finding[] {
  const there = new Set(kept.clusters.map(({ number }) => number));
  return locked.clusters
    .filter(({ number }) => !there.has(number))
    .map(({ name, number }) => ({
      code: "cluster-vanished",
      column: null,
      message: `\`${name}\` vanished: everybody is nearer to another centre than to that of cluster ${number}.`,
      hint: "Leave out assign: nearest to cluster anew.",
    }));
}
