/** A segment over past weeks by its rule of today: the shapes that travel. Types only, but for the limit. */
import type { Problem } from "../../notebook/model.ts";
import type { PlanRequest } from "../view.ts";

/** So many weeks at most: who is in when is kept in one number of 64 bits. */
export const MOST_WEEKS = 60;
export const YEAR_WEEKS = 52;

export interface ReplayRequest extends PlanRequest {
  cell: string;
  segment: string;
  /** 52 where it is not given. */
  weeks?: number;
}

export interface ReplayView {
  cell: string;
  segment: string;
  entity: string;
  /** The last moment, ISO 8601 with offset. */
  asOf: string;
  /** The earliest first; each ends where the next begins. */
  weeks: ReplayWeek[];
  /** Which relation the sends are of; null where the notebook has none. */
  sends: ReplaySends | null;
  /** What is not of then: sentences. */
  notes: string[];
  /** Relations of events, each of which was read once. */
  read: string[];
}

export interface ReplayWeek {
  /** ISO 8601 with offset; the week holds `from` and not `until`. */
  from: string;
  until: string;
  /** Who would have been in at its end, and who came and went since its beginning. */
  size: number;
  entered: number;
  left: number;
  /** Of the week's sends to those who would have been in at its beginning; null without sends. */
  sends: ReplayRates | null;
}

export interface ReplayRates {
  delivered: number;
  /** By people, where machine opens are told apart. Null where no column says it. */
  opened: number | null;
  /** What `opened` is a share of. */
  openable: number;
  clicked: number | null;
  /** Whether all of them have had their time to be opened. */
  mature: boolean;
}

export interface ReplaySends {
  relation: string;
  /** As the monitor has it: `48 hours`. */
  matureAfter: string;
  /** Whether opens by machines are left out. */
  byPeople: boolean;
}

/** One line of the reply while a replay is made; the last one is no progress. */
export type ReplayLine =
  | { type: "progress"; share: number }
  | { type: "done"; replay: ReplayView }
  | { type: "failed"; problem: Problem };

export interface ReplayPeopleRequest extends ReplayRequest {
  /** Place of the week in `weeks`. */
  week: number;
  who: "in" | "entered" | "left";
  offset: number;
  limit: number;
}

export interface ReplayPeople {
  people: (string | number | boolean | null)[];
  total: number;
}
