import type { ClusterBody } from "../../cells/cluster/schema.ts";
import { type ClusterDrift, clusteringDrift } from "../../cluster/clustering-drift.ts";
import { driftWords } from "../../cluster/drift-words.ts";
import { fates } from "../../cluster/fates.ts";
import type { KeptClusters } from "../../cluster/kept-clusters.ts";
import { name as quoted } from "../../language/quote.ts";
import { own } from "../../notebook/own.ts";
import type { ClusterDriftEntry, RecordedClusters } from "../../segments/membership/kept-clusters.ts";
import type { ClusterNews } from "../../segments/membership/view.ts";
import { clusterMembers, leading, madeKey } from "../clusters/leading.ts";
import { storedClusters } from "../clusters/stored.ts";
import type { History } from "../membership/read.ts";
import type { Plan } from "../plan.ts";
import { mainPart } from "../studied.ts";
import { type People, rowsSql } from "./people.ts";

export interface ClustersNow {
  /** Cell → its clusters, for the next refresh to go on with. */
  readonly kept: Readonly<Record<string, RecordedClusters>>;
  /** Cell → its clusters beside those of the refresh before. */
  readonly drift: Readonly<Record<string, ClusterDriftEntry[]>>;
}

interface Around {
  readonly plan: Plan;
  /** Null before the first refresh. */
  readonly history: History | null;
  readonly signal: AbortSignal;
}

/** What a refresh keeps of cluster cells. */
export async function clustersNow(people: readonly People[], around: Around): Promise<ClustersNow> {
  const { studies } = around.plan;
  const { cache, engine } = studies.request;
  const kept: Record<string, RecordedClusters> = {};
  const drift: Record<string, ClusterDriftEntry[]> = {};
  for (const one of people) {
    const { cell, reading } = one.studied;
    const parts = mainPart(one.studied)?.parts;
    if (cell.kind !== "cluster" || reading === null || parts === undefined) continue;
    const now = await storedClusters(one.stored, { cache, engine, signal: around.signal });
    if (now === null) continue;
    const made = madeKey(parts);
    const { led } = await leading(cell.id, reading.body as ClusterBody, made, studies);
    kept[cell.id] = { made, kept: now, led };
    drift[cell.id] = await driftOf(one, now, around);
  }
  return { kept, drift };
}

/** What is to be told of it. */
export function clusterNews({ drift }: ClustersNow): ClusterNews[] {
  return Object.entries(drift).flatMap(([cell, entries]) => {
    if (entries.every(({ fate }) => fate === "first")) return [];
    const told = entries.flatMap((entry) => entry.told ?? []);
    return [{ cell, changed: entries[0]?.everybody ?? null, told }];
  });
}

async function driftOf(one: People, now: KeptClusters, around: Around): Promise<ClusterDriftEntry[]> {
  const { id } = one.studied.cell;
  const { history } = around;
  const last = history === null ? undefined : own(history.manifest.cells, id);
  if (history === null || last?.clusters === undefined) {
    const first = { ...NOT_COMPARED, fate: "first", before: null, everybody: null, told: null } as const;
    return now.clusters.map(({ number, name, size }) => ({ ...first, number, name, people: size }));
  }
  const before = last.clusters.kept;
  const members = clusterMembers(id, before, { history, refresh: last.refresh });
  const common = await commonPeople(one, { before, now, members, type: history.manifest.keyType }, around);
  const heirOf = Int32Array.from(now.clusters, (cluster) =>
    before.clusters.findIndex(({ number }) => number === cluster.number),
  );
  const fateOf = new Map(
    fates({ earlier: before.clusters, later: now.clusters, heirOf, common }).map((fate) => [fate.number, fate]),
  );
  const { clusters, changed } = clusteringDrift(before, now, common);
  const driftOfNumber = new Map(clusters.map((cluster) => [cluster.number, cluster]));
  const sizeBefore = new Map(before.clusters.map(({ number, size }) => [number, size]));
  const entry = ({ number, name, people }: { number: number; name: string; people: number }): ClusterDriftEntry => {
    const moved = driftOfNumber.get(number);
    const fate = fateOf.get(number);
    const told = fate?.message ?? (moved === undefined ? null : driftWords(moved, "since the last refresh"));
    const about = { fate: fate?.kind ?? ("same" as const), people, before: sizeBefore.get(number) ?? null, told };
    return { number, name, ...about, ...figures(moved), everybody: known(changed) };
  };
  const gone = before.clusters.filter(({ number }) => !now.clusters.some((one) => one.number === number));
  return [
    ...now.clusters.map(({ number, name, size }) => entry({ number, name, people: size })),
    ...gone.map(({ number, name }) => entry({ number, name, people: 0 })),
  ];
}

/** What is to be said of the movement of a cluster that was not there, or is not any more. */
const NOT_COMPARED = {
  ...{ there: null, changed: null, column: null, standardErrors: null, deviations: null },
  isBeyondNoise: false,
} as const;

function figures(drift: ClusterDrift | undefined) {
  if (drift === undefined) return NOT_COMPARED;
  const { there, changed, column, standardErrors, deviations, isBeyondNoise } = drift;
  return {
    ...{ there: known(there), changed: known(changed), column },
    ...{ standardErrors: known(standardErrors), deviations: known(deviations), isBeyondNoise },
  };
}

interface Compared {
  readonly before: KeptClusters;
  readonly now: KeptClusters;
  /** Who was where, and the type of its `entity`. */
  readonly members: string;
  readonly type: string;
}

/** How many people of each cluster before are in each of today's, by their places. */
async function commonPeople(one: People, { before, now, members, type }: Compared, { plan, signal }: Around) {
  const { cache, engine } = plan.studies.request;
  const rows = await engine.rows({
    sql: `
      SELECT m.number, r.cluster, count(*) AS people
      FROM (${members}) AS m JOIN ${rowsSql(one, "", cache)} AS r ON m.entity = r.${quoted(one.entity)}::${type}
      GROUP BY m.number, r.cluster`,
    signal,
  });
  const counts = new Map(rows.map((row) => [`${row.number} ${row.cluster}`, Number(row.people)]));
  return before.clusters.map((was) => now.clusters.map((is) => counts.get(`${was.number} ${is.number}`) ?? 0));
}

function known(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
