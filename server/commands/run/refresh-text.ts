import type { CauseCounts, ClusterNews, RefreshedSegment, RefreshView } from "../../segments/membership/view.ts";

/** What a refresh came to, a line a segment that has changed or is new. */
export function refreshText({ state, asOf, before, segments, clusters, left, untold }: RefreshView): string {
  if (state === "same") return `Nothing is new since the last refresh, as of ${asOf}.\n`;
  const since = before === null ? "the first refresh" : `since ${before}`;
  const moved = segments.filter((segment) => segment.entered > 0 || segment.left > 0);
  const still = segments.length - moved.length;
  const lines = [
    `Recorded as of ${asOf}, ${since}.`,
    ...moved.map(segmentLine),
    ...(still === 0 ? [] : [`  ${still} ${still === 1 ? "segment" : "segments"} without any change.`]),
    ...clusters.flatMap(clusterLines),
    ...left.map(({ cell, why }) => `  ${cell} is not recorded: ${why}.`),
    ...untold.map((why) => `  Some causes are unknown. ${why}`),
  ];
  return `${lines.join("\n")}\n`;
}

function segmentLine({ cell, segment, size, entered, left, causes }: RefreshedSegment): string {
  const moves = [
    ...(entered === 0 ? [] : [`${number(entered)} entered${because(causes, "entered")}`]),
    ...(left === 0 ? [] : [`${number(left)} left${because(causes, "left")}`]),
  ];
  return `  ${cell} · ${segment}: ${number(size)} ${size === 1 ? "person" : "people"}; ${moves.join("; ")}.`;
}

function clusterLines({ cell, changed, told }: ClusterNews): string[] {
  const share = changed === null ? [] : [`  ${cell}: ${(changed * 100).toFixed(1)} % of the people changed cluster.`];
  return [...share, ...told.map((sentence) => `  ${cell}: ${sentence}`)];
}

function because(causes: readonly CauseCounts[], which: "entered" | "left"): string {
  const own = causes.filter((one) => one[which] > 0 && one.because !== "control");
  const told = own.map((one) => (own.length === 1 ? one.because : `${number(one[which])} ${one.because}`));
  return ` (${told.join(", ")})`;
}

function number(value: number): string {
  return value.toLocaleString("en");
}
