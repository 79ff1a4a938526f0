import type { ClusterFate, ClustersThen } from "./cluster-drift.ts";
import { formatCount, formatNumber, formatPercent } from "./format.ts";
import { formatDay } from "./format-time.ts";

/** Heads of a table of fates. */
export const FATE_HEADS = ["Cluster", "is", "people before", "people", "of them elsewhere now", "moved most"] as const;

const FATES: Readonly<Record<string, string>> = { same: "the same", first: "there for the first time" };

/** How many changed cluster at a refresh, and what is told of it. */
export function thenWords({ day, changed, told }: ClustersThen): string {
  const how =
    changed === null ? "the first refresh" : `${formatPercent(changed, { digits: 1 })} of the people changed cluster`;
  return [`${formatDay(day)}: ${how}.`, ...told].join(" ");
}

/** What became of one cluster: under each of the heads but the first, which is its name. */
export function fateWords({ fate, people, before, changed, moved }: ClusterFate): string[] {
  const count = (value: number | null) => (value === null ? "—" : formatCount(value));
  const way = (moved?.deviations ?? 0) > 0 ? "up" : "down";
  const far = formatNumber(Math.abs(moved?.deviations ?? 0), { digits: 1 });
  return [
    FATES[fate] ?? fate,
    count(before),
    count(people),
    changed === null ? "—" : formatPercent(changed, { digits: 1 }),
    moved === null ? "nothing beyond noise" : `${moved.column.replaceAll("_", " ")} ${way} by ${far} sd`,
  ];
}
