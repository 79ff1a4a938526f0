import type { Cause } from "../membership/model.ts";

export type PersonValue = string | number | boolean | null;

/** Everything about one person of a notebook, by its results as they stand. */
export interface PersonView {
  /** The key's column, and the person's key as text. */
  readonly entity: string;
  readonly person: string;
  /** ISO 8601 with offset. */
  readonly asOf: string;
  readonly kinds: readonly EventKind[];
  readonly events: EventsPage;
  readonly values: readonly PersonValues[];
  /** Stays in segments, the latest first; empty where nothing is recorded. */
  readonly stays: readonly Stay[];
  readonly segments: readonly SegmentAnswer[];
  /** What could not be told, as a cell without a result, in sentences. */
  readonly untold: readonly string[];
}

/** One kind of event with how many of it the person has before `asOf`. */
export interface EventKind {
  readonly words: string;
  readonly relation: string;
  readonly events: number;
  readonly first: string | null;
  readonly last: string | null;
}

/** A stretch of the person's events, the newest first. */
export interface EventsPage {
  readonly rows: readonly PersonEvent[];
  readonly offset: number;
  /** Of the kinds that are asked for. */
  readonly total: number;
}

export interface PersonEvent {
  readonly at: string;
  readonly words: string;
  readonly relation: string;
  readonly properties: Readonly<Record<string, PersonValue>>;
}

/** The person's row of a relation with one row each. */
export interface PersonValues {
  readonly relation: string;
  readonly kind: string;
  readonly columns: readonly { readonly name: string; readonly type: string; readonly value: PersonValue }[];
}

export interface Stay {
  readonly cell: string;
  readonly segment: string;
  readonly since: string;
  /** Null while it lasts. */
  readonly until: string | null;
  readonly enteredBecause: Cause;
  readonly leftBecause: Cause | null;
  readonly heldOut: boolean;
}

/** Whether the person is in a segment, and why or why not. */
export interface SegmentAnswer {
  readonly cell: string;
  readonly segment: string;
  readonly isIn: boolean;
  /**
   * What keeps the person out whatever the rule says: the head's `exclude`, the segment before it that was first, or that
   * the relation which the cell is about does not have the person.
   */
  readonly keptOut:
    | { readonly by: "exclude" }
    | { readonly by: "segment"; readonly segment: string }
    | { readonly by: "absence"; readonly relation: string }
    | null;
  /** Null for `otherwise`, which has no rule, and where the person is absent. */
  readonly why: ConditionAnswer | null;
}

/** A condition with what it asks and what the person has. */
export interface ConditionAnswer {
  readonly kind: "and" | "or" | "not" | "condition";
  /** As it is written, and in plain words. */
  readonly text: string;
  readonly words: string;
  readonly holds: boolean;
  /** What was found: a count or a measure of events, or the attribute's value; null where there is nothing to show. */
  readonly found: { readonly what: string; readonly value: PersonValue } | null;
  readonly parts: readonly ConditionAnswer[];
}

/** People whose keys begin with a text, the shortest first. */
export interface PeopleFound {
  readonly entity: string;
  readonly people: readonly string[];
  readonly more: boolean;
}
