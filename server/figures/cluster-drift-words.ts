import type { ClusterFate, ClustersThen } from "./cluster-drift.ts";
import { formatCount, formatNumber, formatPercent, MISSING } from "./format.ts";
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
export function fateWords(one: ClusterFate): string[] {
  const count = (value: number | null) => (value === null ? MISSING : formatCount(value));
  const changed = one.changed === null ? MISSING : formatPercent(one.changed, { digits: 1 });
  return [FATES[one.fate] ?? one.fate, count(one.before), count(one.people), changed, movedWords(one)];
}

/** A cluster that is not there at both times was compared with nothing. */
function movedWords({ moved, before, people }: ClusterFate): string {
  if (before === null || people === null || people === 0) return MISSING;
  if (moved === null) return "nothing beyond noise";
  const way = moved.deviations > 0 ? "up" : "down";
  return `${moved.column.replaceAll("_", " ")} ${way} by ${formatNumber(Math.abs(moved.deviations), { digits: 1 })} sd`;
}
