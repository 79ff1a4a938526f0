import type { LifeChange, Rebaseline } from "../../monitor/life/model.ts";
import type { Problem } from "../../notebook/model.ts";
import type { Gathered } from "./gathered.ts";

/** What was recorded of a run's monitors. */
export interface Kept {
  readonly changes: readonly LifeChange[];
  /** Of monitors of which nothing could be recorded. */
  readonly problems: readonly Problem[];
}

/** Whoever keeps alerts, which no kernel does. */
export interface AlertKeeper {
  /** Lets what is recorded of a notebook's monitors follow them where they are known again under another name. */
  follow(notebook: string, text: string): void;
  /** Where evidence starts anew in a notebook's monitors, or why that can't be known. */
  rebaselines(notebook: string): readonly Rebaseline[] | Problem;
  /** Takes what a run found into the alerts' lives; on the disk when this returns. */
  record(gathered: Gathered): Kept;
}

/** Keeps nothing: a workspace of which nothing is to be recorded. */
export const nobody: AlertKeeper = {
  follow: () => undefined,
  rebaselines: () => [],
  record: () => ({ changes: [], problems: [] }),
};
