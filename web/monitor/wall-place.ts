import { NO_FILTER, type WallFilter } from "../../server/figures/series-wall.ts";

/** Where the reader is on a wall: what is shown of it, at which series, and how far down. */
export interface WallPlace {
  filter: WallFilter;
  at: { readonly segment: string; readonly metric: string } | null;
  top: number;
  /** Whether one of its series was opened. */
  left: boolean;
}

const places = new Map<string, WallPlace>();

/** The place on the wall of a monitor cell; kept while the page is loaded, so that coming back from a series leads there. */
export function wallPlace(path: string, cell: string): WallPlace {
  const key = `${path}#${cell}`;
  const known = places.get(key) ?? { filter: NO_FILTER, at: null, top: 0, left: false };
  places.set(key, known);
  return known;
}
