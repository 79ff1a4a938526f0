import type { SeriesPoint } from "../../../server/figures/series-points.ts";

/** A period in which one of ten did it and nothing was judged; what is given is otherwise. */
export function seriesPoint(given: Partial<SeriesPoint> = {}): SeriesPoint {
  return {
    ...{ period: "2026-08-01", value: 0.1, expected: 0.1, low: null, high: null, delivered: 10, events: 1 },
    ...{ evidence: null, mature: true, flag: null },
    ...given,
  };
}
