import type { Ask, RunAsk } from "./asks.ts";

/** A run of everything that is stale: what a run is where nothing else is asked for. */
export const WHOLE_RUN: Omit<RunAsk, keyof Ask> = {
  ...{ cells: null, noCache: false, recompute: [], first: null, run: null, lock: false, locked: false, refresh: false },
  now: "new",
};
