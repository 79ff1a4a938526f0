import { type ClusterDrift, clusteringDrift } from "../../cluster/clustering-drift.ts";
import { driftWords } from "../../cluster/drift-words.ts";
import { type Fate, fates } from "../../cluster/fates.ts";
import { keepClusters } from "../../cluster/keep.ts";
import { centreGaps, type KeptClusters } from "../../cluster/kept-clusters.ts";
import { followedNumbers, matchClusters } from "../../cluster/match.ts";
import type { Labels } from "../../cluster/number-by-size.ts";
import type { Finding } from "../../cluster/outcome.ts";
import type { Scaled } from "../../cluster/scale.ts";
import type { ClusterBody } from "./schema.ts";
import { segmentName } from "./segment-name.ts";
import type { Points } from "./work.ts";

/** Clusters before, and who of today's people was in which: 0 where nobody knows; null where that is so of all. */
export interface Earlier {
  readonly kept: KeptClusters;
  readonly from: "refresh" | "lock";
  readonly labels: Int32Array | null;
}

export interface Led {
  readonly labels: Labels;
  /** With the numbers that they have now; the means of the people that are in them. */
  readonly clusters: KeptClusters;
  readonly findings: readonly Finding[];
}

/** Gives clusters that are numbered by size the numbers of those that they continue, and tells what became of the others. */
export function follow(labels: Labels, scaled: Scaled, { body, columns, earlier }: Points): Led {
  const kept = keepClusters(scaled, labels, {
    names: columns.map(({ name }) => name),
    nameOf: (n) => segmentName(body, n),
  });
  if (earlier === null) return { labels, clusters: kept, findings: [] };
  const common = commonPeople(labels, scaled, { earlier, kept });
  const heirOf = matchClusters({ common, gaps: centreGaps(earlier.kept, kept) }, kept.clusters.length);
  const named = Object.keys(body.names).map(Number);
  const numbers = followedNumbers(
    heirOf,
    earlier.kept.clusters.map(({ number }) => number),
    named,
  );
  const clusters = kept.clusters.map((cluster, place) => renumbered(cluster, numbers[place] ?? cluster.number, body));
  const later = { ...kept, clusters };
  const found = fates({ earlier: earlier.kept.clusters, later: clusters, heirOf, common });
  const drift = clusteringDrift(earlier.kept, later, common).clusters;
  return {
    labels: labels.map((label) => numbers[label - 1] ?? 0),
    clusters: { ...later, clusters: clusters.toSorted((a, b) => a.number - b.number) },
    // Of what split it is said already.
    findings: [
      ...found.map(fateFinding),
      ...drift.filter(isNotIn(found)).flatMap((one) => driftFinding(one, earlier.from)),
    ],
  };
}

/** Where a cluster moved far enough to be told. */
export function driftFinding(drift: ClusterDrift, from: Earlier["from"]): Finding[] {
  const message = driftWords(drift, from === "refresh" ? "since the last refresh" : "from where the lock has it");
  const hint = "Look at its profile: the name may not fit any more.";
  return message === null ? [] : [{ code: "cluster-drifted", column: drift.column, message, hint }];
}

function isNotIn(found: readonly Fate[]): (drift: ClusterDrift) => boolean {
  return ({ number }) => !found.some((fate) => fate.number === number);
}

const CODES: Readonly<Record<Fate["kind"], string>> = {
  split: "cluster-split",
  merged: "cluster-merged",
  vanished: "cluster-vanished",
  new: "cluster-new",
};

function fateFinding({ kind, message, hint }: Fate): Finding {
  return { code: CODES[kind], column: null, message, hint };
}

function renumbered<T extends { number: number; name: string }>(cluster: T, number: number, body: ClusterBody): T {
  return { ...cluster, number, name: segmentName(body, number) };
}

/** How many of each earlier cluster are in each of today's, by their places. */
function commonPeople(
  labels: Labels,
  { kept: rows }: Scaled,
  { earlier, kept }: { earlier: Earlier; kept: KeptClusters },
): number[][] | null {
  if (earlier.labels === null) return null;
  const before = new Map(earlier.kept.clusters.map(({ number }, place) => [number, place]));
  const now = new Map(kept.clusters.map(({ number }, place) => [number, place]));
  const common = earlier.kept.clusters.map(() => kept.clusters.map(() => 0));
  labels.forEach((label, row) => {
    const counts = common[before.get(earlier.labels?.[rows[row] ?? -1] ?? 0) ?? -1];
    const place = now.get(label);
    if (counts !== undefined && place !== undefined) counts[place] = (counts[place] ?? 0) + 1;
  });
  return common;
}
