import { createHash } from "node:crypto";
import type { ClusterBody } from "../../cells/cluster/schema.ts";
import type { EarlierClusters } from "../../cells/earlier-clusters.ts";
import type { KeptClusters } from "../../cluster/kept-clusters.ts";
import { own } from "../../notebook/own.ts";
import type { RecordedClusters } from "../../segments/membership/kept-clusters.ts";
import { membersSql } from "../../segments/membership/stays.ts";
import { type KeyParts, keyOf } from "../key.ts";
import type { History } from "../membership/read.ts";
import type { Studies } from "../study.ts";
import { lockedClusters } from "./locked.ts";

/** The clusters whose numbers a cluster cell goes on with, and what stands for them in its key. */
export interface Leading {
  readonly key: string | null;
  /** As they are recorded; null where there are none, so that numbers are by size. */
  readonly led: RecordedClusters["led"];
  readonly earlier: EarlierClusters | null;
}

const NOBODY: Leading = { key: null, led: null, earlier: null };

/** The key of a cluster cell's main part as it would be if it followed nobody. */
export function madeKey(parts: KeyParts): string {
  return keyOf({ ...parts, part: "", clusters: null });
}

/**
 * What leads a cell: the clusters of the last refresh, else those of the lock. The very clusters that were recorded, or
 * locked, are led by what led them then, so that recording or locking a result never makes it stale.
 */
export async function leading(cell: string, body: ClusterBody, made: string, studies: Studies): Promise<Leading> {
  const { isLocked } = studies.request;
  const isFixed = isLocked || body.assign === "nearest";
  const recorded = isFixed ? null : await ledByRefresh(cell, made, studies);
  if (recorded !== null) return recorded;
  const lock = await studies.lock();
  const locked = lock === null || "code" in lock ? null : lockedClusters(lock, cell);
  if (locked === null) return NOBODY;
  const { kept, entry } = locked;
  const key = entry.made === made && !isFixed ? entry.followed : named("lock", [kept]);
  return { key, led: { key, kept, refresh: null }, earlier: { kept, from: "lock", members: null } };
}

async function ledByRefresh(cell: string, made: string, studies: Studies): Promise<Leading | null> {
  const known = await studies.history();
  if ("code" in known || known.history === null) return null;
  const { history } = known;
  const recorded = own(history.manifest.cells, cell);
  if (recorded?.clusters === undefined) return null;
  const { kept, led } = recorded.clusters;
  if (recorded.clusters.made === made) return ledAgain(led, cell, history);
  const { refresh } = recorded;
  const at = history.manifest.refreshes[refresh - 1]?.at ?? 0;
  return ledAgain({ key: named("refresh", [kept, refresh, at]), kept, refresh }, cell, history);
}

function ledAgain(led: RecordedClusters["led"], cell: string, history: History): Leading {
  if (led === null) return NOBODY;
  const { key, kept, refresh } = led;
  if (refresh === null) return { key, led, earlier: { kept, from: "lock", members: null } };
  const members = { sql: clusterMembers(cell, led.kept, { history, refresh }), type: history.manifest.keyType };
  return { key, led, earlier: { kept, from: "refresh", members } };
}

/** Who was in which cluster after a refresh: entity, number. */
export function clusterMembers(
  cell: string,
  { clusters }: KeptClusters,
  { history, refresh }: { history: History; refresh: number },
): string {
  const parts = clusters.flatMap(({ number, name }) => {
    const slot = history.manifest.slots.findIndex((one) => one.cell === cell && one.segment === name);
    return slot < 0 ? [] : [`SELECT entity, ${number} AS number FROM (${membersSql(history, slot, refresh)})`];
  });
  const nobody = `SELECT NULL::${history.manifest.keyType} AS entity, 0 AS number WHERE false`;
  return parts.length === 0 ? nobody : parts.join("\nUNION ALL\n");
}

function named(from: string, parts: readonly unknown[]): string {
  return `${from} ${createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 16)}`;
}
