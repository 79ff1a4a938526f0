import { learn } from "../../../server/monitor/detector/baseline.ts";
import { plainDetector } from "../../../server/monitor/detector/e-detector.ts";
import type { Readings } from "../../../server/monitor/detector/readings.ts";
import { watch } from "../../../server/monitor/detector/watch.ts";

/** So many readings are learnt from before any is judged, in all series alike. The Nile's change is in the 29th. */
export const BASELINE = 14;

/**
 * Where the detector sees changes in a series of readings, at alert or above: all that it does to rates and sizes but what is
 * theirs alone, the arcsine, the logarithm, the least variance of a binomial, weekdays and the smallest change for notice.
 */
export function changesIn(values: readonly number[], length = BASELINE): number[] {
  const readings = plain(values);
  const baseline = learn([readings], length, null);
  const [segment = null] = baseline.segments;
  if (segment === null) return [];
  const level = { readings, baseline, segment };
  const { episodes } = watch({
    level,
    baseline: length,
    grid: "full",
    eDetector: plainDetector,
    anew: [],
    matters: () => true,
  });
  return episodes.filter(({ tier }) => tier !== "watch").map(({ change }) => change.at);
}

function plain(values: readonly number[]): Readings {
  const none = new Float64Array(values.length);
  return {
    y: Float64Array.from(values),
    w: none.map(() => 1),
    floor: none,
    tally: null,
    slot: new Uint8Array(values.length),
  };
}
