import type { KnownClusters } from "../../cells/earlier-clusters.ts";
import type { Problem } from "../../notebook/model.ts";
import { own } from "../../notebook/own.ts";
import type { Studies } from "../study.ts";
import { lockedClusters } from "./locked.ts";

/** What is kept of a cell's clusters: in the lock, and by the last refresh. */
export async function knownClusters(cell: string, studies: Studies): Promise<KnownClusters | Problem> {
  const known = await studies.history();
  if ("code" in known) return known;
  const lock = await studies.lock();
  const isRead = lock !== null && !("code" in lock);
  const locked = isRead ? lockedClusters(lock, cell) : null;
  const recorded = known.history === null ? undefined : own(known.history.manifest.cells, cell)?.clusters?.kept;
  const clusters = [...(locked?.kept.clusters ?? []), ...(recorded?.clusters ?? [])];
  return {
    locked: locked === null ? null : { method: locked.method, scale: locked.scale, kept: locked.kept },
    lockFault: lock === null || isRead ? null : lock.message,
    numbers: [...new Set(clusters.map(({ number }) => number))].sort((a, b) => a - b),
  };
}

/** Numbers that a cell's clusters have in the lock or had at the last refresh; none where these can't be read. */
export async function clusterNumbers(cell: string, studies: Studies): Promise<readonly number[]> {
  const known = await knownClusters(cell, studies);
  return "code" in known ? [] : known.numbers;
}
