import type { SegmentRef } from "../profile/view.ts";

/** What people do with what is sent to them, segment beside segment. Types only. */
export interface RatesView {
  /** Null where the notebook has no sends. */
  sends: RatedSends | null;
  everybody: GroupRates | null;
  /** One a segment, in the order in which they were asked for; empty without sends. */
  segments: (SegmentRef & GroupRates)[];
}

export interface RatedSends {
  /** Where they are. */
  relation: string;
  /** From when until when they were sent, ISO 8601 with offset; the end is the notebook's moment and not among them. */
  from: string;
  until: string;
  /** How long an effect is waited for, as the monitor says it. */
  matureAfter: string;
  /** Whether it is known which opens a machine made. */
  byPeople: boolean;
}

/** Only delivered sends that had their time to work are in the rates. */
export interface GroupRates {
  delivered: number;
  /** Delivered, but too shortly before the notebook's moment to count. */
  maturing: number;
  /** Null where the sends do not say it. Opens are those by people, of the sends that no machine opened. */
  open: Rate | null;
  click: Rate | null;
  unsubscribe: Rate | null;
}

/** A share with its 95 % interval, 0 to 1; all null where there is nothing to count. */
export interface Rate {
  of: number;
  count: number;
  rate: number | null;
  low: number | null;
  high: number | null;
}
