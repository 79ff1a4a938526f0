import type { LockedClusters } from "../../cells/earlier-clusters.ts";
import type { KeptCluster, KeptClusters } from "../../cluster/kept-clusters.ts";
import { own } from "../../notebook/own.ts";
import type { Lock, LockedCell } from "../lock/model.ts";

type Entry = NonNullable<LockedCell["clusters"]>;

/** The clusters of a cell as its lock has them; null where it has none. */
export function lockedClusters(lock: Lock, cell: string): (LockedClusters & { readonly entry: Entry }) | null {
  const entry = own(lock.cells, cell)?.clusters;
  if (entry === undefined) return null;
  return { method: entry.method, scale: entry.scale, kept: keptOf(entry), entry };
}

/** A clustering as a lock holds it: one line a column and one a cluster. */
export function lockEntry(
  { columns, clusters }: KeptClusters,
  about: Pick<Entry, "made" | "followed" | "method" | "scale">,
): Entry {
  const named = (values: readonly number[]) =>
    Object.fromEntries(columns.map(({ name }, c) => [name, values[c] ?? 0] as const));
  return {
    ...about,
    columns: Object.fromEntries(columns.map(({ name, ...rest }) => [name, rest])),
    clusters: Object.fromEntries(
      clusters.map(({ number, name, size, centre, sd }) => {
        return [String(number), { name, people: size, centre: named(centre), sd: sd === null ? null : named(sd) }];
      }),
    ),
  };
}

function keptOf({ columns, clusters }: Entry): KeptClusters {
  const names = Object.keys(columns);
  const inOrder = (values: Readonly<Record<string, number>>) => names.map((name) => own(values, name) ?? Number.NaN);
  const kept = Object.entries(clusters).map(([number, { name, people, centre, sd }]): KeptCluster => {
    const moments = { centre: inOrder(centre), sd: sd === null ? null : inOrder(sd) };
    return { number: Number(number), name, size: people, ...moments };
  });
  return {
    columns: Object.entries(columns).map(([name, column]) => ({ name, ...column })),
    clusters: kept.sort((a, b) => a.number - b.number),
  };
}
