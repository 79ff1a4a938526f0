import type { Report } from "../../monitor/life/model.ts";

/** What the run of a notebook found by its monitors. */
export interface Gathered {
  readonly notebook: string;
  /** Ids of all its monitors, those that came to nothing among them. */
  readonly cells: readonly string[];
  /** One for each that came to a result. */
  readonly reports: readonly Report[];
}
