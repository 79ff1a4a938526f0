import type { RecordedDrift } from "../../cells/earlier-clusters.ts";
import type { History } from "../membership/read.ts";

/** What refreshes recorded of how a cell's clusters are beside those of the refresh before each. */
export function recordedDrift(cell: string, { manifest }: History): RecordedDrift[] {
  return manifest.refreshes.flatMap(({ asOf, drift }, before) =>
    (drift?.[cell] ?? []).map((entry) => ({ refresh: before + 1, asOf, ...entry })),
  );
}
